"""The count on the books lane: its sheet, the rack in hand, and the words of its lines.

A bench lives on the books lane only. What it hands over is frozen: readings and lines as they are
shown. The lane is the queue: readings are taken in the order in which they were made, and a scan of
a rack's card holds for all that come after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

from stockpile.domain.closing_counts import Found
from stockpile.domain.count_sheet import Stranger
from stockpile.domain.counting import LAST_ROUND, Line
from stockpile.domain.errors import PlaceNotCounted, StockpileError
from stockpile.domain.facts import Fact
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import Instant, PersonId, PlaceId, WeaponId
from stockpile.services.counting import How, Reading, Scan
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterFilter, RegisterRow
from stockpile.services.scanning import ScanKind, Scanned
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile
from ui.view_models.counting_plans import Plan
from ui.view_models.counting_shown import Came, Differences, Item, Number, Opened, Rack, Read

NOTHING: Final = Recorded((), ())
_ONE_PLACE: Final = ("rack", "slot", "crate", "vehicle")
_ROWS: Final = 500
_NO_WEAPONS: Final[Mapping[ScanKind, Came]] = MappingProxyType(
    {"person": "person", "document": "document", "command": "command"}
)


class Bench:
    """One count in hand."""

    def __init__(self, stockpile: Stockpile, stocktake: Stocktake, by: SignedIn) -> None:
        self.stocktake, self._stockpile, self._by = stocktake, stockpile, by
        self.sheet = stockpile.counting.sheet(stocktake)
        self.round = self.sheet.round
        self._places = {one.id: one for one in stockpile.places.all()}
        self._names: dict[str, str] = stockpile.names().known  # type: ignore[assignment]  # read
        self._holders: dict[PersonId, str] = {}
        self._rack: PlaceId | None = self._only_place()

    # --- what is shown ----------------------------------------------------------------------

    def opened(self) -> Opened:
        """Return all of it."""
        body = self.stocktake.opened
        first = next(iter(self._stockpile.books.history(self.stocktake.id)), None)
        at = first.at if first else 0
        counters = tuple(self._names.get(one, one) for one in body.counters)
        lines = list(self.sheet.lines.values())
        strangers = tuple(map(self._stranger, self.sheet.strangers))
        return Opened(
            self.stocktake, self._name(body.place), counters, at,
            (*self.items(lines), *strangers), self.sheet.tally, self.rack, self.round, self.racks,
            self.types, self.numbers,
        )  # fmt: skip

    @property
    def rack(self) -> Rack | None:
        """The place in hand."""
        if self._rack is None:
            return None
        seen = self.sheet.seen_at.get(self._rack, 0)
        return Rack(self._places[self._rack], self._path(self._rack), seen)

    @cached_property
    def racks(self) -> tuple[Rack, ...]:
        """The places of the count that hold nothing but weapons, in the order of their paths."""
        holding = {one.within for one in self._places.values()}
        reached = (one for one in self._places.values() if self.sheet.scope.reaches(one.id))
        leaves = (Rack(one, self._path(one.id)) for one in reached if one.id not in holding)
        return tuple(sorted(leaves, key=lambda one: one.path))

    @property
    def types(self) -> tuple[str, ...]:
        """The types that are counted by number; one that is empty where they are not told apart."""
        if self.stocktake.opened.basis != "type":
            return ("",)
        among = RegisterFilter(place=self.stocktake.opened.place or "")
        known = self._stockpile.register.values("type", among)
        return tuple(sorted(one.value for one in known))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What was counted without serials, along the racks; nothing of a count by serials."""
        if self.stocktake.opened.basis == "serial":
            return ()
        lines = (
            Number(
                one.place, self._path(one.place), one.type, one.counted, one.expected, one.agrees
            )
            for one in self.sheet.quantities()
        )
        return tuple(sorted(lines, key=lambda one: (one.path, one.type)))

    @property
    def place_names(self) -> dict[PlaceId, str]:
        """What people call the places."""
        return {one.id: one.name for one in self._places.values()}

    def items(self, lines: Sequence[Line]) -> tuple[Item, ...]:
        """Return lines as they are shown."""
        rows: dict[WeaponId, RegisterRow] = {}
        ids = [line.weapon for line in lines]
        for at in range(0, len(ids), _ROWS):
            found = self._stockpile.register.rows(ids[at : at + _ROWS])
            rows |= {row.id: row for row in found}
        return tuple(self._item(line, rows.get(line.weapon)) for line in lines)

    # --- what is done -----------------------------------------------------------------------

    def take(self, text: str, how: How = "scan", seen: Instant = 0) -> tuple[Recorded, Read]:
        """Take a reading in; an error is an answer like another, so that no reading is lost."""
        try:
            scanned = self._stockpile.counting.read(self.sheet, text, self._rack)
            recorded, read = self._take(scanned, how, seen)
            return recorded, replace(read, scanned=scanned)
        except PlaceNotCounted as error:
            return NOTHING, self._read(text, "outside", error=error)
        except StockpileError as error:
            return NOTHING, self._read(text, "refused", error=error)

    def note(self, text: str) -> tuple[Recorded, Read]:
        """Write down that something stands here that is on no record, as it was read."""
        return self._scan(Scanned("unknown", text), "typed", 0)

    def go_to(self, place: PlaceId) -> Read:
        """Take another place in hand."""
        self._rack = place
        return self._read(self._places[place].name, "place")

    def put_right(self, weapon: WeaponId) -> tuple[Recorded, Read]:
        """Move a weapon's record to where it was seen; raises WeaponNotSeen, CustodyDisputed."""
        counting = self._stockpile.counting
        recorded, changed = counting.put_right(self.sheet, weapon, by=self._by)
        items = self.items(changed)
        item = next((one for one in items if one.key == weapon), None)
        return recorded, self._read("", "explained", item, items)

    def tell(self, type_: str, number: int) -> tuple[Recorded, Read]:
        """Write down how many stand in the rack in hand; an error is an answer like another."""
        assert self._rack is not None
        counting = self._stockpile.counting
        recorded = counting.quantity(self.sheet, self._rack, number, type_, by=self._by)
        return recorded, replace(self._read("", "explained"), numbers=self.numbers)

    def take_sheet(self, readings: Sequence[Reading]) -> tuple[Recorded, Read]:
        """Take in a sheet that was filled by hand; what is written already is left."""
        recorded, scans = self._stockpile.counting.scan_several(
            self.sheet, readings, by=self._by, how="paper", round_=self.round
        )
        lines = {line.weapon: line for scan in scans for line in scan.changed}
        strangers = map(self._stranger, self.sheet.strangers)
        changed = (*self.items(list(lines.values())), *strangers)
        return recorded, self._read(str(len(scans)), "sheet", None, changed)

    def learn(self, facts: Iterable[Fact]) -> Read:
        """Take in what others recorded."""
        changed = self._stockpile.counting.learn(self.sheet, facts)
        return self._read("", "explained", None, self.items(changed))

    def recount(self) -> int:
        """Begin the next round, of the differences only; return its number."""
        self.round = min(LAST_ROUND, self.round + 1)
        return self.round

    # --- in the back room -------------------------------------------------------------------

    def _take(self, scanned: Scanned, how: How, seen: Instant) -> tuple[Recorded, Read]:
        if scanned.kind == "place" and scanned.place is not None:
            if not self.sheet.scope.reaches(scanned.place):
                return NOTHING, self._read(scanned.text, "outside")
            return NOTHING, replace(self.go_to(scanned.place), text=scanned.text)
        if scanned.kind in _NO_WEAPONS:
            return NOTHING, self._read(scanned.text, _NO_WEAPONS[scanned.kind])
        if self._rack is None:
            return NOTHING, self._read(scanned.text, "no_place")
        if scanned.kind == "unknown" and how == "typed":
            # Fingers slip; a scanner does not: what was typed is written down when it is confirmed.
            return NOTHING, self._read(scanned.text, "unknown")
        return self._scan(scanned, how, seen)

    def _scan(self, scanned: Scanned, how: How, seen: Instant) -> tuple[Recorded, Read]:
        assert self._rack is not None
        recorded, scan = self._stockpile.counting.scan(
            self.sheet, scanned, self._rack, by=self._by, seen=seen, how=how, round_=self.round
        )
        return recorded, self._scanned(scan)

    def _scanned(self, scan: Scan) -> Read:
        scanned = scan.scanned
        if scan.outcome == "stranger":
            stranger = Item(
                f"?{scanned.text}", "stranger", scanned.text, seen=self._name(self._rack),
                expected=False,
            )  # fmt: skip
            return self._read(scanned.text, "stranger", stranger, (stranger,), again=scan.again)
        changed = self.items(scan.changed)
        item = next((one for one in changed if scan.line and one.key == scan.line.weapon), None)
        if item is None and scan.line is not None:
            (item,) = self.items([scan.line])
        said = self._read(scanned.text, scan.outcome, item, changed, again=scan.again)
        return replace(said, alarm=bool(scanned.alarm))

    def _read(
        self,
        text: str,
        came: Came,
        item: Item | None = None,
        changed: tuple[Item, ...] = (),
        *,
        again: bool = False,
        error: StockpileError | None = None,
    ) -> Read:
        now = self._stockpile.counting.clock.now()
        return Read(
            text, came, now, item, changed, self.sheet.tally, self.rack, again=again, error=error
        )  # fmt: skip

    def _item(self, line: Line, row: RegisterRow | None) -> Item:
        custody = line.custody
        named = (row.serial or row.mark or row.number) if row else line.weapon
        return Item(
            line.weapon, line.kind, named, row.model or row.make if row else "",
            self._name(line.place), ", ".join(map(self._name, line.seen)),
            custody.state if custody else "", self._holder(custody.holder if custody else None),
            custody.since if custody else 0, line.seen_at, line.why, line.twice, line.expected,
            line.recounted, (self._path(line.place), named),
        )  # fmt: skip

    def _stranger(self, one: Stranger) -> Item:
        return Item(
            f"?{one.read}", "stranger", one.read, seen=self._name(one.place), seen_at=one.at,
            expected=False,
        )  # fmt: skip

    def _only_place(self) -> PlaceId | None:
        """Return the one place of a count of one rack: its card need not be scanned."""
        place = (
            self._places.get(self.stocktake.opened.place) if self.stocktake.opened.place else None
        )
        return place.id if place and place.kind in _ONE_PLACE else None

    def _name(self, place: PlaceId | None) -> str:
        return self._names.get(place, place) if place else ""

    def _path(self, place: PlaceId | None) -> str:
        """Return the name of a place after those of what it lies in, without the site."""
        if place is None:
            return ""
        path = self.sheet.scope.ground.path(place)
        inner = [one for one in path if (known := self._places.get(one)) and known.kind != "site"]
        return " › ".join(map(self._name, reversed(inner))) or self._name(place)  # noqa: RUF001

    def _holder(self, holder: PersonId | None) -> str:
        if holder is None:
            return ""
        if holder not in self._holders:
            try:
                self._holders[holder] = self._stockpile.holders.one(holder).name
            except StockpileError:
                self._holders[holder] = ""
        return self._holders[holder]


