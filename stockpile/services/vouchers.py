"""Issue and return vouchers: one numbered paper over the receipts of a patrol, a unit or a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import people
from stockpile.domain.errors import FieldMissing, HolderUnknown, LotUnknown, ReceiptsMixed
from stockpile.domain.facts import Draft, PaperIssued, WeaponIssued, WeaponReturned
from stockpile.domain.issuing import DATE_LENGTH
from stockpile.domain.lots import Lot
from stockpile.domain.values import WeaponId, new_id
from stockpile.language import speaking
from stockpile.services.documents import Drawn, Press
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
)
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.receipts import Receipt, Receipts
from stockpile.services.voucher_pages import Voucher, voucher_paper, voucher_title

PREFIX: Final = "IV"
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Vouchers:
    """The desk where units sign. Everything runs on the books lane."""

    home: Path
    books: Books
    register: Register
    receipts: Receipts
    numbers: PaperNumbers
    press: Press
    clock: Clock
    chance: Chance

    def print(
        self,
        receipts: Sequence[str],
        *,
        by: SignedIn,
        language: str = "",
        to: Path | None = None,
    ) -> tuple[Recorded, Drawn]:
        """Draw the voucher of these receipts; the first time it gets its number, which stays.

        Raises FieldMissing for none, ReceiptUnknown, ReceiptsMixed, DiskFull, DiskTrouble.
        """
        people.authorise(by.officer, "issue")
        number = self._known(self._found(receipts))
        voucher = self.voucher(receipts, by=by, number=number)
        printing = printing_now(self.books, self.clock, by.officer.name)
        if to is None:
            to = among_papers(self.home, voucher.number)
        with speaking(language):
            drawn = self.press.draw(voucher_paper(voucher, printing), to)
        if number:
            return Recorded((), ()), drawn
        title = f"{voucher_title(voucher.way)} {voucher.unit}".strip()
        about = tuple(one.body.number for one in voucher.receipts)
        body = PaperIssued(voucher.number, "voucher", about, drawn.digest, title)
        draft = Draft(new_id(self.clock.now(), self.chance.bytes(10)), body)
        return self.books.record([draft], by=by.id), drawn

    def voucher(self, receipts: Sequence[str], *, by: SignedIn, number: str = "") -> Voucher:
        """Return all that the voucher of these receipts says; raises as ``print``."""
        found = self._found(receipts)
        weapons = list(dict.fromkeys(id_ for one in found for id_, _body in one.content.weapons))
        return Voucher(
            number or self.numbers.next(PREFIX, PaperIssued),
            found[0].body.way,
            found,
            {row.id: row for row in self.register.rows(weapons)},
            dict(self._lots(found)),
            known_names(self.books),
            self._unit(found),
            self.numbers.places.one(self.numbers.people.site()).name,
            self.numbers.now()[:DATE_LENGTH],
            by.officer.name,
            self._still_out(found, weapons),
        )

    def _found(self, receipts: Sequence[str]) -> tuple[Receipt, ...]:
        found = {one.id: one for one in map(self.receipts.one, receipts)}
        if not found:
            raise FieldMissing("receipt")
        if len({one.body.way for one in found.values()}) > 1:
            raise ReceiptsMixed
        return tuple(sorted(found.values(), key=lambda one: one.body.number))

    def _known(self, receipts: Sequence[Receipt]) -> str:
        """Return the number that a voucher of just these receipts bears already."""
        about = tuple(one.body.number for one in receipts)
        for one in self.books.references(PaperIssued, about=f'"{about[0]}"'):
            body = one.opened
            if isinstance(body, PaperIssued) and (body.kind, body.about) == ("voucher", about):
                return body.number
        return ""

    def _unit(self, receipts: Sequence[Receipt]) -> str:
        """Return the patrol, or the unit that all of its people are of."""
        patrols = {one.body.patrol for one in receipts}
        if len(patrols) == 1 and patrols != {""}:
            return patrols.pop()
        units = {self._unit_of(one) for one in receipts}
        return units.pop() if len(units) == 1 else ""

    def _unit_of(self, receipt: Receipt) -> str:
        who = receipt.body.holder or receipt.body.signer
        try:
            return self.receipts.holders.one(who).unit if who else ""
        except HolderUnknown:
            return ""

    def _lots(self, receipts: Sequence[Receipt]) -> Iterator[tuple[str, Lot]]:
        for lot in {one.lot for receipt in receipts for one in receipt.content.rounds}:
            try:
                yield lot, self.receipts.ammunition.one(lot)
            except LotUnknown:
                continue

    def _still_out(
        self, receipts: Sequence[Receipt], weapons: Sequence[WeaponId]
    ) -> tuple[RegisterRow, ...]:
        """Return what is out still under the receipts by which these weapons had gone out."""
        if receipts[0].body.way == "issue":
            return ()
        went = {under for one in weapons for under in self._went_under(one, receipts)}
        found = (
            row
            for under in sorted(went)
            for row in self.register.page(
                "serial", 0, _MOST, RegisterFilter(status="issued", paper=under)
            )
        )
        return tuple(found)

    def _went_under(self, weapon: WeaponId, receipts: Sequence[Receipt]) -> Iterator[str]:
        """Give the receipt of the hand-over that a return of one of these receipts ended."""
        own, last = {one.id for one in receipts}, ""
        for fact in self.books.history(weapon):
            if isinstance(fact.body, WeaponIssued):
                last = fact.body.receipt
            if isinstance(fact.body, WeaponReturned) and fact.body.receipt in own and last:
                yield last
