"""A hand's Enter presses, a scanner's does not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets import enter
from ui.widgets.enter import Hand

Key = Qt.Key


def key(code, text="", *, again=False):
    none = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, code, none, text, again)


def test_enter_of_a_hand_presses_on_both_keys():
    hand = Hand()
    assert hand.presses(key(Key.Key_Return))
    assert hand.presses(key(Key.Key_Enter))
    assert not hand.presses(key(Key.Key_Space, " "))


def test_a_key_that_is_held_down_presses_once():
    assert not Hand().presses(key(Key.Key_Return, again=True))


def test_the_enter_that_ends_a_scan_presses_nothing_and_a_later_one_does(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(enter, "monotonic", lambda: now[0])
    hand = Hand()
    hand.presses(key(Key.Key_K, "K"))
    now[0] += 0.045
    assert not hand.presses(key(Key.Key_Return))
    now[0] += 1
    assert hand.presses(key(Key.Key_Return))


def test_a_shift_is_no_letter():
    hand = Hand()
    hand.presses(key(Key.Key_Shift))
    assert hand.presses(key(Key.Key_Return))
