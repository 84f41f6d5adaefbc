"""Who is in office, in the hand: a change is said, signed with a PIN, and stands on record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults
from ui.pages.officers import OfficersPage

CLERK = "P. Ilunga"


@pytest.fixture
def page(seat, qtbot):
    offices, by = seat.stockpile.offices, seat.session.officer
    seat.write(lambda: (offices.appoint(CLERK, ("clerk", "armourer"), "1357", by=by), None))
    made = OfficersPage(*seat.made_with)
    displayed(made, qtbot, 1100, 640)
    qtbot.waitUntil(lambda: len(made.model.board.offices) == 2)
    made.entered(CLERK)
    qtbot.waitUntil(lambda: bool(made.detail.office) and made.detail.office.body.name == CLERK)
    return made


def test_roles_are_changed_with_a_reason_and_the_own_pin(page, qtbot):
    page.detail.buttons["roles"].click()
    dialog = page.dialog
    dialog.roles.set_value("clerk")
    dialog.save.click()
    assert dialog.reason.message  # what stands on record needs a word
    dialog.reason.set_text("new work")
    dialog.save.click()
    assert "new work" in page.pins.what.text()
    page.pins.rows[0].pin.set_text(PIN)
    with qtbot.waitSignal(page.model.changed):
        page.pins.rows[0].submitted.emit()
    qtbot.waitUntil(lambda: page.detail.office.body.roles == ("clerk",))
    assert page.dialog is None
    assert page.detail.office.reason == "new work"
    assert faults(page) == []


def test_where_two_sign_an_appointment_waits_for_the_second(page, seat, qtbot):
    stockpile, by = seat.stockpile, seat.session.officer
    rules = replace(seat.on_books(stockpile.guard.rules), two_officers=("appoint",))
    seat.write(lambda: (stockpile.guard.set(rules, by=by), None))
    qtbot.waitUntil(lambda: page.model.wants_two("roles"))
    page.detail.buttons["roles"].click()
    page.dialog.roles.set_value("clerk")
    page.dialog.reason.set_text("new work")
    page.dialog.save.click()
    pins = page.pins
    pins.postpone.click()
    pins.reason.set_text("the commander is away")
    pins.rows[0].pin.set_text(PIN)
    with qtbot.waitSignal(page.model.postponed):
        pins.postpone.click()
    assert page.dialog is None
    assert page.detail.office.body.roles == ("clerk", "armourer")
    (waits,) = seat.on_books(stockpile.proposals.open)
    assert (waits.act, waits.reason) == ("appoint", "the commander is away")
    page.detail.buttons["suspend"].click()  # holds at once: nothing of it can wait
    page.dialog.reason.set_text("inquiry")
    page.dialog.save.click()
    assert page.pins.postpone.isHidden()


def test_who_may_not_is_told_before_they_try(page, seat, qtbot):
    people = seat.stockpile.people
    seat.session.unlock(seat.on_books(lambda: people.sign_in(CLERK, "1357")))
    qtbot.waitUntil(lambda: not page.appoint.isEnabled())
    assert page.appoint.accessibleDescription() == page.appoint.toolTip() != ""
    buttons = page.detail.buttons
    assert [one for one, button in buttons.items() if button.isEnabled()] == ["own_pin"]
    assert buttons["roles"].accessibleDescription()


def test_nobody_suspends_themselves(page, seat, qtbot):
    page.entered(seat.session.officer.officer.name)
    qtbot.waitUntil(lambda: page.detail.office.id == seat.session.officer.id)
    assert not page.detail.buttons["suspend"].isEnabled()
    assert page.detail.buttons["suspend"].toolTip()
    page.ask("suspend")
    assert page.dialog is None


def test_where_one_has_room_a_click_shows_an_office_and_a_button_leads_back(page, qtbot):
    page.resize(770, 600)
    qtbot.waitUntil(lambda: page._both.is_narrow)
    assert page.list.isVisible()
    place = page.list.visualRect(page.list.currentIndex()).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.detail.isVisible()
    assert page.detail.buttons["roles"].hasFocus()
    assert faults(page) == []
    qtbot.mouseClick(page.detail.back, Qt.MouseButton.LeftButton)
    assert page.list.isVisible()
    assert page.list.hasFocus()
