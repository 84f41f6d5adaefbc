"""Who may do what, who signs with them, and who holds what."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class OfficerUnknown(Refused):
    """No officer of this name holds an office here."""

    name: str


@dataclass(eq=False)
class OfficerNotAuthorised(Refused):
    """The officer's role does not include this act."""

    name: str
    act: str


@dataclass(eq=False)
class OwnOffice(Refused):
    """Nobody suspends themselves, lets themselves go or changes what they may do."""

    act: str


@dataclass(eq=False)
class NobodyAppoints(Refused):
    """After this nobody in office at this site could appoint officers."""

    name: str


@dataclass(eq=False)
class NotInOffice(Refused):
    """The officer is suspended or left: the office is not in force."""

    name: str


@dataclass(eq=False)
class InOfficeAlready(Refused):
    """The officer is in office: there is nothing to put back."""

    name: str


@dataclass(eq=False)
class BadgeUnknown(Refused):
    """No officer in office here has this badge: it was replaced, or is another site's."""


@dataclass(eq=False)
class HolderUnknown(Refused):
    """Nobody on record answers to this, or they were erased."""

    text: str


@dataclass(eq=False)
class HolderAmbiguous(Refused):
    """Several people on record answer to this."""

    text: str
    names: tuple[str, ...]


@dataclass(eq=False)
class CardTaken(Refused):
    """A card that names two people names nobody."""

    card: str
    name: str


@dataclass(eq=False)
class HolderStillHolds(Refused):
    """Who is erased while they hold weapons or rounds could not be asked for them."""

    name: str
    weapons: int
    rounds: int


@dataclass(eq=False)
class HolderWithoutPin(Refused):
    """The person has no PIN here: they sign by hand, or are given one."""

    name: str


@dataclass(eq=False)
class HandoverNeedsCount(Refused):
    """A place changes its custodian only after a whole count by serial, closed since the last."""

    place: str


@dataclass(eq=False)
class CustodianSame(Refused):
    """This officer answers for the place already."""

    officer: str
    place: str


@dataclass(eq=False)
class CustodianUnsigned(Refused):
    """Whoever takes a place over signs for it."""

    officer: str
