"""The measured pace of a machine: medians that really occurred, breaks left out."""

from __future__ import annotations

from stockpile.domain.paces import DayPace, pace_of
from stockpile.services.ports import Run

MINUTE = 60_000
NOON = 1_795_000_000_000


def a_run(at, state="verified", armed=5_000, done=15_000, verified=20_000):
    opened = NOON + at
    return Run(
        f"job {at}", "bench", state, opened, opened + armed if armed else 0,
        opened + done if done else 0, opened + verified if verified else 0,
    )  # fmt: skip


def test_a_steady_shift_has_its_pace():
    runs = [a_run(n * MINUTE) for n in range(10)]
    pace = pace_of("bench", runs, 0)
    assert (pace.marked, pace.failed, pace.in_doubt) == (10, 0, 0)
    assert (pace.weapon_p50, pace.cycle_p50, pace.run_p50) == (20.0, 60.0, 10.0)
    assert (pace.weapon_p90, pace.cycle_p90, pace.run_p90) == (20.0, 60.0, 10.0)


def test_a_break_is_no_part_of_the_pace_and_a_slow_one_shows_in_the_ninetieth():
    runs = [a_run(n * MINUTE) for n in range(9)] + [a_run(9 * MINUTE + 3_600_000, verified=90_000)]
    pace = pace_of("bench", runs, 0)
    assert pace.cycle_p90 == 60.0
    assert (pace.weapon_p50, pace.weapon_p90) == (20.0, 20.0)
    assert pace_of("bench", runs[-2:], 0).weapon_p90 == 90.0


def test_failures_and_doubts_are_counted_and_give_no_pace():
    runs = [
        a_run(0, "not_started", 0, 0, 0), a_run(1, "resolved_partial", verified=0),
        a_run(2, "unknown", done=0, verified=0), a_run(3, "voided"),
    ]  # fmt: skip
    pace = pace_of("bench", runs, 0)
    assert (pace.marked, pace.failed, pace.in_doubt, pace.jobs) == (0, 3, 1, 4)
    assert (pace.weapon_p50, pace.cycle_p90) == (0.0, 0.0)


def test_a_mark_that_was_not_read_back_counts_to_its_end():
    pace = pace_of("bench", [a_run(0, "done_reported", verified=0)], 0)
    assert pace.weapon_p50 == 15.0


def test_days_are_those_of_the_place():
    late = 12 * 60 * MINUTE
    runs = [a_run(0), a_run(late), a_run(late + 1, "not_started", 0, 0, 0)]
    east = pace_of("bench", runs, 180)
    assert sum(one.marked for one in east.days) == 2
    assert east.days[-1] == DayPace(east.days[-1].on, 1, 1)
    assert len(east.days) == 2
