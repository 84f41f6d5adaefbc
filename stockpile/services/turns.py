"""A talk with a registry in turns: each speaks on the network, then writes the answer down.

So a desk may do the one on its network lane and the other on its books lane, and may stop between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from stockpile.domain.errors import (
    BatchTooLarge,
    LogSplit,
    NumbersUsedUp,
    Refused,
    RegistryContradicts,
    RegistryRefused,
    RegistryRolledBack,
    RegistrySlow,
    RegistryWithholds,
    SchemeUnknown,
    SharesDiffered,
)
from stockpile.domain.exchange import BlockAnswer, Receipt

Answer = TypeVar("Answer")
TooMuch = RegistrySlow | BatchTooLarge
Trouble = SharesDiffered | RegistryWithholds | RegistryContradicts | LogSplit
"""What came out when both sides compared what they hold, and nodes the log that they were shown."""


def graver(found: Trouble | None, split: LogSplit | None) -> Trouble | None:
    """Return which of two troubles people are told: what was healed at once yields to the other."""
    return split or found if isinstance(found, SharesDiffered) else found or split


@dataclass(frozen=True, slots=True)
class PhotosMoved:
    """What became of photos in an exchange: sent, fetched, bytes both ways; ``left`` wait here.

    ``full`` says that the registry has no room for more.
    """

    sent: int = 0
    taken: int = 0
    bytes: int = 0
    left: int = 0
    full: bool = False


@dataclass(frozen=True, slots=True)
class Synced:
    """What an exchange did: facts sent and taken, open conflicts, the receipt for our last entry.

    ``rolled_back`` says that the registry held less than it had signed for; the exchange was done
    all the same, and people must be told. ``trouble`` says the like of what both sides hold.
    ``photos`` says what became of photos; None where none were asked about.
    """

    sent: int
    taken: int
    conflicts: int
    receipt: Receipt | None
    rolled_back: RegistryRolledBack | None = None
    trouble: Trouble | None = None
    photos: PhotosMoved | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a session: ``say`` speaks on the network alone; what it returns uses the books.

    That second part returns the next turn, or what the whole session did.
    """

    say: Callable[[], Callable[[], Turn | Synced]]


def turn(ask: Callable[[], Answer], heard: Callable[[Answer], Turn | Synced]) -> Turn:
    """Return the turn that asks on the network and lets the books hear the answer."""

    def say() -> Callable[[], Turn | Synced]:
        answer = ask()
        return lambda: heard(answer)

    return Turn(say)


def unless_too_much(ask: Callable[[], Answer]) -> Answer | TooMuch:
    """Return the answer, or the trouble that asking for less may cure."""
    try:
        return ask()
    except (RegistrySlow, BatchTooLarge) as error:
        return error


def unless_refused(ask: Callable[[], BlockAnswer]) -> BlockAnswer | Refused | RegistrySlow:
    """Return the answer or the no: a registry that grants nothing today stops no exchange."""
    try:
        return ask()
    except (SchemeUnknown, NumbersUsedUp, RegistryRefused, RegistrySlow) as error:
        return error


def halved(size: int, count: int, trouble: TooMuch) -> int:
    """Return half the size; where there was only one entry in it, give up."""
    if count <= 1:
        raise trouble
    return max(size // 2, 1)
