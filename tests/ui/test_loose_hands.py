"""Hands that do anything, in any order: keys, clicks, words, other pages, other sizes.

Every change tries one pair of hands for a while, a nightly run many. A run that failed is repeated
by its number: ``STOCKPILE_HANDS=7 STOCKPILE_HANDS_COUNT=1``; what they did is in its output.
"""

from __future__ import annotations

import os
import random

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
)

from stockpile.app import PRACTICE_PIN
from stockpile.language import is_right_to_left, plain, use_language
from tests.helpers.desktops import on_books, sign_in
from tests.helpers.loose_hands import buttons, fields, in_front, keep_inside, put_away, ready
from tests.helpers.nightly import NIGHTLY

FIRST = int(os.environ.get("STOCKPILE_HANDS", "0"))
COUNT = int(os.environ.get("STOCKPILE_HANDS_COUNT", "40" if NIGHTLY else "1"))
ACTS = 1500 if NIGHTLY else 250
SPOKEN = ("en", "ar", "ru")
WORDS = (
    "", "KB4471900", "27-004??", "CARD-001", "P-004", "AKM", "7.62x39 mm", "Rack 05", "18:00",
    "2027-01-05", "2026-13-45", "0", "-1", "12", "1e9", "'; drop", "x" * 300, "٤٥٦", "ب", "[)>\x1e",
)  # fmt: skip
SIZES = ((1024, 700), (1366, 768), (1600, 900), (1024, 1000))
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
PLAIN_KEYS = (
    *[Key.Key_Tab] * 6, *[Key.Key_Return] * 6, *[Key.Key_Escape] * 4, Key.Key_Backtab, Key.Key_Up,
    *[Key.Key_Down] * 3, Key.Key_Left, Key.Key_Right, Key.Key_Space, Key.Key_PageDown, Key.Key_End,
    Key.Key_Home, Key.Key_Delete, Key.Key_Backspace, *(Key(Key.Key_F1 + n) for n in range(12)),
)  # fmt: skip
CONTROL_KEYS = (
    Key.Key_A, Key.Key_Z, Key.Key_F, Key.Key_N, Key.Key_P, Key.Key_K, Key.Key_D, Key.Key_C,
    Key.Key_V, Key.Key_X, Key.Key_Return, Key.Key_O, Key.Key_S, Key.Key_Left, Key.Key_Right,
)  # fmt: skip


@pytest.fixture(params=range(FIRST, FIRST + COUNT))
def hands(request, light, monkeypatch):
    """What they do next is drawn from a number; the language is the number's too."""
    spoken = SPOKEN[request.param % len(SPOKEN)]
    use_language(spoken)
    if is_right_to_left(spoken):
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return random.Random(request.param)


@pytest.mark.logs_warnings
def test_nothing_falls_over_and_the_record_stays_whole(hands, desktop, qtbot, monkeypatch):
    keep_inside(monkeypatch, desktop)
    window = sign_in(desktop, qtbot)
    acts = (press, press, write, write, strike, strike, strike, choose_row, turn_page, resize)
    for number in range(ACTS):
        act = hands.choice(acts)
        said = act(hands, in_front() or desktop, window)
        print(number, act.__name__, said)  # noqa: T201 — how a run that failed came about
        QTest.qWait(hands.choice((0, 0, 1, 5, 20, 60)))
    put_away()
    stockpile = desktop.session.stockpile
    assert on_books(desktop.desk, lambda: stockpile.checking.check(deep=True)).weapons >= 500


def press(hands, front, _window):
    there = buttons(front)
    if not there:
        QTest.keyClick(front, Key.Key_Escape)
        return "away"
    button = hands.choice(there)
    said = plain(button.accessibleName() or button.text())
    for _click in range(hands.choice((1, 1, 1, 1, 2))):  # now and then twice
        if shiboken6.isValid(button):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return said


def write(hands, front, _window):
    there = fields(front)
    if not there:
        return "nowhere"
    field = hands.choice(there)
    said = plain(field.accessibleName())
    words = hands.choice(WORDS)
    field.setFocus()
    if isinstance(field, QLineEdit) and field.echoMode() == QLineEdit.EchoMode.Password:
        field.clear()
        words = hands.choice((words, *[PRACTICE_PIN] * 5))
    if words.isascii() and words.isprintable():
        QTest.keyClicks(field, words)
    elif isinstance(field, QLineEdit):
        field.insert(words)
    if hands.random() < 0.6 and shiboken6.isValid(field):
        QTest.keyClick(field, Key.Key_Return)
    return said, words[:20]


def strike(hands, front, _window):
    at = QApplication.focusWidget() or front
    key, held = hands.choice(PLAIN_KEYS), Qt.KeyboardModifier.NoModifier
    if hands.random() < 0.3:
        key, held = hands.choice(CONTROL_KEYS), Control
    QTest.keyClick(at, key, held)
    return key, held


def choose_row(hands, front, _window):
    lists = [
        one for one in ready(front, QAbstractItemView)
        if not isinstance(one, QHeaderView) and one.model() is not None and one.model().rowCount()
    ]  # fmt: skip
    if not lists:
        return "nowhere"
    rows = hands.choice(lists)
    number = hands.randrange(rows.model().rowCount())
    index = rows.model().index(number, 0)
    rows.scrollTo(index)
    place = rows.visualRect(index).center()
    click = QTest.mouseDClick if hands.random() < 0.3 else QTest.mouseClick
    click(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    return number


def turn_page(hands, _front, window):
    put_away()
    key = hands.choice([one for one in window._entries if one != "weapon"])
    window.open(key, "")
    return key


def resize(hands, _front, window):
    size = hands.choice(SIZES)
    window.window().resize(*size)
    return size
