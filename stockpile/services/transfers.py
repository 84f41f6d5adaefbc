"""Transfers: send weapons off under a waybill, check what arrives, see what is on the road."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from stockpile.domain import arrivals, custody, numbers, people, transfers
from stockpile.domain.arrivals import Checklist, Finding
from stockpile.domain.errors import PlaceUnknown, WaybillUnknown, WeaponUnknown
from stockpile.domain.facts import OfficerAppointed, PlaceOpened, WaybillOpened
from stockpile.domain.places import Place, place_of
from stockpile.domain.transfers import Caution, Waybill
from stockpile.domain.values import NodeId, OfficerId, PlaceId, WeaponId, new_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.services.documents import Drawn, Press
from stockpile.services.lineage import own_nodes
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Keys, Recorded
from stockpile.services.printed import printing_now
from stockpile.services.proposals import numbers_waiting
from stockpile.services.signing import Later, Second, authorise, sign
from stockpile.services.transfer_papers import Line, Signed, WaybillFile, note_paper, waybill_paper
from stockpile.services.weapon_files import Printing

ANSWER_DAYS: Final = 7
"""Days in which a difference at a receipt is to be explained: ours, set where no order says."""
_DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The transfers as a dispatcher looks at them, the latest first; ``overdue`` are ids."""

    incoming: tuple[Waybill, ...]
    outgoing: tuple[Waybill, ...]
    settled: tuple[Waybill, ...]
    overdue: frozenset[str]


