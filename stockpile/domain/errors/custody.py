"""Why a weapon or rounds do not change hands at the counter."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class NotToBeIssued(Refused):
    """The weapon is not at hand, or more than one account of it stands: nobody may hand it out."""

    weapon: str
    objection: str


@dataclass(eq=False)
class OverrideMissing(Refused):
    """Something stands against handing the weapon out, and no reason was given to do it anyway."""

    weapon: str
    objection: tuple[str, ...]


@dataclass(eq=False)
class WeaponNotOut(Refused):
    """Nobody was handed the weapon, so nobody can bring it back."""

    weapon: str


@dataclass(eq=False)
class CounterEmpty(Refused):
    """Nothing was put on the counter."""


@dataclass(eq=False)
class ReceiptsMixed(Refused):
    """One voucher is about hand-overs or about returns, never about both."""


@dataclass(eq=False)
class ReceiptUnknown(Refused):
    """No receipt has this number."""

    number: str


@dataclass(eq=False)
class ReceiptStale(Refused):
    """What is on the receipt changed between its signing and its writing down."""

    number: str


@dataclass(eq=False)
class ReceiptForged(Damaged):
    """The receipt says something else than what was signed."""

    number: str


@dataclass(eq=False)
class LotUnknown(Refused):
    """No lot on record is called so."""

    lot: str


@dataclass(eq=False)
class LotShort(Refused):
    """More rounds are wanted than are left of the lot."""

    lot: str
    wanted: int
    left: int


@dataclass(eq=False)
class RoundsTooMany(Refused):
    """More rounds are said to come back, or to be fired or short, than the person has."""

    lot: str
    said: int
    held: int


@dataclass(eq=False)
class QuantityUnreadable(Refused):
    """What was typed is no quantity."""

    text: str
