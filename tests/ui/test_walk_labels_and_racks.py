"""Walk-throughs in the real window: 500 labels with a jam, 500 weapons into 25 racks by scanning.

Each prints its line of the table beside the target that it has to meet. Every change walks with a
fifth of the weapons, ``STOCKPILE_NIGHTLY=1`` with all of them.
"""

from __future__ import annotations

import time
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.places import Change
from stockpile.domain.receiving import Description
from stockpile.services.papers import Printing
from stockpile.services.ports import RegisterFilter
from tests.helpers.desktops import PATIENCE, on_books, sign_in
from tests.helpers.fingers import SCANS_A_SECOND, Fingers, report
from tests.helpers.nightly import NIGHTLY

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL = Modifier.ControlModifier
WEAPONS, RACKS = (500, 25) if NIGHTLY else (100, 5)
LABEL_KEYS, RESUME_UNITS, RACKING_UNITS = 3, 3, WEAPONS + RACKS
JAM = 63
"""The label at which the printer jams."""
LONG = 120_000


class Depot:
    """The practice depot behind the window, and five hundred rifles just put on record in it."""

    def __init__(self, desktop, qtbot):
        self.window = sign_in(desktop, qtbot)
        with qtbot.waitActive(desktop):
            desktop.activateWindow()
        self.session = desktop.session
        self.desk = desktop.desk
        self.stockpile = self.session.stockpile
        self.site = self.on_books(self.stockpile.people.site)
        self.before = self.on_books(partial(self.stockpile.register.count, RegisterFilter()))
        said = [
            Description(serial=f"WT{n:05d}", type="ASR", make="Izhmash", model="AKM",
                        calibre="7.62x39 mm")
            for n in range(WEAPONS)
        ]  # fmt: skip
        by = self.session.officer
        self.weapons = self.write(
            partial(self.stockpile.receiving.register_several, said, self.site, by=by)
        )

    def on_books(self, work):
        return on_books(self.desk, work)

    def write(self, work):
        recorded, rest = self.on_books(work)
        self.desk.recorded.emit(recorded)
        return rest

    def stands(self):
        return self.on_books(partial(self.stockpile.books.weapons, self.weapons))


@pytest.fixture
def depot(desktop, qtbot):
    return Depot(desktop, qtbot)


@pytest.fixture
def fingers(depot):
    fingers = Fingers()
    yield fingers
    fingers.rest()


def test_five_hundred_labels_take_three_keys_and_a_jam_two_and_a_scan(depot, fingers, qtbot):
    QTest.keyClick(depot.window, Key.Key_1, Modifier.AltModifier)
    page = depot.window.page("register")
    everything = depot.before + WEAPONS
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == everything, timeout=PATIENCE)
    qtbot.waitUntil(page._table.hasFocus)
    sheets = []
    page._bulk.model.labelled.connect(sheets.append)
    fingers.begin()
    fingers.press(Key.Key_A, CTRL)
    fingers.press(Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: bool(sheets), timeout=LONG)
    assert sheets[0].labels == everything
    report(4, f"Label {WEAPONS}", f"{LABEL_KEYS} K", fingers.counted)
    assert fingers.counted.units <= LABEL_KEYS
    fingers.begin()
    good = depot.stands()[JAM - 1]
    fingers.press(Key.Key_P, CTRL | Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._bulk.dialog.label.edit)
    fingers.scan(good.tag)
    qtbot.waitUntil(lambda: len(sheets) > 1, timeout=LONG)
    report(4, "A jam: print on after the last good label", "2 K + 1 S", fingers.counted)
    assert fingers.counted.units <= RESUME_UNITS
    copies = [one.labels for one in depot.stands()]
    after = copies.index(2)
    # the list stands by serial: what is after the good label was printed again, all before once
    assert set(copies[:after]) == {1}
    assert set(copies[after:]) == {2}
    assert after == JAM


def test_five_hundred_weapons_stand_in_their_racks_after_as_many_scans(depot, fingers, qtbot):
    by = depot.session.officer
    places = depot.stockpile.places
    room = depot.write(partial(places.open, "Walk room", "room", depot.site, by=by))
    said = Change(name=f"Walk rack 1..{RACKS}", code=f"WR1..{RACKS}", capacity=20)
    racks = depot.write(partial(places.open_row, room.id, said, by=by))
    papers = depot.stockpile.papers
    cards = depot.stockpile.home / "cards.pdf"
    ids = [one.id for one in racks]
    depot.on_books(partial(papers.cards, ids, Printing(papers.stocks()[0]), cards, by=by))
    tags = [depot.on_books(partial(places.one, one)).tag for one in ids]
    QTest.keyClick(depot.window, Key.Key_8, Modifier.AltModifier)
    page = depot.window.page("places")
    qtbot.waitUntil(page.bench.field.edit.hasFocus)
    fingers.begin()
    # the time of the processor: what else the machine does meanwhile is none of ours
    start, each = time.process_time(), WEAPONS // RACKS
    for at, tag in enumerate(tags):
        fingers.scan(tag)
        for n in range(each * at, each * (at + 1)):
            fingers.scan(f"WT{n:05d}")
    qtbot.waitUntil(lambda: page.racking.waiting == 0, timeout=LONG)
    rate = RACKING_UNITS / (time.process_time() - start)
    report(5, f"Rack {WEAPONS} into {RACKS} racks", f"{RACKING_UNITS} S", fingers.counted)
    assert fingers.counted.units <= RACKING_UNITS
    assert (fingers.keys, fingers.clicks) == (0, 0)
    assert [one.place for one in depot.stands()] == [one for one in ids for _n in range(each)]
    assert rate > SCANS_A_SECOND
    qtbot.waitUntil(
        lambda: [one.is_now for one in page.plan.tiles] == [False] * (RACKS - 1) + [True]
    )
    assert page.bench.result.result.identifier == f"WT{WEAPONS - 1:05d}"
    # The platform without a screen deactivates a window that was not served for some seconds.
    with qtbot.waitActive(depot.window.window()):
        depot.window.window().activateWindow()
    qtbot.waitUntil(page.bench.field.edit.hasFocus)
    fingers.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: depot.stands()[-1].place == depot.site, timeout=PATIENCE)
