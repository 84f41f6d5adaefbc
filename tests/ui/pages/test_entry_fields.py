"""What is said of every weapon of a batch."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldMissing, FieldUnreadable, WeaponUnknown
from stockpile.domain.places import Place
from ui.pages.entry_fields import EntryFields
from ui.view_models.entry import Offered, Pattern

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
    assert all(field.is_locked for field in fields._named.values())


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
    fields.country.set_text("SUN")
    fields.year.set_text("1974")
    fields.year.set_locked(locked=False)
    fields.clear_free()
    assert fields.country.text() == "SUN"
    assert fields.year.text() == ""


def test_the_wheel_changes_nothing_that_is_said_of_the_weapons(fields):
    fields.condition.set_value("serviceable")
    box = fields.condition.box
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
    assert fields.condition.value() == "serviceable"


def test_enter_in_a_field_leads_back_to_the_serial(fields, qtbot):
    with qtbot.waitSignal(fields.done):
        qtbot.keyClick(fields.year.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(fields.done):
        qtbot.keyClick(fields.place.box, Qt.Key.Key_Return)


def test_fields_stand_in_fewer_columns_where_their_words_would_not_fit(fields):
    fields.fit(1000)
    assert fields._grid.itemAtPosition(0, 2).widget() is fields.make
    fields.fit(330)
    assert fields._grid.itemAtPosition(0, 2) is None
    assert fields._grid.itemAtPosition(1, 0).widget() is fields.make
