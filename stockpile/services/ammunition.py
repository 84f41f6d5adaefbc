"""Ammunition at the counter: the lots on record, what is left of each, and who has rounds of it."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import lots
from stockpile.domain.errors import LotUnknown
from stockpile.domain.facts import LotRegistered, RoundsIssued, RoundsReturned
from stockpile.domain.lots import Lot, Movement
from stockpile.domain.references import Reference
from stockpile.domain.values import PersonId, tidied
from stockpile.services.ports import Books


@dataclass(frozen=True, slots=True)
class RoundsHeld:
    """So many rounds of a lot that a person answers for."""

    lot: Lot
    holder: PersonId
    quantity: int


@dataclass(frozen=True, slots=True)
class Ammunition:
    """The shelf of lots."""

    books: Books

    def all(self) -> tuple[Lot, ...]:
        """Return the lots on record with what is left of each, by nature and number."""
        found = map(self._lot, self.books.references(LotRegistered))
        known = (one for one in found if one is not None)
        return tuple(sorted(known, key=lambda one: (one.nature, one.number, one.id)))

    def one(self, lot: str) -> Lot:
        """Return a lot by its id; raises LotUnknown."""
        reference = self.books.reference(lot)
        found = self._lot(reference) if reference else None
        if found is None:
            raise LotUnknown(lot)
        return found

    def named(self, text: str) -> Lot:
        """Return the lot of this number or id; raises LotUnknown for none, and for several."""
        said = tidied(text)
        unmoved = (lots.lot_of(one, ()) for one in self.books.references(LotRegistered))
        found = [one for one in unmoved if one is not None and one.answers_to(said)]
        if len(found) != 1:
            raise LotUnknown(said)
        return self.one(found[0].id)

    def held(self, holder: PersonId) -> tuple[RoundsHeld, ...]:
        """Return for how many rounds of which lot a person answers."""
        held = lots.held_by(self._movements(holder))
        found = ((lot, count) for (lot, person), count in held.items() if person == holder)
        return tuple(RoundsHeld(self.one(lot), holder, count) for lot, count in found)

    def _lot(self, reference: Reference) -> Lot | None:
        return lots.lot_of(reference, self._movements(reference.subject))

    def _movements(self, about: str) -> tuple[Movement, ...]:
        """Return the movements of rounds that speak of a lot or a person."""
        found = self.books.references(RoundsIssued, RoundsReturned, about=about)
        bodies = (one.now for one in found)
        return tuple(one for one in bodies if isinstance(one, RoundsIssued | RoundsReturned))
