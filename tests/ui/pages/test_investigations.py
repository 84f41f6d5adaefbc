"""Investigations by keys alone: the evidence that stands ready closes one by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from tests.helpers.armouries import armoury
from tests.helpers.readable import displayed, faults
from tests.ui.view_models.test_investigations import counted, found
from ui.pages.investigations import InvestigationsPage, age
from ui.theme import Ink
from ui.view_models.investigations import Case

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def store(seat):
    return armoury(seat, racks=2, each=2)


def shown(seat, qtbot, width=1110, height=672, argument=""):
    page = InvestigationsPage(*seat.made_with)
    displayed(page, qtbot, width, height)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered(argument)
    return page


def test_what_stands_ready_is_closed_by_one_key(seat, store, qtbot):
    counted(seat, store, "A01", "KB01001", "KB01002", "A02", "KB02001")
    found(seat, store)
    page = shown(seat, qtbot)
    at = next(n for n, one in enumerate(page._cases) if one.named == "KB02002" and one.proofs)
    page.list.setCurrentIndex(page.list.rows.index(at))
    with qtbot.waitSignal(page.model.closed, timeout=WAIT):
        qtbot.keyClick(page.list, Key.Key_F5)
    qtbot.waitUntil(lambda: "KB02002" not in [one.named for one in page._cases], timeout=WAIT)


def test_without_evidence_it_says_what_to_do_and_f5_does_nothing(seat, store, qtbot):
    counted(seat, store, "A01", "KB01001", "KB01002", "A02", "KB02001")
    page = shown(seat, qtbot)
    assert not page.detail.closing.isEnabled()
    assert "Nothing on record answers this yet." in page.detail._none.text()
    qtbot.keyClick(page.list, Key.Key_F5)
    assert len(page._cases) == 1


def test_the_investigations_of_a_weapon_are_shown_first(seat, store, qtbot):
    counted(seat, store, "A01", "KB01001")
    weapon = store.weapons["KB02002"]
    page = shown(seat, qtbot, argument=weapon)
    assert page._case.weapon == weapon
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.list, Key.Key_F6)
    assert went.args == ["weapon", weapon]


def test_whoever_may_not_investigate_is_told(seat, store, qtbot):
    counted(seat, store, "A01", "KB01001", "KB01002", "A02", "KB02001")
    found(seat, store)
    seat.sit_down("Auditor", "auditor")
    page = shown(seat, qtbot)
    assert not page.detail.closing.isEnabled()


def test_nothing_open_is_said_with_the_way_on(seat, qtbot):
    page = shown(seat, qtbot)
    assert page._faces.currentIndex() == 0
    assert faults(page) == []


def test_how_old_and_how_late(light):
    said = ("missing", "KB1", "AKM", "A12", 0, "A. Mbuyi", "ST-1", "", "2026-11-30")
    assert age(Case("i1", *said, days=9, is_overdue=True))[1] is Ink.BAD
    words, ink = age(Case("i1", *said, days=2, is_overdue=False))
    assert ink is Ink.WARN
    assert "2026-11-30" in words


def test_everybody_can_use_it(seat, store, tongue, qtbot):
    counted(seat, store, "A01", "KB01001", "KB01002", "A02", "ZZ-404")
    found(seat, store)
    page = shown(seat, qtbot)
    assert faults(page) == []
    page.resize(768, 612)
    assert faults(page) == []
    page._turn_to_detail()
    QApplication.processEvents()
    assert faults(page) == []
    qtbot.keyClick(page.detail.evidence, Key.Key_Escape)
    assert not page._both.shows_detail
