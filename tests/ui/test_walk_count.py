"""The monthly count in the real window, while weapons go out at the next desk.

The suite counts a quarter of it, to the same target a weapon; the whole of it is counted with
STOCKPILE_NIGHTLY=1.
"""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.app import PRACTICE_PIN
from stockpile.domain.facts import CountRuleSet, WeaponCounted
from stockpile.domain.holders import Details
from stockpile.domain.issuing import Line
from stockpile.domain.receiving import Description
from stockpile.services.issuing import HandOver
from tests.helpers.desktops import PATIENCE, on_books, sign_in
from tests.helpers.fingers import KEYS_OF_A_PIN, Fingers, Scanner, report
from tests.helpers.nightly import NIGHTLY
from ui.pages.pins import PinsDialog

Key = Qt.Key
WHOLE = NIGHTLY
RACKS, EACH = (60, 20) if WHOLE else (15, 20)
WEAPONS = RACKS * EACH
ISSUES = WEAPONS // 40
MOST_UNITS = RACKS + WEAPONS + 2 + 2 * KEYS_OF_A_PIN
"""1,260 scans, 2 keys and 2 PINs for 1,200 weapons in 60 racks: 1,272."""
SECOND, PIN = "P. Ilunga", "135790"
FAST = 100
LONG = 120_000


class Store:
    """A room of the practice depot with its racks, and the desk beside the count."""

    def __init__(self, desktop, qtbot):
        self.window = sign_in(desktop, qtbot)
        desktop.resize(1366, 768)
        with qtbot.waitActive(desktop):
            desktop.activateWindow()
        self.desk, self.session = desktop.desk, desktop.session
        self.stockpile, self.by = self.session.stockpile, self.session.officer
        self.weapons: dict[str, str] = {}
        self.on_books(self._arrange)
        self.session.remember(second_officer=SECOND)
        self.window.open("counting", "")
        self.page = self.window.page("counting")
        qtbot.waitUntil(lambda: bool(self.page.start.due.lines), timeout=PATIENCE)
        qtbot.waitUntil(self.page.start.due.hasFocus, timeout=PATIENCE)

    def on_books(self, work):
        return on_books(self.desk, work)

    def serials(self, rack):
        return [f"RK{rack:02d}-{at:02d}" for at in range(EACH)]

    def issue(self, serial):
        """Hand a weapon out at the next desk, while the window goes on counting."""
        line = Line(self.weapons[serial], self.holder, override="the guard goes out")
        issuing = self.stockpile.issuing

        def act():
            slips = issuing.prepare(HandOver((line,)), by=self.by)
            return issuing.issue(slips, {}, by=self.by)

        self.desk.record(self.page, act, lambda _receipts: None)

    def _arrange(self):
        stockpile, by = self.stockpile, self.by
        stockpile.people.appoint(SECOND, ("commander",), PIN, by=by)
        site = stockpile.people.site()
        room = stockpile.places.open("Long room", "room", site, "LONG", by=by)[1]
        for number in range(RACKS):
            code = f"RACK-{number:02d}"
            rack = stockpile.places.open(f"Rack {number:02d}", "rack", room.id, code, by=by)[1]
            said = [
                Description(serial=serial, type="ASR", make="Izhmash", model="AKM",
                            calibre="7.62x39 mm")
                for serial in self.serials(number)
            ]  # fmt: skip
            ids = stockpile.receiving.register_several(said, rack.id, by=by)[1]
            self.weapons |= dict(zip(self.serials(number), ids, strict=True))
        rule = CountRuleSet("monthly", "serial", 30, place=room.id)
        stockpile.count_rules.set(rule, by=by)
        self.holder = stockpile.holders.record(Details("Sgt Kato"), by=by)[1].id


@pytest.fixture
def store(desktop, qtbot):
    return Store(desktop, qtbot)


@pytest.fixture
def fingers(store):
    fingers = Fingers()
    yield fingers
    fingers.rest()


def begin(store, fingers, qtbot):
    with qtbot.waitSignal(store.page.model.opened, timeout=LONG):
        fingers.press(Key.Key_Return)


def test_the_monthly_count_while_the_armoury_works(store, fingers, qtbot):
    page = store.page
    fingers.begin()
    begin(store, fingers, qtbot)
    gone = set()
    every = WEAPONS // ISSUES
    for rack in range(RACKS):
        fingers.scan(f"RACK-{rack:02d}")
        for at, serial in enumerate(store.serials(rack)):
            number = rack * EACH + at
            if number % every:
                fingers.scan(serial)
            elif number % (2 * every):  # seen, then handed out
                fingers.scan(serial)
                store.issue(serial)
            else:  # handed out before the count came to it
                store.issue(serial)
                gone.add(serial)
    qtbot.waitUntil(lambda: page.model.waiting == 0, timeout=LONG)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page._dialog, PinsDialog), timeout=LONG)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._dialog.rows[0].pin.edit)
    fingers.pin(PRACTICE_PIN)
    with qtbot.waitSignal(page.model.closed, timeout=LONG) as told:
        fingers.pin(PIN)
    report(6, f"Count {WEAPONS}, {ISSUES} issues meanwhile", MOST_UNITS, fingers.counted)
    assert fingers.counted.units <= MOST_UNITS
    assert fingers.clicks == 0
    found = told.args[0].found
    assert found.differences == ()
    assert found.tally.expected == WEAPONS
    assert found.tally.found + found.tally.explained == WEAPONS
    lines = {line.weapon: line for line in found.lines}
    assert {lines[store.weapons[one]].why for one in gone} == {"left"}
    assert {lines[store.weapons[one]].kind for one in gone} == {"explained"}
    assert len(lines) == WEAPONS


def test_twenty_scans_a_second_are_all_taken_in_their_order(store, fingers, qtbot):
    page = store.page
    begin(store, fingers, qtbot)
    scans = [
        text for rack in range(FAST // EACH) for text in (f"RACK-{rack:02d}", *store.serials(rack))
    ]
    heard = []
    page.model.read.connect(heard.append)
    scanner = Scanner(page.window(), scans)
    scanner.begin()
    qtbot.waitUntil(lambda: len(heard) == len(scans), timeout=LONG)
    assert [one.text for one in heard] == scans
    assert {one.came for one in heard} == {"place", "found"}
    histories = [
        store.on_books(partial(store.stockpile.books.history, store.weapons[one]))
        for one in scans
        if one in store.weapons
    ]
    assert len(histories) == FAST
    assert all(isinstance(one[-1].body, WeaponCounted) for one in histories)