@dataclass(frozen=True, slots=True)
class Transfers:
    """The dispatch desk. Everything but ``draw`` runs on the books lane."""

    books: Books
    clock: Clock
    chance: Chance
    keys: Keys
    press: Press

    # --- looking ----------------------------------------------------------------------------

    def all(self) -> tuple[Waybill, ...]:
        """Return every transfer on record, the latest first."""
        found = map(transfers.waybill_of, self.books.references(WaybillOpened))
        return tuple(sorted((one for one in found if one), key=lambda one: one.id, reverse=True))

    def standing(self, today: str = "") -> Standing:
        """Return what comes, what is under way from here, and what is done."""
        day = today or self.today()
        all_ = self.all()
        under_way = [one for one in all_ if one.is_under_way]
        own = own_nodes(self.books, self.keys.node)
        return Standing(
            incoming=tuple(one for one in under_way if one.node not in own),
            outgoing=tuple(one for one in under_way if one.node in own),
            settled=tuple(one for one in all_ if not one.is_under_way),
            overdue=frozenset(one.id for one in all_ if one.is_overdue(day)),
        )

    def incoming(self, place: PlaceId | None = None) -> tuple[Waybill, ...]:
        """Return what is on its way here from other nodes; for one place, or for any."""
        coming = self.standing().incoming
        return tuple(one for one in coming if place in (None, one.opened.to))

    def open_ones(self) -> tuple[Waybill, ...]:
        """Return what is on the road, wherever it was sent from."""
        return tuple(one for one in self.all() if one.is_under_way)

    def overdue(self, today: str = "") -> tuple[Waybill, ...]:
        """Return what should have arrived before today (an ISO date) and has not."""
        day = today or self.today()
        return tuple(one for one in self.all() if one.is_overdue(day))

    def one(self, text: str) -> Waybill:
        """Return the transfer of this number, scanned code or id; raises WaybillUnknown."""
        named = self.books.reference(text)
        found = transfers.waybill_of(named) if named else None
        if found is not None:
            return found
        wanted = search_key(text)
        for one in self.all():
            if wanted and wanted == search_key(one.opened.number):
                return one
        raise WaybillUnknown(text)

    def destinations(self) -> tuple[Place, ...]:
        """Return the sites of other nodes that are known here, by name."""
        found, own = [], own_nodes(self.books, self.keys.node)
        for one in self.books.references(PlaceOpened):
            place = place_of(one)
            is_ours = one.opening is not None and one.opening.order[1] in own
            if place is not None and place.kind == "site" and not is_ours:
                found.append(place)
        return tuple(sorted(found, key=lambda place: place.name))

    def node_of(self, place: PlaceId | None) -> NodeId | None:
        """Return the node that opened a place, and so receives what is sent there."""
        reference = self.books.reference(place) if place else None
        if reference is None or reference.opening is None:
            return None
        return NodeId(reference.opening.order[1])

    def today(self) -> str:
        """Return the date of today, UTC, as ISO."""
        return datetime.fromtimestamp(self.clock.now() / 1000, UTC).date().isoformat()

    # --- sending ----------------------------------------------------------------------------

    def may_go(self, weapon: WeaponId) -> Weapon:
        """Return a weapon that may be put on a waybill.

        Raises WeaponUnknown, CustodyDisputed, WeaponGone, WeaponElsewhere.
        """
        stands = self.books.weapon(weapon)
        custody.demand_in_store(stands)
        return stands

    def cautions(self, said: WaybillOpened) -> tuple[Caution, ...]:
        """Return what an officer should know before signing; raises what ``dispatch`` raises."""
        weapons = self.books.weapons(said.weapons)
        transfers.dispatch("", said, weapons)
        return transfers.cautions(said, weapons)

    def dispatch(
        self, said: WaybillOpened, *, by: SignedIn, witness: Second | None = None
    ) -> tuple[Recorded, Waybill]:
        """Send weapons off: one act, signed by two officers; the number is made here.

        Until a second one confirms it later, nothing is on the road: the waybill is returned as it
        is to be. Raises OfficerNotAuthorised, SecondOfficerMissing and what the rules of
        ``transfers`` say.
        """
        authorise(by, "dispatch", witness)
        waybill = new_id(self.clock.now(), self.chance.bytes(10))
        site = self._site(said.out_of)
        numbered = replace(said, number=self._next_number(site))
        drafts = transfers.dispatch(waybill, numbered, self.books.weapons(said.weapons))
        recorded = sign(self.books, "dispatch", drafts, by=by, second=witness)
        if isinstance(witness, Later):
            return recorded, Waybill(waybill, self.keys.node, numbered, "open", ())
        return recorded, self.one(waybill)

    def reverse(
        self, waybill: str, reason: str, *, by: SignedIn, witness: Second | None = None
    ) -> tuple[Recorded, Waybill]:
        """Say that a shipment came back whole; signed by two officers, as its dispatch was."""
        authorise(by, "dispatch", witness)
        stands = self.one(waybill)
        drafts = transfers.reverse(stands, self.books.weapons(stands.opened.weapons), reason)
        recorded = sign(self.books, "dispatch", drafts, by=by, second=witness)
        return recorded, self.one(stands.id)

    # --- receiving --------------------------------------------------------------------------

    def checklist(self, waybill: str) -> Checklist:
        """Return the empty checklist of a transfer; raises WaybillUnknown."""
        stands = self.one(waybill)
        return arrivals.checklist(stands, self._known(stands.opened.weapons))

    def receive(
        self,
        waybill: str,
        checked: Checklist,
        found: Finding,
        place: PlaceId,
        *,
        by: SignedIn,
        witness: SignedIn | None = None,
    ) -> tuple[Recorded, Waybill]:
        """Take what came into a place and open an investigation of each difference.

        The receiving officer's own signature stands under it, and a witness's where there is one.
        Raises OfficerNotAuthorised, WaybillUnknown, WaybillSettled, FieldMissing, PlaceUnknown.
        """
        people.authorise(by.officer, "receive")
        if self.books.reference(place) is None:
            raise PlaceUnknown(place)
        stands = self.one(waybill)
        new = [one for one in checked.received if one not in checked.before]
        due = datetime.fromtimestamp(self.clock.now() / 1000, UTC) + timedelta(ANSWER_DAYS)
        drafts = arrivals.receive(
            stands, checked, found, place, self.books.weapons(new), self._ids(),
            due.date().isoformat(),
        )  # fmt: skip
        recorded = sign(self.books, "receive", drafts, by=by, second=witness)
        return recorded, self.one(stands.id)

    # --- papers -----------------------------------------------------------------------------

    def file(self, waybill: str, words: str = "") -> WaybillFile:
        """Return all that the papers of a transfer say; ``words`` open its courier file."""
        stands = self.one(waybill)
        receipt = stands.receipt
        others = receipt.over if receipt else ()
        return WaybillFile(
            waybill=stands,
            lines=self._lines(stands.opened.weapons),
            over=self._lines(others),
            places=self._names(stands.opened.out_of, stands.opened.to),
            signed=tuple(self._signed(stands)),
            words=words,
        )

    def printing(self, by: SignedIn) -> Printing:
        """Return what stands at the foot of a paper printed now."""
        return printing_now(self.books, self.clock, by.officer.name)

    def draw(self, file: WaybillFile, printing: Printing, to: Path) -> Drawn:
        """Draw the waybill; touches no books, so that any lane may wait for it."""
        return self.press.draw(waybill_paper(file, printing), to)

    def draw_note(self, file: WaybillFile, printing: Printing, to: Path) -> Drawn:
        """Draw the receipt note with its differences; touches no books."""
        return self.press.draw(note_paper(file, printing), to)

    # --- in the back room -------------------------------------------------------------------

    def _ids(self) -> Iterator[str]:
        while True:
            yield new_id(self.clock.now(), self.chance.bytes(10))

    def _next_number(self, site: Place) -> str:
        year = datetime.fromtimestamp(self.clock.now() / 1000, UTC).year
        taken = (*(one.opened.number for one in self.all()), *numbers_waiting(self.books))
        return numbers.paper_number("WB", site.code or self.keys.node[:4].upper(), year, taken)

    def _site(self, place: PlaceId) -> Place:
        """Return the site that a place is in; raises PlaceUnknown."""
        at: PlaceId | None = place
        seen: set[PlaceId] = set()
        while at is not None and at not in seen:
            seen.add(at)
            reference = self.books.reference(at)
            found = place_of(reference) if reference else None
            if found is None:
                break
            if found.kind == "site" or found.within is None:
                return found
            at = found.within
        raise PlaceUnknown(place)

    def _known(self, ids: Sequence[WeaponId]) -> tuple[Weapon, ...]:
        """Return those of the weapons that stand on record here."""
        try:
            return self.books.weapons(ids)
        except WeaponUnknown:
            return tuple(one for each in ids for one in self._perhaps(each))

    def _perhaps(self, weapon: WeaponId) -> tuple[Weapon, ...]:
        try:
            return (self.books.weapon(weapon),)
        except WeaponUnknown:
            return ()

    def _lines(self, weapons: Sequence[WeaponId]) -> tuple[Line, ...]:
        known = {one.id: Line.of(one) for one in self._known(weapons)}
        return tuple(known.get(one, Line(numbers.registry_number(one), one)) for one in weapons)

    def _names(self, *places: PlaceId | None) -> dict[str, str]:
        found = (self.books.reference(one) for one in places if one)
        stands = (place_of(one) for one in found if one)
        return {one.id: one.name for one in stands if one}

    def _signed(self, waybill: Waybill) -> Iterator[Signed]:
        """Give who signed what about a waybill, and when."""
        for fact in self.books.history(waybill.id):
            for officer in (fact.by, *fact.witnesses):
                if officer is not None:
                    yield Signed(
                        self._officer(officer), fact.body, fact.at, officer != fact.by, fact.zone
                    )

    def _officer(self, officer: OfficerId) -> str:
        reference = self.books.reference(officer)
        opened = reference.opened if reference else None
        return opened.name if isinstance(opened, OfficerAppointed) else officer
