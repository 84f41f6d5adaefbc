"""Custodians: who answers for a place, the handover inventory, and its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import custodians
from stockpile.domain.custodians import Handover, custodian_subject, up_from
from stockpile.domain.facts import (
    CustodyHandedOver,
    Draft,
    Fact,
    InvestigationOpened,
    StocktakeOpened,
)
from stockpile.domain.people import Officer
from stockpile.domain.places import Place
from stockpile.domain.references import Reference
from stockpile.domain.values import OfficerId, PlaceId, WeaponId
from stockpile.services.custodian_papers import Certificate, certificate
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Books, Clock, Recorded, Register, RegisterFilter
from stockpile.services.printed import printing_now
from stockpile.services.signing import Second, authorise, sign


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands before a handover: who answers, which count will do, what is open."""

    place: Place
    custodian: OfficerId | None
    count: str
    inherited: tuple[str, ...]
    weapons: int


@dataclass(frozen=True, slots=True)
class Custodians:
    """The desk where keys change hands."""

    books: Books
    register: Register
    people: People
    places: Places
    clock: Clock
    press: Press

    def of(self, place: PlaceId) -> OfficerId | None:
        """Return who answers for a place: named for it, or for the nearest place around it."""
        for one in self._above(place):
            last = custodians.last_handover(self._reference(one))
            if last is not None:
                return last.incoming
        return None

    def standing(self, place: PlaceId) -> Standing:
        """Return how a place stands before a handover; raises PlaceUnknown."""
        stands = self.places.one(place)
        count = self._inventory(place)
        return Standing(
            stands,
            self.of(place),
            count.subject if count else "",
            self._inherited(place),
            self.register.count(RegisterFilter(place=place)),
        )

    def hand_over(
        self,
        place: PlaceId,
        incoming: Officer,
        *,
        remarks: str = "",
        by: SignedIn,
        witness: Second | None = None,
    ) -> tuple[Recorded, Fact]:
        """Change the custodian of a place; both sign, or one and the other one later.

        Who takes over has to sign, and who hands over or, in the remarks, why not. Raises
        PlaceUnknown, OfficerNotAuthorised, SecondOfficerMissing, CustodianSame, CustodianUnsigned,
        ReasonMissing, HandoverNeedsCount.
        """
        authorise(by, "hand_over", witness)
        draft = custodians.hand_over(
            Handover(self.places.one(place), incoming, remarks),
            self._reference(place),
            self._inventory(place),
            (by.id, *self._second(place, incoming, by, witness)),
            self._inherited(place),
        )
        recorded = sign(self.books, "hand_over", [draft], by=by, second=witness)
        return recorded, recorded.facts[0]

    def is_outdated(self, draft: Draft) -> bool:
        """Say whether a handover that waits is one by an older count, or by older open matters."""
        body = draft.body
        if not isinstance(body, CustodyHandedOver):
            return False
        count = self._inventory(body.place)
        counted = count is not None and count.subject == body.stocktake
        return not counted or self._inherited(body.place) != body.inherited

    def history(self, place: PlaceId) -> tuple[Fact, ...]:
        """Return every handover of a place, in order."""
        return self.books.history(custodian_subject(place))

    def paper(self, place: PlaceId, *, by: SignedIn) -> Paper | None:
        """Return the certificate of a place's last handover; None where there was none."""
        facts = [one for one in self.history(place) if isinstance(one.body, CustodyHandedOver)]
        if not facts:
            return None
        fact = facts[-1]
        body = fact.body
        assert isinstance(body, CustodyHandedOver)
        named = {one.id: one.name for one in self.people.officers()}
        open_ones = self._opened(body.inherited)
        told = Certificate(
            place=self.places.one(place),
            site=self.places.one(self.people.site()),
            body=body,
            fact=fact,
            names=named,
            count=self.books.reference(body.stocktake),
            weapons=self.register.count(RegisterFilter(place=place)),
            open_ones=open_ones,
            serials=self._serials(open_ones),
        )
        return certificate(told, printing_now(self.books, self.clock, by.officer.name))

    def print(self, place: PlaceId, file: Path, *, by: SignedIn) -> Drawn | None:
        """Draw the certificate of a place's last handover; raises DiskFull, DiskTrouble."""
        paper = self.paper(place, by=by)
        return self.press.draw(paper, file) if paper else None

    def _second(
        self, place: PlaceId, incoming: Officer, by: SignedIn, witness: Second | None
    ) -> tuple[OfficerId, ...]:
        """Return who signs beside the first: of one who confirms later, who it will have to be."""
        if isinstance(witness, SignedIn):
            return (witness.id,)
        last = custodians.last_handover(self._reference(place))
        if by.id != incoming.id:
            return (incoming.id,)
        return (last.incoming,) if last else ()

    def _above(self, place: PlaceId) -> list[PlaceId]:
        known = {one.id: one for one in self.places.all()}
        return up_from(place, lambda one: known[one].within if one in known else None)

    def _reference(self, place: PlaceId) -> Reference | None:
        return self.books.reference(custodian_subject(place))

    def _inventory(self, place: PlaceId) -> Reference | None:
        counts = self.books.references(StocktakeOpened)
        return custodians.inventory(counts, self._above(place), self._reference(place))

    def _inherited(self, place: PlaceId) -> tuple[str, ...]:
        known = {one.id: one for one in self.places.all()}

        def inside(one: PlaceId) -> bool:
            return custodians.is_inside(one, place, known)

        def belongs(weapon: str) -> bool:
            stands = self.books.weapon(WeaponId(weapon))
            return any(one is not None and inside(one) for one in (stands.home, stands.place))

        return custodians.inherited(self.books.references(InvestigationOpened), inside, belongs)

    def _serials(self, cases: tuple[InvestigationOpened, ...]) -> dict[str, str]:
        weapons = sorted({WeaponId(one.weapon) for one in cases if one.weapon})
        rows = self.register.rows(weapons)
        return {row.id: row.serial or row.mark or row.number for row in rows}

    def _opened(self, subjects: tuple[str, ...]) -> tuple[InvestigationOpened, ...]:
        found = (self.books.reference(one) for one in subjects)
        opened = (one.opened for one in found if one is not None)
        return tuple(one for one in opened if isinstance(one, InvestigationOpened))
