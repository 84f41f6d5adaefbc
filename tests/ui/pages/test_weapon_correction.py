"""The correction of a record: what changes is shown before, a serial is typed twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldUnreadable, ReasonMissing
from stockpile.domain.facts import Acquisition, Mark
from stockpile.domain.weapons import Weapon
from stockpile.record_words import value_words
from stockpile.terms import term
from tests.helpers.readable import faults
from ui.pages.weapon_correction import CorrectionForm
from ui.widgets.text import Label, ShortLabel
from ui.widgets.tick import Tick

WEAPON = Weapon(
    "w1", type="ASR", make="Izhmash", year="1974", marks=(Mark("serial", "KB1", is_identity=True),),
    acquired=Acquisition("seized", where="Goma", grounds=("embargo",)),
)  # fmt: skip


@pytest.fixture
def form(tongue, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()
    form = CorrectionForm(WEAPON, ["misread"], host)
    form.show()
    yield form
    host.close()


def preview(form):
    QApplication.processEvents()
    return [one.text() for one in form._preview.findChildren(Label) if not one.isHidden()]


def type_in(form, name, text):
    form._fields[name].edit.clear()
    form._fields[name].edit.insert(text)
    form._judge()


def test_untouched_nothing_changes_and_nothing_can_be_confirmed(form):
    form._reason.take("misread")
    assert form.changes() == {}
    assert not form.confirm.isEnabled()


def test_what_changes_is_shown_before_it_is_written(form):
    type_in(form, "make", "Tula")
    assert "Tula" in "".join(preview(form))
    assert "Izhmash" in "".join(preview(form))
    assert not form.confirm.isEnabled()
    form._reason.take("misread")
    assert form.confirm.isEnabled()


def test_a_field_is_emptied_and_a_code_is_chosen(form):
    type_in(form, "year", "")
    form._fields["frame"].set_value("polymer")
    form._fields["mode"].set_value("found")
    form._judge()
    assert form.changes() == {"year": "", "frame": "polymer", "mode": "found"}


def test_grounds_are_ticked(form, qtbot):
    (tick,) = [one for one in form._fields["grounds"].findChildren(Tick) if one.isChecked()]
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert form.changes() == {"grounds": ""}
    form._fields["grounds"].set_value("embargo,unmarked")
    form._judge()
    assert form.changes() == {"grounds": "embargo,unmarked"}
    assert term("ground", "unmarked") in " ".join(preview(form))


def test_what_stands_on_record_is_beside_each_field_whatever_is_typed(form):
    type_in(form, "make", "Tula")
    beside = {name: one.parentWidget().findChild(ShortLabel) for name, one in form._fields.items()}
    assert len({id(one) for one in beside.values()}) == len(form._fields)
    assert all(one.isVisibleTo(form) for one in beside.values())
    assert "Izhmash" in beside["make"].text()
    assert value_words("type", "ASR") in beside["type"].text()
    assert value_words("grounds", "embargo") in beside["grounds"].text()
    assert beside["model"].text() == beside["remarks"].text()


def test_a_serial_is_typed_twice(form):
    form._reason.take("misread")
    type_in(form, "serial", "KB7")
    assert form._again.isVisible()
    assert not form.confirm.isEnabled()
    form._again.set_text("KB1")
    form._judge()
    assert form._again.message
    assert not form.confirm.isEnabled()
    form._again.set_text("KB7")
    form._judge()
    assert form._again.message == ""
    assert form.confirm.isEnabled()


def test_a_serial_that_is_taken_away_needs_no_second_typing(form):
    form._reason.take("no number on it")
    type_in(form, "serial", "")
    assert form.confirm.isEnabled()
    assert form.changes() == {"serial": ""}


def test_it_waits_for_the_answer_and_says_a_refusal_at_its_field(form):
    decided = []
    form.decided.connect(lambda fields, reason: decided.append((dict(fields), reason)))
    type_in(form, "year", "9999")
    form._reason.take("misread")
    form.accept()
    form.accept()
    assert decided == [({"year": "9999"}, "misread")]
    form.show_error(FieldUnreadable("year", "9999"))
    assert "9999" in form._fields["year"].message
    form.show_error(ReasonMissing("correct"))
    assert form._reason.field.message
    form.close_decided()
    assert not form.isVisible()


def test_everything_is_read_whole_in_the_smallest_window(form):
    assert form.width() <= 1024
    assert form.height() <= 640
    type_in(form, "serial", "KB7")
    assert faults(form) == []


def test_a_field_that_is_asked_for_has_the_cursor(form, qtbot):
    other = CorrectionForm(WEAPON, [], form.parentWidget(), field="make")
    other.show()
    assert other.focusWidget() is other._fields["make"].edit
