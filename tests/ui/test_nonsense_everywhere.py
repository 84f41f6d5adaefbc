"""Nonsense typed into every field of the real window, and every button pressed: nothing falls over.

What is right of an answer is said by each page's own test; here nothing may end in a report of a
crash, and the record stays whole.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.helpers.desktops import on_books, sign_in
from tests.helpers.loose_hands import buttons, fields, in_front, is_ready, keep_inside, put_away
from tests.helpers.nightly import NIGHTLY
from tests.ui.test_every_page_fits import pages, sections

NONSENSE = ["zzz", "0", "-5", "99999999999999999999", "2026-13-45"] if NIGHTLY else ["zzz"]
REST = 15  # milliseconds: what was asked for comes meanwhile, or does not
MOST = 40  # presses in one dialog: a page through which one turns has no end


@pytest.fixture
def window(light, desktop, qtbot, monkeypatch):
    keep_inside(monkeypatch, desktop)
    made = sign_in(desktop, qtbot)
    desktop.resize(1366, 768)
    return made


@pytest.mark.logs_warnings
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nothing_falls_over_and_the_record_stays_whole(window, desktop, qtbot, nonsense):
    for key, argument in [*pages(window, desktop, qtbot), *sections(window)]:
        window.open(key, argument)
        QTest.qWait(4 * REST)
        page = window.page(key)
        for field in fields(page):
            fill(field, nonsense)
            try_what_opened(nonsense)
            window.open(key, argument)
        for button in buttons(page):
            press(button)
            try_what_opened(nonsense)
            window.open(key, argument)
    stockpile = desktop.session.stockpile
    assert on_books(desktop.desk, lambda: stockpile.checking.check(deep=True)).weapons >= 500


def fill(field, nonsense):
    if is_ready(field):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, nonsense)
    if is_ready(field):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(REST)


def press(button):
    if is_ready(button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.qWait(REST)


def try_what_opened(nonsense):
    """Fill it with nonsense too, press there what can be pressed, and put it away."""
    pressed = set()
    for _press in range(MOST):
        front = in_front()
        for field in fields(front) if front else ():
            fill(field, nonsense)
        new = [one for one in buttons(front) if one not in pressed] if front else []
        if not new:
            break
        pressed.add(new[0])
        press(new[0])
    put_away()
