"""What a computer's own clock is held against: the time in the newest entry that it wrote.

1. No order of entries hangs on a clock: a chain's numbers and hashes say what came first.
2. A clock that was set back would date new entries before old ones; one that is far ahead would
   date them in years to come. Neither is put right by the program: people are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.values import Instant

JITTER: Final[Instant] = 2 * 60 * 1000
"""Milliseconds that a clock may be set back by itself, as time servers do."""
LONG: Final[Instant] = 400 * 24 * 60 * 60 * 1000
"""Milliseconds after which an armoury where nothing was written is a wonder: more than a year."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """A clock that cannot be right: what it shows, and when the newest entry says it was made."""

    side: Literal["behind", "ahead"]
    now: Instant
    last: Instant


def doubt(now: Instant, last: Instant) -> ClockDoubt | None:
    """Hold a clock against the newest entry's time; None where nothing speaks against it."""
    if now < last - JITTER:
        return ClockDoubt("behind", now, last)
    if last and now > last + LONG:
        return ClockDoubt("ahead", now, last)
    return None


def is_off(offset: int) -> bool:
    """Say whether a clock differs from another by more than time servers correct by themselves."""
    return abs(offset) > JITTER


def is_worth_noting(offset: int, before: int | None) -> bool:
    """Say whether a comparison says something new: a clock is off, off otherwise, or right again.

    ``before`` is what the last comparison on record said, in milliseconds; None for none.
    """
    if before is None:
        return is_off(offset)
    return is_off(offset - before) and (is_off(offset) or is_off(before))
