"""What can be wrong with a courier file."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class CourierForOther(Refused):
    """The courier file is locked for another node than this one."""

    to: str


@dataclass(eq=False)
class CourierForged(Damaged):
    """A courier file is not what its sender signed: cut short, changed, or none at all."""

    path: str
    why: str


@dataclass(eq=False)
class CourierBrokenOff(Damaged):
    """A long courier file proved to be forged in part while it was taken in."""

    path: str
    why: str


@dataclass(eq=False)
class CourierTooLarge(Refused):
    """A courier file holds, or would hold, more than is taken in at once; in bytes."""

    size: int
    most: int


@dataclass(eq=False)
class CourierIncomplete(Refused):
    """A courier file goes on from an entry that never came: an earlier one is missing."""

    name: str
    have: int
    first: int


@dataclass(eq=False)
class SenderUnknown(Refused):
    """Nobody that this node trusts vouches for the sender of a courier file."""

    name: str
    node: str


@dataclass(eq=False)
class CourierWordsWrong(Refused):
    """The courier file opens with words, and these are not the ones."""


@dataclass(eq=False)
class SenderNotEnrolled(Refused):
    """A courier file came to the registry from a computer that is not enrolled there."""

    name: str
    node: str


@dataclass(eq=False)
class CourierTooLargeForPage(Refused):
    """A courier file is larger than the registry's page takes at once; in megabytes."""

    size: int
    most: int


@dataclass(eq=False)
class CourierGone(Refused):
    """A courier file that was brought to the registry's page waits there no more."""
