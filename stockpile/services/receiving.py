"""Receiving: put a weapon on record, correct what was written, move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stockpile.domain import custody, people, receiving
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId, WeaponId, new_id
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Hit, Recorded, Register

LOOK_ALIKES = 5


@dataclass(frozen=True, slots=True)
class Receiving:
    """The intake desk."""

    books: Books
    register_of: Register
    clock: Clock
    chance: Chance

    def register(
        self, said: Description, place: PlaceId, *, by: SignedIn
    ) -> tuple[Recorded, WeaponId]:
        """Put one weapon on record; saved when this returns."""
        people.authorise(by.officer, "register")
        weapon = WeaponId(new_id(self.clock.now(), self.chance.bytes(10)))
        return self.books.record([receiving.register(weapon, said, place)], by=by.id), weapon

    def look_alikes(self, serial_text: str) -> tuple[Hit, ...]:
        """Return what is on record already under this or a similar looking serial."""
        return self.register_of.look_alikes(serial_text, LOOK_ALIKES)

    def correct(
        self, weapon: WeaponId, fields: Mapping[str, str], reason: str, *, by: SignedIn
    ) -> Recorded:
        """Correct fields of a weapon; the old values stay in its history."""
        people.authorise(by.officer, "correct")
        draft = receiving.correct(self.books.weapon(weapon), fields, reason)
        return self.books.record([draft], by=by.id)

    def move(
        self, weapons: tuple[WeaponId, ...], place: PlaceId, reason: str = "", *, by: SignedIn
    ) -> Recorded:
        """Move weapons to a place in one act; those that are there already stay untouched."""
        people.authorise(by.officer, "move")
        there = self.books.weapons(weapons)
        drafts = [custody.relocate(one, place, reason) for one in there if one.place != place]
        return self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
