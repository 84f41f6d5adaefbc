"""A patrol of twelve goes out, comes back and goes out again, by scans and two PINs."""

from __future__ import annotations

import pytest

from stockpile.app import PRACTICE_PIN
from tests.helpers.counters import HOLDER_PIN, LOT, set_counter
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Key, report
from ui.pages.pins import PinsDialog

TWELVE = range(12)


@pytest.fixture
def window(desktop, qtbot):
    """The practice depot before its officer, the counter in front."""
    window = sign_in(desktop, qtbot)
    desktop.resize(1366, 768)
    return window


@pytest.fixture
def patrol(desktop, window, qtbot):
    """Twelve people and twelve rifles with their kit, and a lot of ammunition."""
    session, desk = window._session, window._desk

    def arrange():
        counter = set_counter(session.stockpile, session.officer, 12)
        for at in TWELVE:
            counter.person(f"P. Otim {at}", f"WALK-{at:03}", pin=HOLDER_PIN if not at else "")
        return counter

    return desk.on_books(Call(arrange)).do()


class Call:
    def __init__(self, do):
        self.do = do


@pytest.fixture
def fingers():
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def page(window, patrol, qtbot):
    """The page, waiting for the first scan."""
    window.open("issuing", "")
    page = window._pages["issuing"]
    qtbot.waitUntil(page._scan.edit.hasFocus)
    return page


def sign(page, qtbot, fingers, *pins):
    """Type the PINs where they are asked for, and wait until all is written."""
    qtbot.waitUntil(lambda: isinstance(page._signatures.dialog, PinsDialog), timeout=PATIENCE)
    qtbot.waitUntil(page._signatures.dialog.rows[0].pin.edit.hasFocus)
    for pin in pins:
        fingers.pin(pin)
    qtbot.waitUntil(lambda: page.model.counter.is_empty, timeout=PATIENCE)
    qtbot.waitUntil(page._scan.edit.hasFocus)


def out(window):
    desk = window._desk.on_books(window._session.stockpile.issuing)
    return desk.out()


def test_a_patrol_of_twelve_goes_out_comes_back_and_goes_out_again(
    window, page, patrol, qtbot, fingers
):
    fingers.begin()
    for at in TWELVE:
        fingers.scan(f"WALK-{at:03}")
        fingers.scan(f"KB447{at:04}")
    fingers.scan(LOT)
    qtbot.waitUntil(lambda: page.model.counter.ammunition is not None, timeout=PATIENCE)
    fingers.type("90")
    fingers.press(Key.Key_F5)
    sign(page, qtbot, fingers, PRACTICE_PIN, HOLDER_PIN)
    report("7", "Issue to a patrol of 12", 38, fingers.counted)
    assert fingers.counted.units <= 38
    assert len(out(window)) == 12
    assert {one.holder.name for one in out(window)} == {f"P. Otim {at}" for at in TWELVE}
    (receipt,) = {one.row.paper for one in out(window)}
    book = window._session.stockpile.receipts
    assert window._desk.on_books(book).verify(receipt) == "good"
    paper = window._session.stockpile.home / "papers"
    qtbot.waitUntil(lambda: len(list(paper.glob("HR-*.pdf"))) == 1, timeout=PATIENCE)

    fingers.begin()
    for at in TWELVE:
        fingers.scan(f"KB447{at:04}")
        if at in (3, 11):  # the last one too: its sign is up already
            qtbot.waitUntil(lambda at=at: len(page.model.counter.items) == at + 1)
            fingers.press({3: Key.Key_F9, 11: Key.Key_F10}[at])
    sign(page, qtbot, fingers, PRACTICE_PIN)
    report("8", "Return of the 12, two of them with something to say", 19, fingers.counted)
    assert fingers.counted.units <= 12 + 2 + 5
    assert out(window) == ()
    held = window._desk.on_books(window._session.stockpile.ammunition).held
    assert held(patrol.people[0].id) == ()
    weapons = window._desk.on_books(window._session.stockpile.books).weapons(patrol.weapons)
    assert [one.condition for one in weapons].count("repairable") == 1

    qtbot.waitUntil(lambda: not page.model.board.out and bool(page.model.board.patrols))
    fingers.begin()
    fingers.press(Key.Key_F7)
    qtbot.waitUntil(lambda: page.model.counter.waiting == 12, timeout=PATIENCE)
    for at in TWELVE:
        fingers.scan(f"KB447{at:04}")
    sign(page, qtbot, fingers, PRACTICE_PIN, HOLDER_PIN)
    report("7b", "The same patrol again", 23, fingers.counted)
    assert fingers.counted.units <= 23
    assert len(out(window)) == 12
