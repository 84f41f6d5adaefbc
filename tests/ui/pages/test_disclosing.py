"""Handing out what is held about a person: to whom, on what ground, two PINs; by keys alone."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stockpile.domain.facts import PersonDisclosed
from stockpile.language import plain
from tests.helpers.holding import put
from tests.helpers.house import PIN
from ui.pages.disclosing import DisclosingDialog
from ui.pages.holders import HoldersPage
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.text import Label


@pytest.fixture
def page(seat, qtbot):
    """The page of holders with one person on it, and a second officer in the house."""
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("commander",), PIN, by=by))
    made = HoldersPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.person = put(seat, reference="A-118")
    made.entered(made.person.id)
    qtbot.waitUntil(lambda: made._shown is not None)
    return made


def keys(field, text=""):
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_two_pins_hand_it_out_and_it_is_on_record(seat, page, qtbot, tmp_path):
    page.side.disclose.click()
    dialog = page.dialog
    assert isinstance(dialog, DisclosingDialog)
    keys(dialog.to.edit)
    dialog.confirm.click()
    assert dialog.pins is None  # what is missing is said at its field
    assert dialog.to.message
    keys(dialog.to.edit, "A. Lawyer")
    keys(dialog.ground.edit, "court order")
    dialog.folder.set_text(str(tmp_path / "out"))
    keys(dialog.folder.edit)
    own, second = dialog.pins.rows
    qtbot.waitUntil(lambda: second.name == "S. Second")
    keys(own.pin.edit, PIN)
    with qtbot.waitSignal(page.toast) as told:
        keys(second.pin.edit, PIN)
    assert "PD-" in told.args[0]
    assert page.dialog is None
    known = seat.on_books(lambda: seat.stockpile.books.references(PersonDisclosed))
    assert [one.now.to for one in known] == ["A. Lawyer"]
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_who_is_due_is_said_and_erased_on_confirmation(page, qtbot, monkeypatch):
    assert not page.due.isVisible()
    page._show_due(tuple(f"Person {number}" for number in range(14)), 24)
    assert page.due.isVisible()
    asked = []
    monkeypatch.setattr(page.held, "erase_due", lambda: asked.append(True))
    page.erase_due.click()
    dialog = page.findChildren(ConfirmDialog)[-1]
    said = [plain(one.text()) for one in dialog.findChildren(Label)]
    assert any("Person 0, Person 1" in one and "and 2 more" in one for one in said)
    dialog.confirm.click()
    assert asked == [True]
    page._say_erased_by_rule(3)
    page._show_due((), 24)
    assert not page.due.isVisible()


def test_who_may_not_hand_it_out_is_not_offered_to(seat, page, qtbot):
    seat.sit_down("C. Clerk", "clerk")
    page.entered(page.person.id)
    qtbot.waitUntil(lambda: not page.side.disclose.isEnabled())
