"""One thing to decide, shown whole: what it writes, and what speaks against it."""

from __future__ import annotations

import pytest

from stockpile.plan_words import Change, PlanLine
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.confirming_detail import ConfirmingDetail
from ui.view_models.confirming import Waiting

__all__ = ["tongue"]
LINES = tuple(
    PlanLine(f"KB {number}", "Destroyed", (Change("State", "In store", "Destroyed"),), f"w{number}")
    for number in range(3)
)


def waiting(*lines, kind="act", **said):
    return Waiting("p1", kind, "destroy", "A. Mbuyi", "2026-11-28 10:00", "orders", lines, **said)


@pytest.fixture
def detail(light, qtbot):
    made = ConfirmingDetail()
    displayed(made, qtbot, 520, 560)
    return made


def test_every_line_can_be_looked_at_with_its_values(detail):
    detail.show_one(waiting(*LINES), may=True)
    assert len(detail.lines.lines) == 3
    detail.lines.setCurrentIndex(detail.lines.rows.index(2))
    assert detail.about.text() == "KB 2"
    assert detail.confirm.isEnabled()
    assert detail.banner.isHidden()
    detail.show_one(waiting(LINES[0]), may=True)
    assert detail.lines.isHidden()


def test_what_speaks_against_it_is_said_before_one_tries(detail):
    detail.show_one(waiting(LINES[0]), may=False)
    assert not detail.confirm.isEnabled()
    assert not detail.refuse.isEnabled()
    assert "does not include" in detail.confirm.accessibleDescription()
    detail.show_one(waiting(LINES[0], is_stale=True), may=True)
    assert not detail.confirm.isEnabled()
    assert detail.refuse.isEnabled()
    detail.show_one(waiting(LINES[0], is_own=True), may=False)
    assert detail.refuse.text() == "Take back"
    assert detail.refuse.isEnabled()
    detail.show_one(waiting(LINES[0], kind="entry", note="It wants two officers."), may=True)
    assert detail.confirm.text() == "Accept after all"


def test_it_reads_in_every_tongue(tongue, qtbot):
    made = ConfirmingDetail()
    displayed(made, qtbot, 460, 560)
    made.show_one(waiting(*LINES, is_stale=True), may=True)
    qtbot.waitUntil(lambda: faults(made) == [])
