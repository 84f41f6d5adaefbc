"""What stands against destroying a weapon or making it useless."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class DestructionUnknown(Refused):
    """No order to destroy, and no certificate of one, has this number."""

    number: str


@dataclass(eq=False)
class DestructionClosed(Refused):
    """The order to destroy was certified or withdrawn: nothing is done under it any more."""

    number: str


@dataclass(eq=False)
class DestructionBegun(Refused):
    """A weapon of the list was read at the site: from then on the list stands as it was ordered."""

    number: str


@dataclass(eq=False)
class DestructionLarge(Refused):
    """One order lists more weapons than people can check in one go."""

    count: int
    most: int


@dataclass(eq=False)
class DestructionOrderedAlready(Refused):
    """A weapon stands on the list of another order that is open."""

    weapon: str
    number: str


@dataclass(eq=False)
class DestructionIncomplete(Refused):
    """Weapons of the list were neither read at the site nor kept for a reason: so many."""

    number: str
    count: int


@dataclass(eq=False)
class NothingDestroyed(Refused):
    """Every weapon of the list is kept: there is nothing to certify."""

    number: str


@dataclass(eq=False)
class NotOnDestructionList(Refused):
    """The weapon does not stand on the list of this order."""

    weapon: str
    number: str


@dataclass(eq=False)
class ReadingStale(Refused):
    """The weapon moved after it was read at the site: it has to be read again."""

    weapon: str


@dataclass(eq=False)
class MethodSymbolic(Refused):
    """The last method destroys for the eye only and must be followed by another."""

    method: str


@dataclass(eq=False)
class CommitteeIncomplete(Refused):
    """A destruction is certified by a committee and somebody independent: one of them is missing.

    ``attendant`` is what is missing: member or witness.
    """

    attendant: str


@dataclass(eq=False)
class EvidenceHeld(Refused):
    """The weapon is held as evidence: whoever orders its end says what allows it."""

    weapon: str


@dataclass(eq=False)
class DeactivatedAlready(Refused):
    """The weapon was deactivated before; a second certificate takes the first one's place."""

    weapon: str


@dataclass(eq=False)
class NotDeactivated(Refused):
    """The weapon was not deactivated: there is no certificate of it."""

    weapon: str
