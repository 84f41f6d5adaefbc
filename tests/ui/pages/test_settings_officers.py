"""Who holds an office here, and the appointment of another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit  # noqa: TID251 — a test looks at widgets

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, PinTooShort
from stockpile.domain.people import ROLES, Officer
from stockpile.language import plain
from tests.helpers.house import PIN
from tests.helpers.readable import bare, displayed, faults
from ui.pages.settings_officers import OfficersSection
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.chip import Chip
from ui.widgets.field import Field

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section
OFFICERS = (
    Officer("o1", "A. Mbuyi", ("commander", "registrar"), b""),
    Officer("o2", "J. N'Diaye-Okonkwo", ("inspector",), b""),
)


def shown(seat, qtbot, *officers):
    model = SettingsModel(*seat.made_with)
    section = OfficersSection(model)
    section.model = model
    model.came.emit(SetUp(officers=officers))
    displayed(section, qtbot, NARROW, 800)
    return section


def fill(form, qtbot, name="B. Clerk", role="Clerk", pin=PIN, again=PIN):
    qtbot.keyClicks(form.name.edit, name)
    qtbot.keyClicks(form.role.box.lineEdit(), role)
    qtbot.keyClicks(form.pin.edit, pin)
    qtbot.keyClicks(form.again.edit, again)


def test_each_officer_stands_with_every_role_in_words(seat, qtbot):
    section = shown(seat, qtbot, *OFFICERS)
    chips = [one.text for one in section.findChildren(Chip) if one.isVisible()]
    assert chips == [wording.role(one) for one in ("commander", "registrar", "inspector")]
    assert bare(section, "A. Mbuyi", "J. N'Diaye-Okonkwo") == []


def test_without_officers_there_is_only_the_form(seat, qtbot):
    section = shown(seat, qtbot)
    assert [one for one in section.findChildren(Chip) if one.isVisible()] == []
    assert section.form.isVisible()


def test_every_role_is_offered_in_words(seat, qtbot):
    section = shown(seat, qtbot)
    box = section.form.role.box
    texts = [box.itemText(at) for at in range(box.count())]
    assert texts == [wording.role(one) for one in ROLES]


@pytest.mark.parametrize("by", ["key", "click"])
def test_an_officer_is_appointed_and_the_pin_is_gone(seat, qtbot, by):
    section = shown(seat, qtbot)
    form = section.form
    fill(form, qtbot)
    with qtbot.waitSignal(section.model.appointed) as said:
        if by == "key":
            qtbot.keyClick(form.again.edit, Key.Key_Return)
        else:
            qtbot.mouseClick(form.appoint, Qt.MouseButton.LeftButton)
        assert form.appoint.is_busy
    assert said.args == ["B. Clerk"]
    assert "B. Clerk" in form.name.message
    assert form.name.text() == form.pin.text() == form.again.text() == form.role.value() == ""
    assert form.appoint.isEnabled()


def test_a_pin_is_never_shown(seat, qtbot):
    section = shown(seat, qtbot)
    form = section.form
    for field in (form.pin, form.again):
        assert field.edit.echoMode() is QLineEdit.EchoMode.Password


def test_what_is_missing_is_said_at_each_field_and_the_cursor_goes_to_the_first(seat, qtbot):
    section = shown(seat, qtbot)
    form = section.form
    qtbot.keyClick(form.appoint, Key.Key_Space)
    assert all(one.message for one in (form.name, form.role, form.pin))
    assert form.name.edit.hasFocus()
    fill(form, qtbot, again="9999")
    qtbot.keyClick(form.appoint, Key.Key_Space)
    assert not any(one.message for one in (form.name, form.role, form.pin))
    assert "differ" in form.again.message
    assert form.again.edit.hasFocus()


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (PinTooShort(4), "pin"),
        (FieldMissing("roles"), "role"),
        (FieldMissing("name"), "name"),
        (FieldUnreadable("name", "A. Mbuyi"), "name"),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(seat, qtbot, error, field):
    section = shown(seat, qtbot)
    form = section.form
    fill(form, qtbot)
    section.model.appointment_refused.emit(error)
    said = [one for one in ("name", "role", "pin", "again") if getattr(form, one).message]
    assert said == [field]
    assert form.name.text() == "B. Clerk"


def test_a_name_that_holds_an_office_is_said_by_name(seat, qtbot):
    section = shown(seat, qtbot)
    fill(section.form, qtbot, name="A. Mbuyi")
    with qtbot.waitSignal(section.model.appointment_refused):
        section.form.appoint.click()
    assert "A. Mbuyi holds an office already" in plain(section.form.name.message)
    assert bare(section, "A. Mbuyi") == []


def test_fields_side_by_side_stay_level_when_one_has_a_message(seat, qtbot):
    section = shown(seat, qtbot)
    form = section.form
    section.model.appointment_refused.emit(FieldUnreadable("name", "A. Mbuyi"))
    assert faults(section) == []
    assert form.name.y() == form.role.y()


def test_without_the_right_that_is_said_first_and_nothing_can_be_typed(seat, qtbot):
    seat.sit_down("O. Clerk", "clerk")
    section = shown(seat, qtbot)
    form = section.form
    assert form._right.isVisible()
    assert not form.appoint.isEnabled()
    assert not any(one.isEnabled() for one in form.findChildren(Field))


def test_everybody_can_use_it(seat, tongue, qtbot):
    section = shown(seat, qtbot, *OFFICERS)
    assert faults(section) == []
    section.form.appoint.click()
    section.model.appointed.emit("B. Clerk")
    assert faults(section) == []
    assert bare(section, "A. Mbuyi", "B. Clerk") == []