def begin(stockpile: Stockpile, plan: Plan, by: SignedIn) -> tuple[Recorded, tuple[Bench, Opened]]:
    """Open a count by a plan, and take it in hand; raises what ``Counting.open`` raises."""
    recorded, stocktake = stockpile.counting.open(plan.request(by.id), by=by)
    return recorded, resume(stockpile, stocktake, by)


def resume(stockpile: Stockpile, stocktake: Stocktake, by: SignedIn) -> tuple[Bench, Opened]:
    """Take a count in hand, as the facts make it."""
    bench = Bench(stockpile, stocktake, by)
    return bench, bench.opened()


def weigh(stockpile: Stockpile, bench: Bench) -> Differences:
    """Return what a count comes to as it stands."""
    return _shown(bench, stockpile.counting.found(bench.sheet))


def close(
    stockpile: Stockpile, bench: Bench, by: SignedIn, witness: Second
) -> tuple[Recorded, Differences]:
    """Close a count with both signatures; raises what ``Counting.close`` raises."""
    counting = stockpile.counting
    recorded, found = counting.close(bench.stocktake, by=by, witness=witness)
    return recorded, replace(_shown(bench, found), stocktake=counting.one(bench.stocktake.id))


def look_at(stockpile: Stockpile, stocktake: Stocktake, by: SignedIn) -> Differences:
    """Return what a count came to when it was closed."""
    return weigh(stockpile, Bench(stockpile, stocktake, by))


def _shown(bench: Bench, found: Found) -> Differences:
    items = bench.items([one.line for one in found.differences if one.line is not None])
    return Differences(bench.stocktake, found, items, bench.place_names)
