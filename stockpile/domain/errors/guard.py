"""Acts that want a second officer, and entries written without the right to them."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class SecondOfficerMissing(Refused):
    """The act needs a second officer."""

    act: str


@dataclass(eq=False)
class NeverLater(Refused):
    """The act wants its officers at once; no second one can confirm it later.

    ``at_once`` is the act where it says why, else ``other``.
    """

    act: str
    at_once: str = "other"


@dataclass(eq=False)
class ActUnsigned(Refused):
    """The act needs an officer's own signature, and none that holds stands under it."""

    act: str


@dataclass(eq=False)
class PlanTooLarge(Refused):
    """An act of so many facts cannot be left for a second officer to confirm later."""

    count: int
    most: int


@dataclass(eq=False)
class ProposalUnknown(Refused):
    """No act that waits for a second officer, or several, answer to this text."""

    text: str


@dataclass(eq=False)
class ProposalSettled(Refused):
    """The act was confirmed, refused or taken back already."""

    outcome: str


@dataclass(eq=False)
class ProposalStale(Refused):
    """What the act was decided by is no longer so: it must be refused or taken back, and redone."""

    act: str


@dataclass(eq=False)
class HistoryUndecided(Refused):
    """The computer of an entry wrote two histories: accepted here, it would count here alone."""

    node: str
    number: int


@dataclass(eq=False)
class EntryNotInDoubt(Refused):
    """No entry of this hash was written without the right to it, or two decided about it."""

    text: str


@dataclass(eq=False)
class InspectionUnproved(Damaged):
    """An inspector's dossier or result does not hold; ``unproved`` names what of it.

    It is dossier, register, head, result, other_dossier, sample or inspector.
    """

    path: str
    unproved: str


@dataclass(eq=False)
class InspectionKnown(Refused):
    """An inspector's result was taken in before."""

    inspector: str
    on: str
