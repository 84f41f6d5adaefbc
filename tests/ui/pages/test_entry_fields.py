"""What is said of every weapon of a batch."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldMissing, FieldUnreadable, WeaponUnknown
from stockpile.domain.facts import SafeCheck
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from ui.pages.entry_fields import EntryFields
from ui.view_models.entry_headers import Headers
from ui.view_models.entry_patterns import Offered, Pattern

RACK = Place("r1", "Rack 01", "rack", None)
AKM = Pattern("ASR", "Izhmash", "AKM", "7.62x39 mm")


@pytest.fixture
def fields(light, qtbot):
    fields = EntryFields()
    qtbot.addWidget(fields)
    fields.offer(Offered((RACK,), (AKM,)))
    fields.show()
    return fields


def test_everything_is_locked_from_the_start(fields):
    free = [name for name, field in fields._named.items() if not field.is_locked]
    assert free == ["missing_parts", "remarks"]


def test_a_known_model_fills_in_the_rest(fields):
    fields.model.set_value("AKM")
    said = fields.description("KB1")
    assert (said.type, said.make, said.calibre) == ("ASR", "Izhmash", "7.62x39 mm")
    assert said.condition == "unknown"


def test_a_model_that_nobody_entered_before_is_taken_as_typed(fields):
    fields.model.box.setCurrentText("Model of 1911")
    assert fields.description("KB1").model == "Model of 1911"


def test_words_that_are_none_of_the_choices_are_said_at_the_field(fields):
    fields.place.set_value("r1")
    fields.type.box.setCurrentText("catapult")
    assert not fields.judge()
    assert fields.type.message
    fields.type.set_value("ASR")
    assert fields.judge()
    assert fields.type.message == ""


def test_a_place_is_needed(fields):
    fields.place.set_value("")
    assert not fields.judge()
    assert fields.place.message


def test_new_offers_leave_what_was_chosen(fields):
    fields.place.set_value("r1")
    fields.model.box.setCurrentText("G3")
    fields.offer(Offered((RACK, Place("r2", "Rack 02", "rack", None)), ()))
    assert fields.chosen_place() == RACK
    assert fields.model.value() == "G3"


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (FieldUnreadable("year", "12"), "year"),
        (FieldUnreadable("type", "X"), "type"),
        (FieldMissing("place"), "place"),
    ],
)
def test_a_refusal_is_said_at_its_field(fields, error, name):
    assert fields.show_error(error)
    assert fields._named[name].message


def test_a_refusal_of_something_else_is_not_taken(fields):
    assert not fields.show_error(FieldMissing("serial"))
    assert not fields.show_error(WeaponUnknown("KB1"))


def test_only_what_is_free_is_emptied(fields):
    fields.more.named["country"].set_value("SUN")
    fields.more.named["year"].set_text("1974")
    fields.more.named["year"].set_locked(locked=False)
    fields.clear_free()
    assert fields.more.named["country"].value() == "SUN"
    assert fields.more.named["year"].text() == ""


def test_the_wheel_changes_nothing_that_is_said_of_the_weapons(fields):
    fields.more.named["condition"].set_value("serviceable")
    box = fields.more.named["condition"].box
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 — Qt takes it by place
    )
    QApplication.sendEvent(box, turn)
    assert fields.more.named["condition"].value() == "serviceable"


def test_enter_in_a_field_leads_back_to_the_serial(fields, qtbot):
    fields.show_more(more=True)
    with qtbot.waitSignal(fields.done):
        qtbot.keyClick(fields.more.named["year"].edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(fields.done):
        qtbot.keyClick(fields.place.box, Qt.Key.Key_Return)


def test_fields_stand_in_fewer_columns_where_their_words_would_not_fit(fields):
    fields.fit(1000)
    assert fields._grid.columns == 3
    fields.fit(420)
    assert fields._grid.columns == 2
    assert fields.more._grids[0].columns == 2


def test_a_place_brings_back_what_was_said_there_last(fields):
    fields.begin_with(Headers().with_("r1", Description(model="G3", type="RIF", year="1974")))
    assert (fields.model.value(), fields.type.value()) == ("G3", "RIF")
    assert fields.more.named["year"].text() == "1974"
    assert fields.place.message


def test_what_is_being_said_already_is_not_written_over(fields):
    fields.model.set_value("AKM")
    fields.begin_with(Headers().with_("r1", Description(model="G3", type="RIF")))
    assert fields.model.value() == "AKM"


def test_the_whole_record_can_be_said(fields):
    more = fields.more
    more.named["mode"].set_value("ddr")
    more.named["custody"].set_value("temporary")
    more.grounds["unmarked"].setChecked(True)
    more.magazine_out.setChecked(True)
    more.named["cleared_by"].set_text("Sgt Okello")
    fields.origin.set_value("craft")
    said = fields.description("KB1")
    assert (said.mode, said.custody, said.origin) == ("ddr", "temporary", "craft")
    assert said.grounds == ("unmarked",)
    assert said.safe == SafeCheck(magazine_out=True, cleared_by="Sgt Okello")


def test_a_safety_check_is_of_one_weapon_unless_the_batch_was_checked_so(fields):
    fields.more.chamber_clear.setChecked(True)
    fields.clear_free()
    assert fields.description("KB1").safe is None
    fields.more.chamber_clear.setChecked(True)
    fields.more.repeat_check.setChecked(True)
    fields.more.remnant.setChecked(True)
    fields.clear_free()
    assert fields.description("KB1").safe == SafeCheck(chamber_clear=True)


def test_a_refusal_under_more_is_brought_into_sight(fields):
    assert not fields.more.isVisible()
    fields.show_error(FieldUnreadable("year", "12"))
    assert fields.more.isVisible()
