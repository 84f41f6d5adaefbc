"""The jobs beside the bench: doubts with a way to settle them, and what was done last."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt

from stockpile import wording
from stockpile.language import plain
from stockpile.services.ports import Job, JobState
from tests.helpers.readable import bare, displayed, faults
from ui.pages.marking_jobs import _LOOKS, _UNDER_WAY, MarkingJobs
from ui.theme import pixmap
from ui.view_models.marking_bench import Bench, JobLine
from ui.widgets.button import Button
from ui.widgets.text import Label

AT = 1_790_000_000_000


def job(number, state):
    text = f"UG 26 00012{number}"
    return JobLine(
        Job(f"j{number}", f"w{number}", "s", text, "Bench", state, AT), f"KB447190{number}"
    )


DOUBTFUL = Bench(
    to_settle=(job(1, "unknown"), job(2, "done_reported")),
    last=(job(1, "unknown"), job(2, "done_reported"), job(3, "verified")),
)


def shown(qtbot, bench, width=292):
    jobs = MarkingJobs()
    jobs.show_bench(bench)
    displayed(jobs, qtbot, width, 600)
    return jobs


def buttons(jobs):
    shown = [one for one in jobs.findChildren(Button) if one.isVisible()]
    return [one for one in shown if one not in jobs.ways.values()]


def words(jobs):
    return [plain(one.text()) for one in jobs.findChildren(Label) if one.isVisible()]


def test_nothing_in_doubt_and_nothing_done_is_said(light, qtbot):
    jobs = shown(qtbot, Bench())
    assert "Nothing is in doubt." in words(jobs)
    assert "No weapon was marked here yet." in words(jobs)
    assert not jobs._count.isVisible()
    assert buttons(jobs) == []


def test_what_is_in_doubt_is_counted_and_named(light, qtbot):
    jobs = shown(qtbot, DOUBTFUL)
    assert jobs._count.text == "2"
    assert [one.accessibleName() for one in buttons(jobs)] == [
        "Settle KB4471901", "Read back KB4471902",
    ]  # fmt: skip
    assert wording.job_state("unknown") in words(jobs)
    assert "Nothing is in doubt." not in words(jobs)


def test_what_was_done_is_told_newest_first_with_mark_and_state(light, qtbot):
    jobs = shown(qtbot, DOUBTFUL)
    rows = [jobs._last.layout().itemAt(at).widget() for at in range(3)]
    names = [one.accessibleName() for one in rows]
    assert [name[:9] for name in names] == ["KB4471901", "KB4471902", "KB4471903"]
    assert "UG 26 000123" in names[2]
    assert wording.job_state("verified") in names[2]


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_weapon_is_brought_to_the_bench(light, qtbot, by):
    jobs = shown(qtbot, DOUBTFUL)
    settle, read_back = buttons(jobs)
    with qtbot.waitSignal(jobs.wanted) as said:
        if by == "key":
            qtbot.keyClick(settle, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(settle, Qt.MouseButton.LeftButton)
    assert said.args == ["w1"]
    with qtbot.waitSignal(jobs.wanted) as said:
        qtbot.keyClick(read_back, Qt.Key.Key_Space)
    assert said.args == ["w2"]


def test_what_is_settled_goes(light, qtbot):
    jobs = shown(qtbot, DOUBTFUL)
    jobs.show_bench(Bench(last=DOUBTFUL.last[2:]))
    assert buttons(jobs) == []
    assert jobs._none.isVisible()


@pytest.mark.parametrize("state", get_args(JobState))
def test_every_state_of_a_job_is_worded_and_drawn(light, qtbot, state):
    jobs = shown(qtbot, Bench(last=(job(1, state),)))
    assert any(wording.job_state(state) in one for one in words(jobs))
    icon, _tone = _LOOKS.get(state, _UNDER_WAY)
    assert not pixmap(icon, "#000000").isNull()


@pytest.mark.parametrize("bench", [Bench(), DOUBTFUL])
def test_everybody_can_use_it(tongue, qtbot, bench):
    jobs = shown(qtbot, bench)
    assert faults(jobs) == []
    if bench.last:
        assert bare(jobs, "KB4471901", "UG 26 000121") == []


def test_beside_an_order_only_what_is_in_doubt_is_shown(light, qtbot):
    jobs = shown(qtbot, DOUBTFUL)
    jobs.show_last(shown=False)
    assert "Last jobs" not in words(jobs)
    assert len(buttons(jobs)) == 2
    jobs.show_bench(Bench(last=DOUBTFUL.last))
    assert not jobs.isVisible()


def test_the_planner_is_one_click_away_and_the_practice_machine_where_there_is_one(qtbot):
    jobs = shown(qtbot, DOUBTFUL)
    with qtbot.waitSignal(jobs.page_wanted) as told:
        qtbot.mouseClick(jobs.ways["campaign"], Qt.MouseButton.LeftButton)
    assert told.args == ["campaign"]
    assert not jobs.ways["practice"].isVisible()
    jobs.show_practice(shown=True)
    with qtbot.waitSignal(jobs.page_wanted) as told:
        qtbot.mouseClick(jobs.ways["practice"], Qt.MouseButton.LeftButton)
    assert told.args == ["practice"]
