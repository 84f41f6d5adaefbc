"""How fast a machine and its people really are, from what the journal measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from stockpile.domain.journal import FINISHED, JobState
from stockpile.domain.opening_counts import day
from stockpile.domain.values import Instant

BREAK_SECONDS: Final = 15 * 60
"""A longer gap between two weapons is a break, and no part of the pace."""
_LAST_DAYS: Final = 14
_FAILED: Final[frozenset[JobState]] = frozenset(
    {"not_started", "resolved_partial", "resolved_not_marked", "voided"}
)


class Timed(Protocol):
    """What of a job is needed: its state and the instants of its steps, 0 where there is none."""

    @property
    def state(self) -> JobState:
        """The state that the job has now."""
        ...

    @property
    def opened_at(self) -> Instant:
        """When the weapon was scanned and the intent stated."""
        ...

    @property
    def armed_at(self) -> Instant:
        """When the start was about to be sent."""
        ...

    @property
    def done_at(self) -> Instant:
        """When the machine told the end, or the read-back did."""
        ...

    @property
    def verified_at(self) -> Instant:
        """When the mark was read back."""
        ...


@dataclass(frozen=True, slots=True)
class DayPace:
    """One day at a machine, as ISO date: weapons marked, attempts that failed."""

    on: str
    marked: int
    failed: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What a machine's newest jobs took, in seconds; 0 where nothing was measured.

    A weapon's time is from its scan to its mark read back (or told done, where none was read). The
    cycle is from one weapon to the next, breaks left out: it holds the fetching and clamping too.
    The run is the machine's own time.
    """

    machine: str
    marked: int
    failed: int
    in_doubt: int
    weapon_p50: float = 0.0
    weapon_p90: float = 0.0
    cycle_p50: float = 0.0
    cycle_p90: float = 0.0
    run_p50: float = 0.0
    run_p90: float = 0.0
    days: tuple[DayPace, ...] = ()

    @property
    def jobs(self) -> int:
        """How many jobs were measured."""
        return self.marked + self.failed + self.in_doubt


def pace_of(machine: str, runs: Sequence[Timed], zone: int) -> Pace:
    """Return the pace of a machine's jobs; ``zone`` is minutes east of Greenwich, for the days."""
    done = [one for one in runs if one.state in FINISHED]
    weapon = [(one.verified_at or one.done_at) - one.opened_at for one in done if _ended(one)]
    run = [one.done_at - one.armed_at for one in done if one.done_at and one.armed_at]
    cycle = _gaps(one.opened_at for one in done)
    failed = sum(one.state in _FAILED for one in runs)
    return Pace(
        machine, len(done), failed, len(runs) - len(done) - failed,
        *_shares(weapon), *_shares(cycle), *_shares(run), days=_days(runs, zone),
    )  # fmt: skip


def _ended(one: Timed) -> bool:
    return bool(one.verified_at or one.done_at)


def _gaps(opened: Iterable[Instant]) -> list[int]:
    gaps = (later - earlier for earlier, later in pairwise(sorted(opened)))
    return [one for one in gaps if one <= BREAK_SECONDS * 1000]


def _shares(milliseconds: Sequence[int]) -> tuple[float, float]:
    """Return the median and the ninetieth hundredth, in seconds: values that really occurred."""
    if not milliseconds:
        return 0.0, 0.0
    ordered = sorted(milliseconds)
    last = len(ordered) - 1
    return ordered[round(0.5 * last)] / 1000, ordered[round(0.9 * last)] / 1000


def _days(runs: Sequence[Timed], zone: int) -> tuple[DayPace, ...]:
    """Return the last days on which the machine was used, oldest first."""
    by_day: dict[str, list[JobState]] = {}
    for one in runs:
        by_day.setdefault(day(one.opened_at, zone), []).append(one.state)
    return tuple(
        DayPace(on, sum(one in FINISHED for one in states), sum(one in _FAILED for one in states))
        for on, states in sorted(by_day.items())[-_LAST_DAYS:]
    )
