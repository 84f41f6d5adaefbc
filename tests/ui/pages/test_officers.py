"""Who is in office, in the hand: a change is said, signed with a PIN, and stands on record."""

from __future__ import annotations

import pytest

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
