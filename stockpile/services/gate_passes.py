"""The gate: passes made out from a hand receipt, a waybill or chosen weapons; shown, used, closed.

A pass moves nothing by itself: what it names has gone by its own paper, or goes by none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stockpile.domain import gate_passes, people
from stockpile.domain.errors import GatePassUnknown
from stockpile.domain.facts import Fact, GatePassIssued, WeaponIssued
from stockpile.domain.gate_passes import Closing, GatePass
from stockpile.domain.values import WeaponId, is_id, new_id
from stockpile.language import speaking
from stockpile.services.documents import Drawn, Press
from stockpile.services.gate_pass_papers import PassFile, gate_pass_paper
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Chance, Clock, Recorded, Register
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.receipts import Receipts
from stockpile.services.transfers import Transfers

PREFIX: Final = "GP"
LATEST: Final = 100


@dataclass(frozen=True, slots=True)
class GatePasses:
    """The gate's book. Everything runs on the books lane."""

    home: Path
    books: Books
    register: Register
    receipts: Receipts
    transfers: Transfers
    numbers: PaperNumbers
    press: Press
    clock: Clock
    chance: Chance

    # --- making out -----------------------------------------------------------------------------

    def from_receipt(self, text: str) -> GatePassIssued:
        """Return a pass for what went out under a hand receipt, to be completed.

        Raises ReceiptUnknown.
        """
        receipt = self.receipts.one(text)
        names = known_names(self.books)
        issued = [one for _id, one in receipt.content.weapons if isinstance(one, WeaponIssued)]
        who = receipt.body.signer or receipt.body.holder
        return GatePassIssued(
            "",
            receipt.body.weapons,
            names.get(who, "") if who else "",
            self.numbers.people.site(),
            purpose=issued[0].purpose if issued else "",
            about=receipt.body.number,
            until=issued[0].due if issued else "",
        )

    def from_waybill(self, text: str) -> GatePassIssued:
        """Return a pass for what goes under a waybill, to be completed; raises WaybillUnknown."""
        said = self.transfers.one(text).opened
        names = known_names(self.books)
        return GatePassIssued(
            "", said.weapons, said.carrier, said.out_of,
            to=names.get(said.to, said.to_name) if said.to else said.to_name,
            vehicle=said.vehicle, about=said.number,
        )  # fmt: skip

    def of_weapons(self, weapons: Sequence[WeaponId]) -> GatePassIssued:
        """Return a pass for chosen weapons, to be completed."""
        return GatePassIssued("", tuple(weapons), "", self.numbers.people.site())

    def issue(self, said: GatePassIssued, *, by: SignedIn) -> tuple[Recorded, GatePass]:
        """Make a pass out; its number is made here.

        Raises OfficerNotAuthorised and what the rules of ``gate_passes`` say.
        """
        people.authorise(by.officer, "pass_gate")
        pass_id = new_id(self.clock.now(), self.chance.bytes(10))
        numbered = replace(said, number=self.numbers.next(PREFIX, GatePassIssued))
        weapons = self.books.weapons(tuple(dict.fromkeys(said.weapons)))
        draft = gate_passes.issue(pass_id, numbered, weapons, self.numbers.now())
        return self.books.record([draft], by=by.id, signers=[by.key]), self.one(pass_id)

    def close(
        self, text: str, outcome: Closing, remarks: str = "", *, by: SignedIn
    ) -> tuple[Recorded, GatePass]:
        """Note that it left, or take it back; raises GatePassUnknown, GatePassSettled."""
        people.authorise(by.officer, "pass_gate")
        stands = self.one(text)
        draft = gate_passes.close(stands, outcome, remarks)
        return self.books.record([draft], by=by.id), self.one(stands.id)

    # --- looking --------------------------------------------------------------------------------

    def one(self, text: str) -> GatePass:
        """Return the pass of this number, scanned code or id; raises GatePassUnknown."""
        reference = self.books.reference(text) if is_id(text) else None
        reference = reference or self.numbers.numbered(text, GatePassIssued)
        found = gate_passes.gate_pass_of(reference) if reference else None
        if found is None:
            raise GatePassUnknown(text)
        return found

    def latest(self, limit: int = LATEST) -> tuple[GatePass, ...]:
        """Return the passes made out last, newest first."""
        found = self.books.references(GatePassIssued, newest=limit)
        return tuple(one for one in map(gate_passes.gate_pass_of, found) if one)

    def open_ones(self) -> tuple[GatePass, ...]:
        """Return what may leave now, past its time first."""
        return gate_passes.at_gate(self.latest(), self.now())

    def now(self) -> str:
        """Return the local minute at this desk."""
        return self.numbers.now()

    # --- the paper ------------------------------------------------------------------------------

    def print(
        self, text: str, *, by: SignedIn, language: str = "", to: Path | None = None
    ) -> Drawn:
        """Draw a pass into the folder of papers, or where it is said, and return where it is.

        Raises GatePassUnknown, DiskFull, DiskTrouble.
        """
        file = self.file(text)
        printing = printing_now(self.books, self.clock, by.officer.name)
        if to is None:
            to = among_papers(self.home, file.gate_pass.issued.number)
        with speaking(language):
            return self.press.draw(gate_pass_paper(file, printing), to)

    def file(self, text: str) -> PassFile:
        """Return all that a pass says on paper."""
        stands = self.one(text)
        names = known_names(self.books)
        fact = self._fact(stands)
        place = stands.issued.out_of
        return PassFile(
            stands,
            fact,
            self.register.rows(list(stands.issued.weapons)),
            names.get(place, "") if place else "",
            names.get(fact.by, "") if fact.by else "",
            self.now(),
        )

    def _fact(self, stands: GatePass) -> Fact:
        facts = self.books.history(stands.id)
        return next(one for one in facts if isinstance(one.body, GatePassIssued))
