"""What a computer's own clock is held against: its own entries, its registry's word, this program.

1. No order of entries hangs on a clock: a chain's numbers and hashes say what came first.
2. A clock that was set back would date new entries before old ones; one that is far ahead would
   date them in years to come. Neither is put right by the program: people are told, and may say
   that they looked and that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.values import Instant

JITTER: Final[Instant] = 2 * 60 * 1000
"""Milliseconds that a clock may be set back by itself, as time servers do."""
LONG: Final[Instant] = 400 * 24 * 60 * 60 * 1000
"""Milliseconds after which an armoury where nothing was written is a wonder: more than a year."""


NO_EARLIER: Final[Instant] = 1_767_225_600_000
"""2026-01-01: this program was made later, so a clock that shows less lost its battery."""
PERSON: Final = "person"
"""The source of a comparison that somebody made who looked at another clock."""
Against = Literal["own", "registry", "program"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a clock is held against: the latest time in its own entries, and what a registry signed.

    Both since somebody said that the clock was right; 0 for nothing.
    """

    own: Instant = 0
    registry: Instant = 0


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """A clock that cannot be right: what it shows, and what speaks against it, of what time."""

    side: Literal["behind", "ahead"]
    now: Instant
    last: Instant
    against: Against = "own"


def doubt(now: Instant, known: Known) -> ClockDoubt | None:
    """Hold a clock against what is known; None where nothing speaks against it."""
    if now < known.own - JITTER:
        return ClockDoubt("behind", now, known.own)
    if now < known.registry - JITTER:
        return ClockDoubt("behind", now, known.registry, "registry")
    if now < NO_EARLIER:
        return ClockDoubt("behind", now, NO_EARLIER, "program")
    latest = max(known.own, known.registry)
    if latest and now > latest + LONG:
        return ClockDoubt("ahead", now, latest)
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
