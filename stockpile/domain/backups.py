"""Backups: what a copy is called, and which copies are kept.

1. The newest copy of each of the last seven days that have one is kept, of each of the last eight
   weeks, and of each of the last twenty-four months; the others make room.
2. Days are counted from the copies themselves, never from today: a clock set far ahead removes
   nothing.
3. Only copies that were checked count, and only they make room; the one that reaches furthest into
   the chain is kept whatever its date says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from stockpile.domain.values import Instant, NodeId

SUFFIX: Final = ".backup"
DAYS: Final = 7
WEEKS: Final = 8
MONTHS: Final = 24
_NODE_SHOWN: Final = 6


def backup_name(site: str, node: NodeId, at: Instant, zone: int) -> str:
    """Return the file name of a copy made at an instant, by this node's own clock.

    The site's code is what people look for; characters that no file system takes are left out.
    """
    code = "".join(one for one in site if one.isalnum() or one == "-") or "site"
    local = _local(at, zone).strftime("%Y%m%d-%H%M%S")
    return f"{code}-{node[:_NODE_SHOWN]}-{local}{SUFFIX}"


Every = Literal["day", "week", "never"]
"""How often a backup is written by itself."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: its name, when it was made, its last own entry, and whether it was found whole.

    ``chain`` ranks the chains of a home that continues another: the newest has the highest.
    """

    name: str
    at: Instant
    number: int
    is_checked: bool = True
    chain: int = 0


def read_every(text: str) -> Every:
    """Return how often a setting asks for backups; every day where it says nothing of ours."""
    return next((one for one in get_args(Every) if one == text), "day")


def is_due(every: Every, last: Instant, now: Instant, zone: int) -> bool:
    """Say whether a backup is due; ``last`` is when the last good one was made, 0 for never.

    One whose date lies ahead was made before the clock was set right: the next one is due.
    """
    if every == "never":
        return False
    span: Span = _day if every == "day" else _week
    return not last or span(_local(last, zone)) != span(_local(now, zone))


def spare(made: Iterable[Copied], zone: int) -> tuple[Copied, ...]:
    """Return the copies that need not be kept, the oldest first."""
    checked = [one for one in made if one.is_checked]
    newest_first = sorted(checked, key=lambda one: (one.at, one.number, one.name), reverse=True)
    kept = {one.name for one in sorted(checked, key=_reach)[-1:]}
    for most, span in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept.update(_newest_of_each(newest_first, most, span, zone))
    return tuple(one for one in reversed(newest_first) if one.name not in kept)


Span = Callable[[datetime], tuple[int, ...]]


def _reach(one: Copied) -> tuple[int, int, Instant, str]:
    return one.chain, one.number, one.at, one.name


def _newest_of_each(
    newest_first: Sequence[Copied], most: int, span: Span, zone: int
) -> tuple[str, ...]:
    found: dict[tuple[int, ...], str] = {}
    for one in newest_first:
        found.setdefault(span(_local(one.at, zone)), one.name)
    return tuple(found.values())[:most]


def _local(at: Instant, zone: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone)


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    year, week, _day_of_week = at.isocalendar()
    return year, week


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
