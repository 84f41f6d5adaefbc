"""Ammunition is kept by lot and quantity: what is left of a lot, and what somebody has of it.

1. What is left is what was registered, less what went out, and what came back again. A lot whose
   quantity nobody stated has no end that is known, and nothing is refused for it.
2. No more goes out than is left, and no more comes back, was fired or is short than went out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from stockpile.domain.errors import LotShort, QuantityUnreadable, RoundsTooMany
from stockpile.domain.facts import Draft, LotRegistered, RoundsIssued, RoundsReturned
from stockpile.domain.references import Reference
from stockpile.domain.values import PersonId, PlaceId, search_key

Movement: TypeAlias = RoundsIssued | RoundsReturned


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of ammunition as it stands; ``quantity`` is what is left, none where nobody knows."""

    id: str
    nature: str
    calibre: str = ""
    number: str = ""
    quantity: int | None = None
    unit: str = "round"
    place: PlaceId | None = None

    def answers_to(self, text: str) -> bool:
        """Say whether a text names this lot: its id or its lot number."""
        key = search_key(text)
        return text == self.id or (bool(key) and key == search_key(self.number))


@dataclass(frozen=True, slots=True)
class RoundsOut:
    """So many rounds of a lot for somebody."""

    lot: str
    holder: PersonId
    quantity: int


@dataclass(frozen=True, slots=True)
class RoundsBack:
    """What came back of a lot from somebody, what was fired, and what nobody can account for."""

    lot: str
    holder: PersonId
    returned: int = 0
    expended: int = 0
    short: int = 0

    @property
    def accounted(self) -> int:
        """How many of the rounds that went out this speaks of."""
        return self.returned + self.expended + self.short


def lot_of(reference: Reference, movements: Iterable[Movement]) -> Lot | None:
    """Return the lot that a reference stands for, as it stands; None for one that was withdrawn."""
    body = reference.now
    if not isinstance(body, LotRegistered):
        return None
    left = None if body.quantity is None else left_of(reference.subject, body.quantity, movements)
    return Lot(
        reference.subject, body.nature, body.calibre, body.lot, left, body.unit, body.place
    )  # fmt: skip


def left_of(lot: str, registered: int, movements: Iterable[Movement]) -> int:
    """Return what is left of a lot; below nothing only where two sites gave out the same rounds."""
    own = [one for one in movements if one.lot == lot]
    went = sum(one.quantity for one in own if isinstance(one, RoundsIssued))
    came = sum(one.quantity for one in own if isinstance(one, RoundsReturned))
    return registered - went + came


def less(lot: Lot, taken: Iterable[RoundsOut]) -> Lot:
    """Return the lot as it stands when these rounds have gone out too."""
    gone = sum(one.quantity for one in taken if one.lot == lot.id)
    return lot if lot.quantity is None else replace(lot, quantity=lot.quantity - gone)


def held_by(movements: Iterable[Movement]) -> dict[tuple[str, PersonId], int]:
    """Return who still answers for how many rounds of which lot, where it is more than none."""
    held: dict[tuple[str, PersonId], int] = {}
    for one in movements:
        if one.holder is None:
            continue
        key = (one.lot, one.holder)
        if isinstance(one, RoundsIssued):
            held[key] = held.get(key, 0) + one.quantity
        else:
            held[key] = held.get(key, 0) - one.quantity - one.expended - one.short
    return {key: count for key, count in held.items() if count > 0}


def issue(movement: str, lot: Lot, out: RoundsOut, receipt: str) -> Draft:
    """Let rounds go out of a lot; raises QuantityUnreadable for none, LotShort for too many."""
    if out.quantity <= 0:
        raise QuantityUnreadable(str(out.quantity))
    if lot.quantity is not None and out.quantity > lot.quantity:
        raise LotShort(lot.number or lot.nature, out.quantity, max(0, lot.quantity))
    return Draft(movement, RoundsIssued(out.lot, out.quantity, out.holder, receipt))


def take_back(movement: str, lot: Lot, back: RoundsBack, held: int, receipt: str) -> Draft:
    """Take rounds back; raises QuantityUnreadable for less than none, RoundsTooMany."""
    if min(back.returned, back.expended, back.short) < 0 or not back.accounted:
        raise QuantityUnreadable(str(min(back.returned, back.expended, back.short)))
    if back.accounted > held:
        raise RoundsTooMany(lot.number or lot.nature, back.accounted, held)
    body = RoundsReturned(
        back.lot, back.returned, back.holder, receipt, back.expended, back.short
    )  # fmt: skip
    return Draft(movement, body)
