"""The running list: each Enter with its verdict, the last one first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from ui.pages.running_list import KEPT, RunningList
from ui.view_models.entry import Line

RACK = Place("r1", "Rack 01", "rack", None)


def line(number, **more):
    return Line(number, Description(serial=f"KB{number}", model="AKM"), RACK, **more)


@pytest.fixture
def running(light, qtbot):
    running = RunningList()
    qtbot.addWidget(running)
    running.resize(260, 500)
    running.show()
    return running


def order(running):
    rows = [running._column.itemAt(at).widget() for at in range(running._column.count() - 1)]
    return [row._line.number for row in rows]


def test_the_last_enter_stands_first(running):
    for number in (1, 2, 3):
        running.show_line(line(number))
    assert order(running) == [3, 2, 1]
    assert not running._none.isVisible()


def test_a_verdict_takes_the_place_of_the_waiting_line(running, qtbot):
    waiting = line(1)
    running.show_line(waiting)
    assert running.words_of(1) == "KB1. being saved"
    running.show_line(replace(waiting, state="saved", weapons=("w1",), at=1_700_000_000_000))
    assert order(running) == [1]
    assert running.words_of(1) == "KB1. saved"
    with qtbot.waitSignal(running.open_wanted) as blocker:
        running._rows[1]._act.click()
    assert blocker.args == ["w1"]


def test_a_refused_line_says_why_and_can_be_put_back(running, qtbot):
    refused = line(1, state="refused", error=FieldUnreadable("year", "12"))
    running.show_line(refused)
    assert "12" in running.words_of(1)
    assert "refused" in running.words_of(1)
    with qtbot.waitSignal(running.back_wanted) as blocker:
        running._rows[1]._act.click()
    assert blocker.args == [refused]


def test_only_the_last_lines_are_kept_on_the_screen(running):
    for number in range(1, KEPT + 6):
        running.show_line(line(number))
    assert order(running) == list(range(KEPT + 5, 5, -1))


def test_another_home_begins_with_an_empty_list(running):
    running.show_line(line(1))
    running.clear()
    assert order(running) == []
    assert running._none.isVisible()


def test_a_line_says_what_came_of_it_since(running):
    saved = line(1, state="saved", weapons=("w1",))
    running.show_line(replace(saved, reading="agreed"))
    assert "A second reading agrees" in running.words_of(1)
    running.show_line(replace(saved, reading="differs"))
    assert "A second reading differs" in running.words_of(1)
    running.show_line(replace(saved, state="withdrawn"))
    assert running.words_of(1) == "KB1. withdrawn. Withdrawn: entered by mistake"


def test_several_at_once_are_one_line(running):
    running.show_line(line(1, state="saved", last="KB500", count=500, warned=3))
    words = running.words_of(1)
    assert "KB1 … KB500" in words
    assert "3 look like others on record" in words
