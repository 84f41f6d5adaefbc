"""Hand receipts: numbered, held against their signatures, and drawn on paper as often as wanted.

The facts are the receipt; the paper is made from them and may be made again on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import receipts
from stockpile.domain.errors import (
    LotUnknown,
    PhotoDamaged,
    PhotoMissing,
    ReceiptForged,
    ReceiptUnknown,
)
from stockpile.domain.facts import (
    Fact,
    OfficerAppointed,
    PersonRecorded,
    ReceiptSigned,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.issuing import local_minute
from stockpile.domain.lots import Lot
from stockpile.domain.numbers import paper_number
from stockpile.domain.receipts import Content, Standing, Way
from stockpile.domain.references import Reference
from stockpile.domain.values import WeaponId, is_id, tidied
from stockpile.services.ammunition import Ammunition
from stockpile.services.documents import Drawn, Press
from stockpile.services.holders import Holders
from stockpile.services.people import People
from stockpile.services.places import Places, known_names
from stockpile.services.ports import Books, Clock, Photos, Register
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.receipt_pages import Shown, receipt_paper

_LAST: Final = 60
"""So many of the newest receipts are looked through: for the next number, and for patrols."""
_PREFIXES: Final[dict[Way, str]] = {"issue": "HR", "return": "RT"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt on record: its fact, and what it is about."""

    id: str
    fact: Fact
    body: ReceiptSigned
    content: Content


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipt book of this home."""

    home: Path
    books: Books
    register: Register
    people: People
    places: Places
    holders: Holders
    ammunition: Ammunition
    photos: Photos
    press: Press
    clock: Clock

    def next_number(self, way: Way, beside: Iterable[str] = ()) -> str:
        """Return the next number of a receipt made out here, after those that wait to be signed."""
        site = self.places.one(self.people.site())
        year = int(local_minute(self.clock.now(), self.clock.zone())[:4])
        last = self.books.references(ReceiptSigned, about=f'"{_PREFIXES[way]}-', newest=_LAST)
        taken = [*(body.number for _id, body in _bodies(last)), *beside]
        number = paper_number(_PREFIXES[way], site.code, year, taken)
        while self.is_taken(number):  # a clock that was set back puts the newest among the old
            taken.append(number)
            number = paper_number(_PREFIXES[way], site.code, year, taken)
        return number

    def is_taken(self, number: str) -> bool:
        """Say whether a receipt on record has this number."""
        return self._numbered(number) is not None

    def one(self, text: str) -> Receipt:
        """Return the receipt of this id or number; raises ReceiptUnknown."""
        reference = self.books.reference(text) if is_id(text) else None
        found = _bodies([reference] if reference else [])
        if not found:
            numbered = self._numbered(tidied(text).upper())
            found = [numbered] if numbered else []
        if not found:
            raise ReceiptUnknown(text)
        return self._receipt(*found[0])

    def latest(self, way: Way, limit: int, *, several: bool = False) -> tuple[Receipt, ...]:
        """Return the receipts made out last, newest first; of several weapons only, where asked."""
        last = self.books.references(
            ReceiptSigned, about=f'"{_PREFIXES[way]}-', newest=_LAST if several else limit
        )
        found = [(id_, body) for id_, body in _bodies(last) if not several or len(body.weapons) > 1]
        return tuple(self._receipt(id_, body) for id_, body in found[:limit])

    def verify(self, text: str) -> Standing:
        """Return what the signature under a receipt is worth; raises ReceiptUnknown, ReceiptForged.

        A PIN's signature is held against what the ledger says now, and the key against those that
        were ever recorded for a person or an officer.
        """
        receipt = self.one(text)
        standing = receipts.standing(receipt.body, receipt.content)
        if standing == "good" and not self._is_known_key(receipt.body):
            raise ReceiptForged(receipt.body.number)
        return standing

    def print(self, text: str) -> Drawn:
        """Draw a receipt into the folder of papers, in the language in use, and return where it is.

        Raises ReceiptUnknown, ReceiptForged, DiskFull, DiskTrouble.
        """
        receipt = self.one(text)
        shown = self._shown(receipt, self.verify(receipt.id))
        to = among_papers(self.home, receipt.body.number)
        return self.press.draw(receipt_paper(shown), to)

    def _shown(self, receipt: Receipt, standing: Standing) -> Shown:
        weapons = [weapon for weapon, _body in receipt.content.weapons]
        names = known_names(self.books)  # of officers who left office and closed places too
        by = receipt.fact.by
        printing = printing_now(self.books, self.clock, names.get(by, "") if by else "")
        return Shown(
            receipt.body, receipt.content, receipt.fact, standing, self.register.rows(weapons),
            {one.id: one for one in self.holders.all()}, dict(self._lots(receipt.content)), names,
            self._drawing(receipt.body), printing,
        )  # fmt: skip

    def _lots(self, content: Content) -> Iterator[tuple[str, Lot]]:
        """Give the lots that a receipt speaks of; of one that was withdrawn only the id is left."""
        for lot in {one.lot for one in content.rounds}:
            try:
                yield lot, self.ammunition.one(lot)
            except LotUnknown:
                continue

    def _drawing(self, body: ReceiptSigned) -> bytes:
        """Return the drawn signature, or nothing where it is on another computer."""
        if body.how != "drawn":
            return b""
        try:
            return self.photos.read(body.proof)
        except (PhotoMissing, PhotoDamaged):
            return b""

    def _receipt(self, id_: str, body: ReceiptSigned) -> Receipt:
        fact = next(one for one in self.books.history(id_) if one.body == body)
        weapons = tuple(self._weapons(id_, body))
        kinds = (RoundsIssued, RoundsReturned)
        moved = (one.now for one in self.books.references(*kinds, about=id_))
        rounds = tuple(
            one
            for one in moved
            if isinstance(one, RoundsIssued | RoundsReturned) and one.receipt == id_
        )
        return Receipt(id_, fact, body, Content(body.number, body.way, weapons, rounds))

    def _weapons(
        self, id_: str, body: ReceiptSigned
    ) -> Iterator[tuple[WeaponId, WeaponIssued | WeaponReturned]]:
        for weapon in body.weapons:
            for fact in self.books.history(weapon):
                said = fact.body
                if isinstance(said, WeaponIssued | WeaponReturned) and said.receipt == id_:
                    yield weapon, said

    def _is_known_key(self, body: ReceiptSigned) -> bool:
        """Say whether the key under a receipt was ever the signer's, or an officer's.

        Of a person who was erased nobody can say it any more: then the signature alone counts.
        """
        officers = self.books.references(OfficerAppointed)
        keys = {
            head.body.public_key
            for one in officers
            for head in (one.opening, *one.standing)
            if head is not None and isinstance(head.body, OfficerAppointed)
        }
        if body.signer is None:
            return body.public_key in keys
        said = [one.body for one in self.books.history(body.signer)]
        recorded = [one for one in said if isinstance(one, PersonRecorded)]
        return not recorded or body.public_key in {one.public_key for one in recorded}

    def _numbered(self, number: str) -> tuple[str, ReceiptSigned] | None:
        """Return the receipt of a number, where there is one."""
        found = _bodies(self.books.references(ReceiptSigned, about=f'"{number}"'))
        return next((one for one in found if one[1].number == number), None)


def _bodies(references: Iterable[Reference]) -> list[tuple[str, ReceiptSigned]]:
    found = ((one.subject, one.now) for one in references)
    return [(id_, body) for id_, body in found if isinstance(body, ReceiptSigned)]
