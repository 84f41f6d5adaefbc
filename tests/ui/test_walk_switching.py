"""One desk, two officers: locked, switched by badge and PIN, nothing half-typed is lost."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test looks at windows

from stockpile.domain.errors import WrongPin
from stockpile.domain.facts import GuardSet
from tests.helpers.desktops import PATIENCE
from tests.helpers.fingers import Fingers, focused
from tests.helpers.house import PASSPHRASE, PIN, SECOND, TOLD, copied_house
from ui.widgets.dialogs import ConfirmDialog

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fingers(qapp):
    hands = Fingers()
    yield hands
    hands.rest()


@pytest.fixture
def badges(tmp_path):
    """A home with two commanders, and their badges."""
    house = copied_house(tmp_path / "home")
    offices, by = house.stockpile.offices, house.officer
    given = {
        one.officer.name: offices.give_badge(one.id, by=by)[1] for one in (by, house.second)
    }  # fmt: skip
    house.stockpile.close()
    return given


@pytest.fixture
def window(badges, desktop, qtbot):
    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        desktop.start()
    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        desktop.model.open(PASSPHRASE)
    with qtbot.waitSignal(desktop.sign_in.signed_in, timeout=PATIENCE):
        desktop.model.sign_in(TOLD.officer, PIN)
    qtbot.waitUntil(lambda: len(desktop.lock.model._officers) == 2, timeout=PATIENCE)
    return desktop.window_


def entry_with_half_a_serial(window, qtbot, fingers):
    page = window.page("entry")
    window.open("entry")
    qtbot.waitUntil(page._one.isEnabled)
    page._one.fields.model.setFocus()
    edit = page._one.fields.model.box.lineEdit()
    fingers.type("AK")
    qtbot.waitUntil(lambda: edit.text() == "AK")
    return edit


def in_sight(desktop):
    """What windows of the program can be seen."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def unlock(desktop, qtbot, fingers):
    with qtbot.waitSignal(desktop.session.locked, timeout=PATIENCE):
        fingers.pin(PIN)


def test_another_officer_goes_on_by_badge_and_pin_where_the_first_stopped(
    desktop, window, badges, qtbot, fingers
):
    session = desktop.session
    edit = entry_with_half_a_serial(window, qtbot, fingers)
    page = window.page("entry")
    fingers.begin()
    fingers.scan(badges[SECOND])
    qtbot.waitUntil(lambda: session.is_locked)
    assert desktop.currentWidget() is desktop.lock
    assert desktop.lock.officer.value() == SECOND
    assert edit.text() == "AK"  # the badge is taken out again, half a word stays
    unlock(desktop, qtbot, fingers)
    assert fingers.counted.units == 1 + 5
    assert session.officer.officer.name == SECOND
    assert SECOND in window._sidebar._officer.accessibleName()
    assert desktop.currentWidget() is window
    assert window._stack.currentWidget() is page
    assert edit.text() == "AK"
    assert focused() in (edit, edit.parent())
    fingers.scan("#1" + "0" * 16)  # a badge that was lost and replaced
    qtbot.waitUntil(lambda: bool(desktop.lock.officer.message))
    assert session.is_locked


def test_a_desk_left_alone_locks_itself_over_everything(desktop, window, qtbot, fingers):
    lock, session = desktop.lock.model, desktop.session
    guard, by = session.stockpile.guard, session.officer
    recorded = desktop.desk.on_books(guard).set(GuardSet(lock_after=3), by=by)
    desktop.desk.recorded.emit(recorded)
    qtbot.waitUntil(lambda: lock.minutes == 3)
    asks = ConfirmDialog("Withdraw KB4471902", "", "Withdraw", reason="Why", parent=window)
    asks.open()
    asks._reason.set_text("found tw")
    now = [0.0]
    lock._clocks = (lambda: now[0], lambda: 0.0)
    lock.touch()
    now[0] = 179.0
    lock.look()
    assert not session.is_locked
    asks._reason.setFocus()
    qtbot.waitUntil(asks._reason.edit.hasFocus)
    asks._reason.edit.moveCursor(QTextCursor.MoveOperation.End)
    fingers.type("i")
    now[0] = 190.0
    lock.look()
    assert not session.is_locked  # a key was pressed meanwhile
    now[0] = 179.0 + 180.0
    lock.look()
    assert session.is_locked
    assert in_sight(desktop) == [desktop]
    late = ConfirmDialog("Work is done: KB1", "", "Good", parent=window)
    late.open()  # work came to its end behind the lock
    qtbot.waitUntil(lambda: in_sight(desktop) == [desktop])
    assert desktop.lock.officer.value() == TOLD.officer
    unlock(desktop, qtbot, fingers)
    assert asks.isVisible()
    assert late.isVisible()
    assert asks.reason() == "found twi"
    late.reject()
    asks.reject()


def test_ctrl_l_locks_and_a_wrong_pin_lets_nobody_in(desktop, window, qtbot, fingers):
    session, lock = desktop.session, desktop.lock
    fingers.press(Key.Key_L, Ctrl)
    qtbot.waitUntil(lambda: session.is_locked)
    for _time in range(4):
        with qtbot.waitSignal(lock.model.refused, timeout=PATIENCE) as told:
            lock.pin.set_text("0000")
            lock._enter()
        assert isinstance(told.args[0], WrongPin)
    assert "Wait" in lock.pin.message
    assert session.is_locked
    lock.officer.set_value(SECOND)
    lock.pin.setFocus()
    unlock(desktop, qtbot, fingers)
    assert session.officer.officer.name == SECOND


def test_who_is_suspended_meanwhile_is_locked_out_and_another_goes_on(
    desktop, window, qtbot, fingers
):
    session, offices = desktop.session, desktop.session.stockpile.offices
    people = session.stockpile.people

    class Books:
        second = staticmethod(partial(people.sign_in, SECOND, PIN))

    second = desktop.desk.on_books(Books).second()
    suspend = desktop.desk.on_books(offices).suspend
    recorded = suspend(session.officer.id, "under inquiry", by=second)
    desktop.desk.recorded.emit(recorded)
    qtbot.waitUntil(lambda: session.is_locked)
    assert desktop.lock.officer.value() == SECOND
    unlock(desktop, qtbot, fingers)
    assert session.officer.officer.name == SECOND
