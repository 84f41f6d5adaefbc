"""Backups: what a copy is called, and which copies are kept.

The newest copy of each of the last seven days that have one is kept, of each of the last eight
weeks, and of each of the last twenty-four months; the others make room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

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


def spare(made: Iterable[Instant], zone: int) -> tuple[Instant, ...]:
    """Return the instants whose copies need not be kept, the oldest first."""
    newest_first = sorted(set(made), reverse=True)
    kept: set[Instant] = set()
    for most, span in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept.update(_newest_of_each(newest_first, most, span, zone))
    return tuple(sorted(set(newest_first) - kept))


Span = Callable[[datetime], tuple[int, ...]]


def _newest_of_each(newest_first: list[Instant], most: int, span: Span, zone: int) -> set[Instant]:
    found: dict[tuple[int, ...], Instant] = {}
    for at in newest_first:
        found.setdefault(span(_local(at, zone)), at)
    return set(list(found.values())[:most])


def _local(at: Instant, zone: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone)


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    year, week, _day_of_week = at.isocalendar()
    return year, week


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
