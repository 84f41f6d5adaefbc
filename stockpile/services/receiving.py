"""Receiving: put weapons on record, read them back, correct what was written, move them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import custody, people, receiving
from stockpile.domain.codes import serial_in
from stockpile.domain.errors import ReaderSame
from stockpile.domain.facts import Draft, MarkReadBack
from stockpile.domain.receiving import NO_CODES, Codes, Description
from stockpile.domain.values import PlaceId, WeaponId, new_id
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Hit, Recorded, Register
from stockpile.services.signing import Second, authorise, sign

LOOK_ALIKES: Final = 5
_ID_BYTES: Final = 10
Coding = Callable[[Description], Codes]
"""What the open catalogue makes of a description."""


def no_codes(_said: Description) -> Codes:
    """Make nothing of a description: where there is no catalogue."""
    return NO_CODES


@dataclass(frozen=True, slots=True)
class Receiving:
    """The intake desk."""

    books: Books
    register_of: Register
    clock: Clock
    chance: Chance
    coding: Coding = no_codes

    def register(
        self, said: Description, place: PlaceId, *, by: SignedIn
    ) -> tuple[Recorded, WeaponId]:
        """Put one weapon on record; saved when this returns."""
        recorded, (weapon,) = self.register_several([said], place, by=by)
        return recorded, weapon

    def register_several(
        self, said: Sequence[Description], place: PlaceId, *, by: SignedIn
    ) -> tuple[Recorded, tuple[WeaponId, ...]]:
        """Put many weapons on record in one act: all of them, or none where one is refused."""
        people.authorise(by.officer, "register")
        at, random = self.clock.now(), self.chance.bytes(_ID_BYTES * len(said))
        drafts: list[Draft] = []
        for number, one in enumerate(said):
            own = random[_ID_BYTES * number : _ID_BYTES * (number + 1)]
            weapon = WeaponId(new_id(at, own))
            drafts.append(receiving.register(weapon, one, place, self.coding(one)))
        recorded = self.books.record(drafts, by=by.id)
        return recorded, tuple(WeaponId(draft.subject) for draft in drafts)

    def look_alikes(self, serial_text: str) -> tuple[Hit, ...]:
        """Return what is on record already under this or a similar looking serial."""
        hits = self.register_of.look_alikes(serial_in(serial_text), LOOK_ALIKES)
        return tuple(self._with_claim(hit) for hit in hits)

    def read_back(self, weapon: WeaponId, read: str, *, by: SignedIn) -> Recorded:
        """Write down what a second person read, blind, where the weapon's identity stands.

        The answer is in the weapon's ``read_backs``: whether both agree. Nothing is corrected.
        Two pairs of eyes are the point of it: raises ReaderSame for who put it on record.
        """
        people.authorise(by.officer, "read_back")
        stands = self.books.weapon(weapon)
        if stands.recorded_by == by.id:
            raise ReaderSame(by.officer.name)
        body = MarkReadBack(stands.serial.text, read.strip())
        return self.books.record([Draft(weapon, body)], by=by.id)

    def correct(
        self,
        weapon: WeaponId,
        fields: Mapping[str, str],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Correct fields of a weapon; the old values stay in its history."""
        authorise(by, "correct", witness)
        stands = self.books.weapon(weapon)
        draft = receiving.correct(stands, fields, reason, self._codes(stands.make, fields))
        return sign(self.books, "correct", [draft], by=by, second=witness)

    def move(
        self, weapons: tuple[WeaponId, ...], place: PlaceId, reason: str = "", *, by: SignedIn
    ) -> Recorded:
        """Move weapons to a place in one act; those that are there already stay untouched.

        Raises CustodyDisputed, WeaponGone, WeaponElsewhere; then none of them is moved.
        """
        people.authorise(by.officer, "move")
        moved = [one for one in self.books.weapons(weapons) if one.place != place]
        for one in moved:
            custody.demand_in_store(one)
        drafts = [custody.relocate(one, place, reason) for one in moved]
        return self.books.record(drafts, by=by.id) if drafts else Recorded((), ())

    def _with_claim(self, hit: Hit) -> Hit:
        """Say of a weapon of disputed custody whether one of the accounts is that it is lost."""
        if hit.row.status != "disputed":
            return hit
        accounts = self.books.weapon(hit.row.id).custody
        return replace(hit, is_claimed_lost=any(one.state == "lost" for one in accounts))

    def _codes(self, make: str, fields: Mapping[str, str]) -> Codes:
        """Return the codes of corrected texts; a model is understood beside its make."""
        get = fields.get
        said = Description(
            make=get("make", "") or make,
            model=get("model", ""),
            calibre=get("calibre", ""),
            country=get("country", ""),
        )
        return self.coding(said)
