"""Counting: open a stocktake, take scans while the armoury works on, close it with its differences.

1. Every scan is a fact of its own, durable when ``scan`` returns; a reading that says nothing new
   is none.
2. A sheet is rebuilt from the facts, so that a count goes on after a restart where it stopped.
3. Nothing waits for a count: what moves meanwhile is replayed when it is recorded, or arrives.
4. A count is closed by two officers, and every difference opens an investigation in the same act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain import closing_counts, counting, custody, opening_counts, people
from stockpile.domain.closing_counts import Found
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.counting import Case, Line, Tally
from stockpile.domain.errors import (
    CounterNotIndependent,
    FieldMissing,
    PlaceNotCounted,
    StocktakeIsClosed,
    StocktakeUnknown,
    WeaponNotSeen,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    CustodyHandedOver,
    Draft,
    Fact,
    QuantityCounted,
    StocktakeOpened,
    StrangerCounted,
    WeaponCounted,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.opening_counts import Request, Stocktake
from stockpile.domain.values import Instant, OfficerId, PlaceId, WeaponId, new_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.services.counted_cases import CountedCases
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Books, Chance, Clock, Recorded
from stockpile.services.scanning import Scanned, Scanning
from stockpile.services.signing import Second, authorise, sign

How = Literal["scan", "typed", "paper"]
Outcome = Literal[
    "found", "extra", "explained", "twice", "misplaced", "unexpected", "missing", "stranger",
    "several", "place", "person", "document", "command",
]  # fmt: skip
"""What a scan came to. Extra is a weapon in its place that is not of the sample or type; twice was
counted here before, and nothing was written; several is a serial that more than one weapon has;
a place's or a person's card, a paper or a command is no weapon."""

_NO_LINES: Final = Tally()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a sheet or a scanner's memory: what was read, where, when (0: now).

    Without a place it was read where the last place's card was scanned before it.
    """

    text: str
    place: PlaceId | None = None
    seen: Instant = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan came to: its weapon's line, all lines that changed with it, and the numbers.

    ``again`` says that the weapon was seen before in this round, here or elsewhere.
    """

    outcome: Outcome
    scanned: Scanned
    line: Line | None = None
    changed: tuple[Line, ...] = ()
    tally: Tally = _NO_LINES
    again: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """The stocktake desk. Everything runs on the books lane."""

    books: Books
    cases: CountedCases
    people: People
    places: Places
    scanning: Scanning
    clock: Clock
    chance: Chance

    # --- opening --------------------------------------------------------------------------------

    def open(self, said: Request, *, by: SignedIn) -> tuple[Recorded, Stocktake]:
        """Open a count; what is known now is what it expects.

        Raises CountersTooFew, CounterNotIndependent, FieldUnreadable for a sample of no size.
        """
        people.authorise(by.officer, "count")
        place = said.place or self.people.site()
        told = replace(said, place=place, counters=said.counters or (by.id,))
        known = self.books.horizons()
        stocktake = self._new_id()
        number = opening_counts.number(
            self.places.one(self.people.site()).code,
            self.clock.now(),
            (one.number for one in self.all()),
        )
        seed = said.seed or self.chance.bytes(16).hex()
        try:
            draft = opening_counts.opened(
                stocktake, replace(told, seed=seed), number, known, self.custodian(place)
            )
        except CounterNotIndependent as error:
            names = {one.id: one.name for one in self.people.officers()}
            error.name = names.get(OfficerId(error.name), error.name)
            raise
        recorded = self.books.record([draft], by=by.id)
        return recorded, self.one(stocktake)

    def all(self) -> tuple[Stocktake, ...]:
        """Return every stocktake on record, the newest first."""
        found = map(opening_counts.stocktake_of, self.books.references(StocktakeOpened))
        return tuple(sorted((one for one in found if one), key=lambda one: one.id, reverse=True))

    def open_ones(self) -> tuple[Stocktake, ...]:
        """Return the counts that can be gone on with, the newest first."""
        return tuple(one for one in self.all() if one.closed is None)

    def one(self, text: str) -> Stocktake:
        """Return a stocktake by its id or number; raises StocktakeUnknown."""
        reference = self.books.reference(text)
        found = opening_counts.stocktake_of(reference) if reference else None
        if found is not None:
            return found
        key = search_key(text)
        for one in self.all():
            if key and search_key(one.number) == key:
                return one
        raise StocktakeUnknown(text)

    def custodian(self, place: PlaceId) -> OfficerId | None:
        """Return who answers for a place: the custodian named for it, or for what it is in."""
        for here in self.cases.ground().path(place):
            reference = self.books.reference(f"custodian:{here}")
            now = reference.now if reference else None
            if isinstance(now, CustodyHandedOver):
                return now.incoming
        return None

    # --- counting -------------------------------------------------------------------------------

    def sheet(self, stocktake: Stocktake) -> CountSheet:
        """Return the sheet of a count, rebuilt from the facts; a closed one's as it was closed."""
        until = None if stocktake.closed is None else stocktake.closed.horizon
        return self.cases.sheet(stocktake, until)

    def again(self, stocktake: Stocktake) -> CountSheet:
        """Return what the count comes to by all that is known now, late arrivals too."""
        return self.cases.sheet(stocktake, None)

    def read(self, sheet: CountSheet, text: str, place: PlaceId | None = None) -> Scanned:
        """Return what a scanned text names; of several weapons, the one that is expected there."""
        scanned = self.scanning.read(text)
        if scanned.kind != "several":
            return scanned
        wanted = [
            weapon
            for weapon in map(self.scanning.tracing.named, scanned.several)
            if (line := sheet.lines.get(weapon)) and line.expected
            if place is None or sheet.scope.ground.touches(line.place, place)
        ]
        return self.scanning.weapon(wanted[0]) if len(wanted) == 1 else scanned

    def scan(
        self,
        sheet: CountSheet,
        scanned: Scanned,
        place: PlaceId,
        *,
        by: SignedIn,
        seen: Instant = 0,
        how: How = "scan",
        round_: int = 1,
    ) -> tuple[Recorded, Scan]:
        """Write down that a weapon was seen at a place; a text of no record is a stranger there.

        A reading that says nothing new writes nothing. Raises PlaceNotCounted, StocktakeIsClosed.
        """
        people.authorise(by.officer, "count")
        self._demand_open(sheet, place)
        if scanned.kind in ("several", "place", "person", "document", "command"):
            return Recorded((), ()), Scan(scanned.kind, scanned, tally=sheet.tally)
        if scanned.weapon is None:
            return self._stranger(sheet, scanned, place, seen, by)
        weapon = self._standing(scanned.weapon)
        changed = self.cases.catch_up(sheet, weapon)
        before = sheet.case(weapon.id)
        again = before is not None and any(one.round == round_ for one in before.sightings)
        if before is not None and _is_told(sheet, before, weapon, place, round_):
            line = sheet.lines.get(weapon.id)
            scan = Scan("twice", scanned, line, changed, sheet.tally, again=True)
            return Recorded((), ()), scan
        draft = counting.sighting(
            weapon, sheet.scope, WeaponCounted(sheet.scope.stocktake, place, seen, how, round_)
        )
        recorded = self.books.record([draft], by=by.id)
        changed += self.cases.learn(sheet, recorded.facts, weapon)
        line = sheet.lines.get(weapon.id)
        return recorded, Scan(_outcome(line), scanned, line, changed, sheet.tally, again)

    def scan_several(
        self,
        sheet: CountSheet,
        readings: Sequence[Reading],
        *,
        by: SignedIn,
        place: PlaceId | None = None,
        how: How = "scan",
        round_: int = 1,
    ) -> tuple[Recorded, tuple[Scan, ...]]:
        """Take in what a scanner remembered, or a sheet that was filled by hand, row by row.

        What was taken in before is not written again: a file may be read twice. ``place`` is where
        it begins. Raises FieldMissing at the first weapon that was read nobody knows where.
        """
        entries: list[Entry] = []
        facts: list[Fact] = []
        scans: list[Scan] = []
        for one in readings:
            scanned = self.read(sheet, one.text, one.place or place)
            if scanned.kind == "place":
                place = scanned.place
            where = one.place or place
            if where is None:
                raise FieldMissing("place")
            recorded, scan = self.scan(
                sheet, scanned, where, by=by, seen=one.seen, how=how, round_=round_
            )
            entries += recorded.entries
            facts += recorded.facts
            scans.append(scan)
        return Recorded(tuple(entries), tuple(facts)), tuple(scans)

    def quantity(
        self, sheet: CountSheet, place: PlaceId, quantity: int, type_: str = "", *, by: SignedIn
    ) -> Recorded:
        """Write down how many stood at a place; a later number of the same replaces it."""
        people.authorise(by.officer, "count")
        self._demand_open(sheet, place)
        stocktake = sheet.scope.stocktake
        subject = f"quantity:{stocktake}:{place}:{search_key(type_)}"
        reference = self.books.reference(subject)
        body = QuantityCounted(stocktake, place, quantity, type_)
        heads = reference.heads if reference else ()
        recorded = self.books.record([Draft(subject, body, heads)], by=by.id)
        self.learn(sheet, recorded.facts)
        return recorded

    def learn(self, sheet: CountSheet, facts: Iterable[Fact]) -> tuple[Line, ...]:
        """Take in what others recorded, here or elsewhere, and return the lines that changed."""
        return self.cases.learn(sheet, facts)

    def put_right(
        self, sheet: CountSheet, weapon: WeaponId, *, by: SignedIn
    ) -> tuple[Recorded, tuple[Line, ...]]:
        """Move a weapon's record to where it was seen.

        Raises WeaponNotSeen, CustodyDisputed, and WeaponElsewhere for one that is out or lost: it
        comes back at the counter or by a recovery, or its holder would be rid of it unseen.
        """
        people.authorise(by.officer, "move")
        line = sheet.lines.get(weapon)
        if line is None or not line.seen:
            raise WeaponNotSeen(weapon)
        stands = self.books.weapon(weapon)
        custody.demand_in_store(stands)
        recorded = self.books.record([custody.relocate(stands, line.seen[-1])], by=by.id)
        return recorded, self.learn(sheet, recorded.facts)

    # --- closing --------------------------------------------------------------------------------

    def found(self, sheet: CountSheet) -> Found:
        """Return what the count comes to as it stands: the numbers and every difference."""
        return closing_counts.found(sheet)

    def close(
        self, stocktake: Stocktake, *, by: SignedIn, witness: Second | None = None
    ) -> tuple[Recorded, Found]:
        """Close a count: all its numbers, and an investigation for every difference, in one act.

        Both officers sign. Raises SecondOfficerMissing, StocktakeIsClosed.
        """
        authorise(by, "close_count", witness)
        if self.one(stocktake.id).closed is not None:
            raise StocktakeIsClosed(stocktake.number)
        known = self.books.horizons()
        found = closing_counts.found(self.cases.sheet(stocktake, known))
        reference = self.books.reference(stocktake.id)
        assert reference is not None
        drafts = closing_counts.closed(
            stocktake, reference.heads, found, known,
            ids=[self._new_id() for _ in found.differences],
            today=opening_counts.day(self.clock.now(), self.clock.zone()),
        )  # fmt: skip
        recorded = sign(self.books, "close_count", drafts, by=by, second=witness)
        return recorded, found

    # --- in the back room -----------------------------------------------------------------------

    def _standing(self, weapon: Weapon) -> Weapon:
        """Return a weapon as it stands at this moment; of one joined to another, that other.

        Where the other record is not known here, it stays with this one.
        """
        now = self.books.weapon(weapon.id)
        met = {now.id}
        with suppress(WeaponUnknown):
            while now.absorbed_into is not None and now.absorbed_into not in met:
                now = self.books.weapon(now.absorbed_into)
                met.add(now.id)
        return now

    def _stranger(
        self, sheet: CountSheet, scanned: Scanned, place: PlaceId, seen: Instant, by: SignedIn
    ) -> tuple[Recorded, Scan]:
        """Write down what stands on no record; read twice at one place it is one."""
        key = search_key(scanned.text)
        if any(one.place == place and search_key(one.read) == key for one in sheet.strangers):
            return Recorded((), ()), Scan("stranger", scanned, tally=sheet.tally, again=True)
        body = StrangerCounted(sheet.scope.stocktake, place, scanned.text, seen)
        recorded = self.books.record([Draft(self._new_id(), body)], by=by.id)
        self.learn(sheet, recorded.facts)
        return recorded, Scan("stranger", scanned, tally=sheet.tally)

    def _demand_open(self, sheet: CountSheet, place: PlaceId) -> None:
        stocktake = self.one(sheet.scope.stocktake)
        if stocktake.closed is not None:
            raise StocktakeIsClosed(stocktake.number)
        if not sheet.scope.reaches(place):
            raise PlaceNotCounted(self._name(place))

    def _name(self, place: PlaceId) -> str:
        return next((one.name for one in self.places.all() if one.id == place), place)

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def _is_told(sheet: CountSheet, case: Case, weapon: Weapon, place: PlaceId, round_: int) -> bool:
    """Say whether this round holds the weapon here already, and nothing moved since."""
    heads = set(weapon.heads.custody)
    return any(
        one.round == round_
        and sheet.scope.ground.touches(one.place, place)
        and heads.issubset(one.saw)
        for one in case.sightings
    )


def _outcome(line: Line | None) -> Outcome:
    assert line is not None  # what was seen has a line
    if line.kind == "found":
        return "found" if line.expected else "extra"
    return line.kind
