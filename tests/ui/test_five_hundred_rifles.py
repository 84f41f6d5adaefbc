"""Five hundred rifles in the real window: by keys alone, none lost, none out of order.

Every change enters a hundred of the mixed ones, a nightly run all five hundred.

The keys are counted as a clerk's fingers count them: a key with Ctrl or Alt is one.
"""

from __future__ import annotations

import random
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.services.ports import RegisterFilter
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Scanner
from tests.helpers.nightly import NIGHTLY

Key, Modifier = Qt.Key, Qt.KeyboardModifier
RIFLES = 500
TYPED = RIFLES if NIGHTLY else 100
MOST_KEYS = 25 + 8 * TYPED
"""The header once, in 25 keys, and 8 keys a rifle: seven characters and Enter."""
MOST_KEYS_OF_A_RUN = 40
SCANS = 60
LONG = 60_000


@pytest.fixture
def page(desktop, qtbot):
    """Fast entry of a practice depot, opened by its key."""
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    QTest.keyClick(window, Key.Key_2, Modifier.AltModifier)
    page = window.page("entry")
    qtbot.waitUntil(lambda: bool(page._one.fields._places), timeout=PATIENCE)
    qtbot.waitUntil(page._one.serial.edit.hasFocus)
    return page


@pytest.fixture
def fingers(page):
    fingers = Fingers()
    yield fingers
    fingers.rest()


def describe(page, fingers, qtbot):
    """Say once what all of them are: down to the fields, the model, the place, back."""
    while QApplication.focusWidget() is not page._one.fields.model.box:
        fingers.press(Key.Key_Tab)
    fingers.type("AKM")
    if page._one.fields.chosen_place() is None:
        while QApplication.focusWidget() is not page._one.fields.place.box:
            fingers.press(Key.Key_Tab)
        fingers.press(Key.Key_Down)
    fingers.press(Key.Key_Escape)
    fingers.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: page.window().focusWidget() is page._one.serial.edit)
    # The platform without a screen activates the list of offers after it has gone.
    QApplication.processEvents()
    page.window().activateWindow()
    qtbot.waitUntil(page._one.serial.edit.hasFocus)
    assert page._one.fields.model.value() == "AKM"
    assert page._one.fields.chosen_place() is not None


def mixed_serials():
    """Serials of seven characters as crates hold them: of several makers, in no order."""
    chance = random.Random(500)
    serials = {f"{chance.choice('ABEKMT')}{chance.choice('BCXZ')}{n:05d}" for n in range(150)}
    serials |= {f"{chance.randrange(10**7):07d}" for _n in range(200)}
    while len(serials) < RIFLES:
        serials.add(f"{chance.randrange(10**4):04d}-{chance.choice('KMPT')}{chance.randrange(10)}")
    return chance.sample(sorted(serials), TYPED)


def on_record(page, of):
    """The serials of lines of the running list that are on record, in the order recorded."""
    stockpile = page._session.stockpile
    ids = [weapon for line in of for weapon in line.weapons]
    rows = page._desk.on_books(stockpile.register).rows(ids)
    return [row.serial for row in rows]


def test_mixed_serials_in_eight_keys_each_and_no_click(page, fingers, qtbot):
    describe(page, fingers, qtbot)
    typed = mixed_serials()
    for serial in typed:
        fingers.type(serial)
        fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: page._model.waiting == 0, timeout=LONG)
    assert fingers.keys <= MOST_KEYS
    assert fingers.clicks == 0
    assert [line.said.serial for line in page._model.lines] == typed
    assert {line.state for line in page._model.lines} == {"saved"}
    assert on_record(page, page._model.lines) == typed
    assert page._one.serial.edit.hasFocus()
    assert page._one.serial.text() == ""


def test_twenty_scans_a_second_are_all_taken_in_their_order(page, fingers, qtbot):
    describe(page, fingers, qtbot)
    scanned = mixed_serials()[:SCANS]
    scanner = Scanner(page.window(), scanned)
    scanner.begin()
    qtbot.waitUntil(lambda: len(page._model.lines) == SCANS, timeout=LONG)
    qtbot.waitUntil(lambda: page._model.waiting == 0, timeout=LONG)
    assert [line.said.serial for line in page._model.lines] == scanned
    assert on_record(page, page._model.lines) == scanned


def test_five_hundred_consecutive_serials_in_forty_keys_and_taken_back_by_one(page, fingers, qtbot):
    describe(page, fingers, qtbot)
    register = page._desk.on_books(page._session.stockpile.register)
    before = register.count(RegisterFilter())
    fingers.type("KB4471902..2401")
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: page._several._model.is_judged, timeout=LONG)
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: page._model.saved_count == RIFLES, timeout=LONG)
    fingers.press(Key.Key_Return)
    assert fingers.keys <= MOST_KEYS_OF_A_RUN
    assert fingers.clicks == 0
    (line,) = page._model.lines
    assert on_record(page, [line]) == [f"KB{4471902 + n}" for n in range(RIFLES)]
    assert register.count(RegisterFilter()) == before + RIFLES
    fingers.press(Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(partial(_is_withdrawn, page), timeout=LONG)
    assert register.count(RegisterFilter()) == before


def _is_withdrawn(page):
    return page._model.lines[0].state == "withdrawn"
