"""Before a count: what is due is red when it is late, and Enter begins it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import StocktakeClosed, StocktakeOpened
from stockpile.domain.opening_counts import Stocktake
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.counting_start import CountingStart, rule_words
from ui.pages.page import Page
from ui.theme import Ink
from ui.view_models.counting_plans import Begun, Due, Plan, Start

Key = Qt.Key
OPEN = Stocktake("s1", StocktakeOpened("all", "serial", number="ST-KLA-26-0001"))
CLOSED = Stocktake(
    "s2",
    StocktakeOpened("all", "serial", number="ST-KLA-26-0000"),
    StocktakeClosed(9, 8, 1, 0, investigations=("i1",)),
)
DUE = (
    Due("a", "Kampala", "weekly-type", Plan(basis="type"), -3),
    Due("b", "Kampala", "weekly-serials", Plan(percent=10), 0),
    Due("c", "Kampala", "night-guard", Plan(), 5),
)
START = Start(DUE, (Begun(OPEN, "Kampala"),), (Begun(CLOSED, "Kampala"),))


@pytest.fixture
def face(tongue, qtbot):
    page = Page()
    made = CountingStart(page.head)
    made.page = page
    displayed(made, qtbot, 1110, 660)
    made.show_start(START, may=True)
    made.focus()
    return made


def test_what_is_late_is_said_in_red(face):
    late, today, later = face.due.lines
    assert [late.ink, today.ink, later.ink] == [Ink.BAD, Ink.WARN, Ink.MUTED]
    assert "3" in late.at_end
    assert "5" in later.at_end


def test_enter_goes_on_where_a_count_stopped_and_begins_what_is_due(face, qtbot):
    assert face.open.hasFocus()
    with qtbot.waitSignal(face.resume_wanted) as told:
        qtbot.keyClick(face.open, Key.Key_Return)
    assert told.args == [OPEN]
    face.due.setFocus()
    qtbot.keyClick(face.due, Key.Key_Down)
    with qtbot.waitSignal(face.due_wanted) as told:
        qtbot.keyClick(face.due, Key.Key_Return)
    assert told.args == [DUE[1]]


def test_a_scan_begins_nothing(face, qtbot):
    begun = []
    face.resume_wanted.connect(begun.append)
    with qtbot.waitSignal(face.strayed):
        qtbot.keyClicks(face.open, "RACK-01")
        qtbot.keyClick(face.open, Key.Key_Return)
    assert begun == []


def test_a_closed_count_is_looked_at(face, qtbot):
    face.closed.setFocus()
    with qtbot.waitSignal(face.report_wanted) as told:
        qtbot.keyClick(face.closed, Key.Key_Return)
    assert told.args == [CLOSED]


def test_a_rule_of_the_site_is_called_as_the_site_calls_it(light):
    assert rule_words("weekly-type") == "Weekly count"
    assert plain(rule_words("night-guard")) == "night-guard"


def test_everybody_can_use_it_full_and_empty(face):
    assert faults(face) == []
    face.show_start(Start(), may=False)
    assert faults(face) == []
    assert isinstance(face.new, QWidget)
    assert not face.new.isEnabled()
