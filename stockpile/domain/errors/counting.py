"""What stands against a stocktake, its counters and its investigations."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class StocktakeUnknown(Refused):
    """No stocktake has this number."""

    text: str


@dataclass(eq=False)
class StocktakeIsClosed(Refused):
    """The stocktake is signed off; nothing more can be counted in it."""

    number: str


@dataclass(eq=False)
class CountersTooFew(Refused):
    """A stocktake needs more counters than were named."""

    least: int


@dataclass(eq=False)
class CounterNotIndependent(Refused):
    """The independent counter does not count, or is the custodian of the place."""

    name: str


@dataclass(eq=False)
class PlaceNotCounted(Refused):
    """The place is not among those that this stocktake is about."""

    place: str


@dataclass(eq=False)
class WeaponNotSeen(Refused):
    """The weapon was not seen in this stocktake."""

    weapon: str


@dataclass(eq=False)
class InvestigationUnknown(Refused):
    """No investigation has this id."""

    text: str


@dataclass(eq=False)
class InvestigationIsClosed(Refused):
    """The investigation was closed before."""

    text: str


@dataclass(eq=False)
class EvidenceMissing(Refused):
    """Words alone close no investigation."""


@dataclass(eq=False)
class EvidenceUnfit(Refused):
    """What was named as evidence is not on record, or proves nothing here."""

    evidence: str


@dataclass(eq=False)
class ListNamesNobody(Refused):
    """A list of people has no column with their names."""

    name: str
