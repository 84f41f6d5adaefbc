"""Why a weapon is not marked, and what is not settled about a mark."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class AlreadyMarked(Refused):
    """The weapon bears a mark of this scheme already."""

    weapon: str
    text: str


@dataclass(eq=False)
class MarkingStillOpen(Refused):
    """A marking of this weapon, or on this machine, is not settled yet."""

    weapon: str
    job: str


@dataclass(eq=False)
class MarkNotPossible(Refused):
    """The mark's text cannot be sent to this machine."""

    text: str
    why: str


@dataclass(eq=False)
class SchemeUnknown(Refused):
    """No marking scheme of this name."""

    name: str


@dataclass(eq=False)
class SchemePatternWrong(Refused):
    """No mark can be made by this scheme; ``flaw`` is what is wrong with it."""

    pattern: str
    flaw: str


@dataclass(eq=False)
class SchemeInUse(Refused):
    """Marks were made by this version of a scheme: only a later version may say otherwise."""

    name: str
    version: int


@dataclass(eq=False)
class SchemeRetired(Refused):
    """The marking scheme is retired: nothing is marked by it any more."""

    name: str


@dataclass(eq=False)
class ReasonNotInScheme(Refused):
    """The scheme is not for marking for this reason."""

    name: str


@dataclass(eq=False)
class ComponentNotInScheme(Refused):
    """The scheme does not mark this part of a weapon."""

    name: str


@dataclass(eq=False)
class PositionNotInScheme(Refused):
    """The scheme does not put its mark at this spot."""

    name: str
    position: str


@dataclass(eq=False)
class PolymerUnmarkable(Refused):
    """The scheme puts no mark on a plastic frame that has no metal plate."""

    name: str


@dataclass(eq=False)
class OrderUnknown(Refused):
    """No marking order has this id or name."""

    text: str


@dataclass(eq=False)
class OrderIsClosed(Refused):
    """The marking order is over; it is not changed any more."""

    name: str


@dataclass(eq=False)
class OrderLacks(Refused):
    """The weapon is not in this marking order."""

    name: str
    weapon: str


@dataclass(eq=False)
class NothingToMark(Refused):
    """None of the weapons can be ordered: how many bear their mark, how many may bear it."""

    bear: int
    in_question: int


@dataclass(eq=False)
class NumbersUsedUp(Refused):
    """The node's blocks of marking numbers hold no more numbers for this scheme."""

    scheme: str


@dataclass(eq=False)
class JobUnknown(Refused):
    """No marking job of this id."""

    job: str


@dataclass(eq=False)
class JobNotOpen(Refused):
    """The marking job is in a state in which this cannot be done."""

    job: str
    state: str


@dataclass(eq=False)
class SightMissing(Refused):
    """A doubtful mark is settled by a scan or a photo of the metal, not by words alone."""

    job: str


@dataclass(eq=False)
class ReadsOtherwise(Refused):
    """What was read from the metal is not the mark that it is said to bear."""

    text: str
    read: str


@dataclass(eq=False)
class SameSpot(Refused):
    """A partial or voided mark stands at this spot: no other is put over it."""

    weapon: str
    component: str
    position: str


@dataclass(eq=False)
class NotTheMark(Refused):
    """A label or a number of the record was read where the mark on the metal was asked for."""

    read: str


@dataclass(eq=False)
class PermitExpired(Refused):
    """The permission to start was not used in time, or was used already."""

    job: str


@dataclass(eq=False)
class MarkLayoutUnknown(Refused):
    """No marking layout of this name is on record."""

    name: str
