"""Signing with PINs in the hand: digits and Enter, nothing else."""

from __future__ import annotations

from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt

from tests.helpers.fingers import Fingers, focused
from tests.helpers.house import PIN, TOLD
from tests.helpers.readable import controls, displayed, faults
from ui.pages.pins import PinsDialog, Wanted

SECOND = "E. Auma"
OWN, OTHER = Wanted("Storekeeper", own=True), Wanted("Second officer")


@pytest.fixture
def second(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, SECOND, ("clerk",), PIN, by=by))
    return SECOND


@pytest.fixture
def ask(seat, qtbot):
    def asked(*wanted, **said):
        dialog = PinsDialog(seat.desk, seat.session, wanted, **said)
        dialog.told = []
        dialog.signed.connect(dialog.told.append)
        displayed(dialog, qtbot, 520, dialog.sizeHint().height())
        return dialog

    return asked


def test_one_pin_is_digits_and_enter(ask, qtbot):
    dialog = ask(OWN)
    fingers = Fingers()
    assert dialog.rows[0].pin.edit.hasFocus()
    fingers.pin(PIN)
    qtbot.waitUntil(lambda: bool(dialog.told))
    fingers.rest()
    assert fingers.counted.units == 5
    assert dialog.told[0][0].officer.name == TOLD.officer
    assert not dialog.isVisible()


def test_two_pins_follow_one_another_without_waiting(ask, second, qtbot):
    dialog = ask(OWN, OTHER)
    qtbot.waitUntil(lambda: dialog.rows[1].name == second)
    fingers = Fingers()
    fingers.pin(PIN)
    assert dialog.rows[1].pin.edit.hasFocus()
    fingers.pin(PIN)
    qtbot.waitUntil(lambda: bool(dialog.told))
    fingers.rest()
    assert [one.officer.name for one in dialog.told[0]] == [TOLD.officer, second]


def test_a_wrong_pin_stays_in_its_row_and_is_asked_again(ask, second, qtbot):
    dialog = ask(OWN, OTHER)
    qtbot.waitUntil(lambda: dialog.rows[1].name == second)
    fingers = Fingers()
    fingers.pin("0000")
    fingers.pin(PIN)
    qtbot.waitUntil(lambda: bool(dialog.rows[0].pin.message))
    qtbot.waitUntil(lambda: not dialog.rows[1].pin.isEnabled())
    assert dialog.rows[0].pin.text() == ""
    assert dialog.rows[0].pin.edit.hasFocus()
    assert dialog.isVisible()
    fingers.pin(PIN)
    qtbot.waitUntil(lambda: bool(dialog.told))
    fingers.rest()


def test_too_many_wrong_pins_say_how_long_to_wait(ask, qtbot):
    dialog = ask(OWN)
    for _again in range(4):
        qtbot.keyClicks(focused(), "0000")  # what was said before goes with the first key
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(dialog.rows[0].pin.message))
    assert any(one.isdigit() for one in dialog.rows[0].pin.message)


def test_nothing_is_tried_without_a_name_and_a_pin(ask, second, qtbot):
    dialog = ask(OWN)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert dialog.rows[0].pin.message
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.told == []


def test_the_dialog_is_whole_in_every_language(tongue, ask, second, qtbot):
    dialog = ask(OWN, Wanted("Receiver", "Sgt. P. Otim"), OTHER, sentence="Two people sign.")
    qtbot.waitUntil(lambda: bool(dialog.rows[2].name))
    assert controls(dialog)
    assert faults(dialog) == []


def test_an_answer_that_is_on_its_way_comes_to_no_dialog_that_is_gone(seat, qtbot):
    dialog = PinsDialog(seat.desk, seat.session, [Wanted("Second officer")])
    shiboken6.delete(dialog)
    after, told = QObject(), []
    seat.desk.ask(after, lambda: "after", told.append)  # comes after the names that were asked for
    qtbot.waitUntil(lambda: told == ["after"])
