"""How long a marking campaign takes, and what it uses up, from the pace that was measured.

Marking stops after weeks for want of fuel, pins and allowances, not of software: so a plan says
what must be there before the lorry leaves. It is worked out from jobs that were really done; where
none were, it says that its pace is an assumption. Every figure is a range: a usual day and a slow
one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.values import Instant

BREAK: Final[Instant] = 15 * 60_000
"""A longer gap between two weapons is a break, not work."""
ENOUGH: Final = 20
"""So many weapons at the bench make a pace; fewer say too little."""
SLOW_QUARTER: Final = 0.25
_HOUR: Final = 3_600_000
_DAY: Final = 24 * _HOUR
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """One weapon at a machine: when its job was opened, and whether a mark came of it."""

    machine: str
    at: Instant
    marked: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """Marked weapons a working hour at one machine: on a usual stretch, and on a slow one.

    ``hours`` is the time really worked, without breaks; ``failed`` the share of turns without a
    mark; ``weapons`` how many marks it was measured on.
    """

    usual: float
    slow: float
    weapons: int
    hours: float
    failed: float

    @property
    def is_enough(self) -> bool:
        """Whether it was measured on enough weapons to plan by."""
        return self.weapons >= ENOUGH


@dataclass(frozen=True, slots=True)
class Means:
    """What a campaign has: machines, people at each, hours of work a day, days a week.

    ``spare`` is the share of days lost to rain, roads and repairs. ``litres`` is the generator's
    fuel an hour, ``pin_life`` the marks that a pin or stylus lasts; 0 where there is none.
    ``travel`` is the number of days on the road.
    """

    machines: int = 1
    people: int = 3
    hours: float = 6.0
    days_a_week: int = 5
    spare: float = 0.15
    litres: float = 0.0
    pin_life: int = 0
    travel: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What one end of the forecast comes to: days of work, days by the calendar, and stores."""

    working_days: int
    calendar_days: int
    person_days: int
    litres: int
    pins: int
    a_day: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The forecast for so many weapons: at the usual pace and at the slow one.

    ``short_of_numbers`` is how many marking numbers are missing; burnt ones are counted in.
    """

    weapons: int
    usual: Need
    slow: Need
    measured: bool
    numbers: int
    short_of_numbers: int


def measured(turns: Iterable[Turn]) -> Pace | None:
    """Return the pace of one machine over all turns; None where no two follow each other.

    Each machine's turns are laid on one line; a gap over a quarter of an hour is left out.
    """
    by_machine: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_machine[turn.machine].append(turn)
    stretches = [
        stretch for found in by_machine.values() for stretch in _stretches(found) if stretch.hours
    ]
    if not stretches:
        return None
    hours = sum(one.hours for one in stretches)
    marked = sum(one.marked for one in stretches)
    tried = sum(one.turns for one in stretches)
    usual = marked / hours
    slow = _weighted(sorted(stretches, key=lambda one: one.rate), hours * SLOW_QUARTER)
    return Pace(usual, min(slow, usual), marked, hours, 1 - marked / tried)


def plan(weapons: int, pace: Pace, means: Means, numbers_left: int = 0) -> Plan:
    """Return the forecast; raises FieldUnreadable for means with which nothing could be marked."""
    _demand_workable(weapons, pace, means)
    numbers = math.ceil(weapons / (1 - min(pace.failed, 0.9)))
    return Plan(
        weapons,
        _need(weapons, pace.usual, means),
        _need(weapons, pace.slow, means),
        pace.is_enough,
        numbers,
        max(0, numbers - numbers_left),
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Work of a day at one machine."""

    hours: float
    turns: int
    marked: int

    @property
    def rate(self) -> float:
        return self.marked / self.hours


def _stretches(turns: Sequence[Turn]) -> list[_Stretch]:
    days: dict[int, list[Turn]] = defaultdict(list)
    for turn in sorted(turns, key=lambda one: one.at):
        days[turn.at // _DAY].append(turn)
    return [_stretch(day) for day in days.values()]


def _stretch(day: Sequence[Turn]) -> _Stretch:
    worked = [(later.at - one.at, one) for one, later in pairwise(day)]
    kept = [(gap, one) for gap, one in worked if gap <= BREAK]
    return _Stretch(
        sum(gap for gap, _ in kept) / _HOUR,
        len(kept),
        sum(one.marked for _, one in kept),
    )


def _weighted(stretches: Sequence[_Stretch], hours: float) -> float:
    """Return the rate of the slowest stretches that make up so many hours together."""
    took, marked = 0.0, 0.0
    for one in stretches:
        share = min(1.0, (hours - took) / one.hours)
        took += one.hours * share
        marked += one.marked * share
        if took >= hours:
            break
    return marked / took


def _need(weapons: int, an_hour: float, means: Means) -> Need:
    a_day = max(1, int(an_hour * means.hours * means.machines))
    days = math.ceil(weapons / a_day)
    with_spare = math.ceil(days / (1 - means.spare))
    weeks, rest = divmod(with_spare, means.days_a_week)
    calendar = weeks * _WEEK + rest - (0 if rest or not weeks else _WEEK - means.days_a_week)
    people = means.people * means.machines
    return Need(
        with_spare,
        calendar + means.travel,
        people * (with_spare + means.travel),
        math.ceil(means.litres * means.hours * days * means.machines),
        math.ceil(weapons / means.pin_life) if means.pin_life else 0,
        a_day,
    )


def _demand_workable(weapons: int, pace: Pace, means: Means) -> None:
    wrong = {
        "weapons": weapons < 1,
        "pace": pace.slow <= 0,
        "machines": means.machines < 1,
        "people": means.people < 1,
        "hours": not 0 < means.hours <= 24,  # noqa: PLR2004 - hours of a day
        "days_a_week": not 1 <= means.days_a_week <= _WEEK,
        "spare": not 0 <= means.spare < 1,
        "litres": means.litres < 0,
        "pin_life": means.pin_life < 0,
        "travel": means.travel < 0,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise FieldUnreadable(field, str(getattr(means, field, weapons)))
