"""The lock's one card: what it asks for, what it says, and what it forgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from stockpile.domain.errors import BadgeUnknown, PinTooSoon, WrongPin
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.lock_screen import LockScreen

__all__ = ["tongue"]

NAMES = ["A. Mbuyi", "S. Second"]
Key = Qt.Key


class Lock(QObject):
    """What the screen hears of a lock, and what it asks of one."""

    fell = Signal(list, str)
    named = Signal(str)
    refused = Signal(object)
    waits = Signal(int)
    busy = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.tried: list[tuple[str, str]] = []
        self.chosen: list[str] = []

    def unlock(self, name: str, pin: str) -> None:
        self.tried.append((name, pin))

    def choose(self, name: str) -> None:
        self.chosen.append(name)


@pytest.fixture
def screen(light, qtbot):
    made = LockScreen(Lock())
    displayed(made, qtbot, 700, 500)
    return made


def test_who_worked_here_last_types_the_pin_only(screen, qtbot):
    screen.model.fell.emit(NAMES, NAMES[1])
    qtbot.waitUntil(screen.pin.edit.hasFocus)
    qtbot.keyClick(screen.pin.edit, Key.Key_Return)
    assert screen.pin.message
    assert screen.model.tried == []
    qtbot.keyClicks(screen.pin.edit, "2580")
    assert not screen.pin.message
    assert "2580" not in screen.pin.edit.displayText()
    qtbot.keyClick(screen.pin.edit, Key.Key_Return)
    assert screen.model.tried == [(NAMES[1], "2580")]


def test_nobody_goes_on_without_a_name(screen):
    screen.model.fell.emit(NAMES, "")
    assert screen.officer.value() == ""
    screen.pin.set_text("2580")
    screen.enter.click()
    assert screen.officer.message
    assert screen.model.tried == []


def test_a_badge_throws_away_the_pin_that_another_began(screen, qtbot):
    screen.model.fell.emit(NAMES, NAMES[0])
    screen.pin.set_text("25")
    screen.model.named.emit(NAMES[1])
    assert screen.officer.value() == NAMES[1]
    assert screen.pin.text() == ""
    qtbot.waitUntil(screen.pin.edit.hasFocus)


def test_what_was_refused_is_said_at_its_field(screen):
    screen.model.fell.emit(NAMES, NAMES[0])
    screen.pin.set_text("0000")
    screen.model.refused.emit(WrongPin(NAMES[0]))
    assert screen.pin.message
    assert screen.pin.text() == ""
    assert not screen.officer.message
    screen.model.refused.emit(BadgeUnknown())
    assert screen.officer.message


def test_how_long_one_waits_stays_in_sight_while_one_types(screen, qtbot):
    screen.model.fell.emit(NAMES, NAMES[0])
    screen.model.refused.emit(PinTooSoon(NAMES[0], 30))
    screen.model.waits.emit(30)
    assert "30 seconds" in screen.pin.message
    qtbot.keyClicks(screen.pin.edit, "2")
    assert "30 seconds" in screen.pin.message
    screen.model.waits.emit(0)
    assert not screen.pin.message


def test_everybody_can_use_it(tongue, qtbot):
    screen = LockScreen(Lock())
    displayed(screen, qtbot, 1024, 700)
    screen.model.fell.emit(NAMES, NAMES[0])
    screen.model.refused.emit(WrongPin(NAMES[0]))
    assert faults(screen) == []
