from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.campaigns import BREAK, ENOUGH, Means, Pace, Turn, measured, plan
from stockpile.domain.errors import FieldUnreadable

MINUTE, DAY = 60_000, 24 * 3_600_000
STEADY = Pace(usual=20.0, slow=12.0, weapons=400, hours=20.0, failed=0.0)


def day_of(turns: int, gap: int, day: int = 0, machine: str = "one") -> list[Turn]:
    """So many weapons at a machine, one after the other."""
    return [Turn(machine, day * DAY + number * gap, marked=True) for number in range(turns)]


def test_the_pace_is_what_was_marked_in_the_time_worked():
    pace = measured(day_of(61, 2 * MINUTE))
    assert pace is not None
    assert (pace.usual, pace.slow, pace.weapons, pace.hours) == (30.0, 30.0, 60, 2.0)
    assert pace.is_enough


def test_a_break_is_no_work_and_a_failed_turn_no_mark():
    turns = [
        *day_of(3, MINUTE), Turn("one", 2 * MINUTE + BREAK + 1, marked=True),
        Turn("one", 3 * MINUTE + BREAK + 1, marked=False),
        Turn("one", 4 * MINUTE + BREAK + 1, marked=True),
    ]  # fmt: skip
    pace = measured(turns)
    assert pace is not None
    assert (pace.weapons, round(pace.hours * 60)) == (3, 4)
    assert pace.failed == 0.25
    assert not pace.is_enough


def test_a_slow_day_stays_in_the_forecast():
    turns = [*day_of(61, MINUTE), *day_of(13, 5 * MINUTE, 1), *day_of(61, MINUTE, 2)]
    pace = measured(turns)
    assert pace is not None
    assert pace.slow < 20 < pace.usual


def test_two_machines_side_by_side_are_not_twice_as_fast_each():
    turns = [*day_of(61, 2 * MINUTE), *day_of(61, 2 * MINUTE, machine="two")]
    pace = measured(turns)
    assert pace is not None
    assert (pace.usual, pace.weapons) == (30.0, 120)


@pytest.mark.parametrize("turns", [[], day_of(1, MINUTE), day_of(3, BREAK + 1)])
def test_nothing_measured_is_said(turns: list[Turn]):
    assert measured(turns) is None


def test_a_plan_says_days_people_pins_and_fuel():
    means = Means(machines=2, people=3, hours=6, days_a_week=5, spare=0.2, litres=1.5, pin_life=500,
                  travel=2)  # fmt: skip
    found = plan(2400, STEADY, means, numbers_left=2000)
    assert found.usual.a_day == 240
    assert (found.usual.working_days, found.usual.calendar_days) == (13, 17 + 2)
    assert found.usual.person_days == 6 * 15
    assert (found.usual.litres, found.usual.pins) == (180, 5)
    assert found.slow.working_days > found.usual.working_days
    assert (found.numbers, found.short_of_numbers) == (2400, 400)


def test_a_full_week_ends_before_the_days_off():
    assert plan(600, STEADY, Means(spare=0.0)).usual.calendar_days == 5


def test_burnt_numbers_are_counted_in():
    found = plan(90, Pace(20, 20, ENOUGH, 1, 0.1), Means())
    assert found.numbers == 100


@given(
    st.integers(1, 100_000), st.floats(0.5, 200), st.floats(0.01, 1), st.integers(1, 20),
    st.integers(1, 7), st.floats(0.5, 24), st.floats(0, 0.9),
)  # fmt: skip
def test_the_slow_end_never_promises_more_than_the_usual(
    weapons: int, usual: float, share: float, machines: int, week: int, hours: float, spare: float
):
    pace = Pace(usual, usual * share, 100, 10, 0)
    means = Means(machines=machines, days_a_week=week, hours=hours, spare=spare, litres=1)
    found = plan(weapons, pace, means)
    assert found.slow.working_days >= found.usual.working_days >= 1
    assert found.slow.calendar_days >= found.slow.working_days
    assert found.usual.a_day * found.usual.working_days >= weapons


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"machines": 0}, "machines"), ({"hours": 0}, "hours"), ({"hours": 25}, "hours"),
        ({"days_a_week": 8}, "days_a_week"), ({"spare": 1.0}, "spare"), ({"people": 0}, "people"),
        ({"litres": -1}, "litres"), ({"pin_life": -1}, "pin_life"), ({"travel": -1}, "travel"),
    ],
)  # fmt: skip
def test_means_with_which_nothing_can_be_marked_are_refused(change: dict[str, float], field: str):
    with pytest.raises(FieldUnreadable) as caught:
        plan(10, STEADY, Means(**change))  # type: ignore[arg-type]
    assert caught.value.field == field


def test_no_weapons_are_no_campaign():
    with pytest.raises(FieldUnreadable):
        plan(0, STEADY, Means())
