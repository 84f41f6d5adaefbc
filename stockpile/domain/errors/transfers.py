"""What stands against a transfer, a hand-in or a gate pass."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class WaybillUnknown(Refused):
    """No transfer on record answers to this."""

    text: str


@dataclass(eq=False)
class WaybillSettled(Refused):
    """Nothing of this transfer is on the road any more, or it was received in part."""

    number: str
    state: str


@dataclass(eq=False)
class TooManyWeapons(Refused):
    """A transfer lists more weapons than one convoy carries."""

    count: int
    most: int


@dataclass(eq=False)
class LicenceIncomplete(Refused):
    """A transfer abroad or to a civilian lacks what its licence must say."""

    purpose: str
    licence: tuple[str, ...]


@dataclass(eq=False)
class WeaponsUnmarked(Refused):
    """Weapons that must bear a mark naming the country before they go do not."""

    purpose: str
    weapons: tuple[str, ...]


@dataclass(eq=False)
class HandInEmpty(Refused):
    """Nothing was handed in: there is nothing to give a receipt for."""


@dataclass(eq=False)
class HandInLarge(Refused):
    """One receipt lists more weapons than a person can check."""

    count: int
    most: int


@dataclass(eq=False)
class HandInUnknown(Refused):
    """No hand-in has this number."""

    number: str


@dataclass(eq=False)
class HandInWithdrawn(Refused):
    """The hand-in was taken back already."""

    number: str


@dataclass(eq=False)
class HandInMoved(Refused):
    """Something of a hand-in has moved on, or was on record before: it is put right by itself."""

    number: str
    what: str


@dataclass(eq=False)
class GatePassUnknown(Refused):
    """No gate pass has this number."""

    number: str


@dataclass(eq=False)
class GatePassSettled(Refused):
    """The gate pass is closed: what it was for has left, or it was taken back."""

    number: str
