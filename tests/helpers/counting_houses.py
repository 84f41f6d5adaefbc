"""A whole stockpile with a store of two racks, two officers, and weapons to count."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from stockpile.app import open_home
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.facts import Body, Draft, Fact
from stockpile.domain.opening_counts import Request, Stocktake
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.counting import Scan
from stockpile.services.people import Founding, SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from tests.helpers.house import PASSPHRASE, PIN, build_house
from tests.helpers.officers import by_both

NOWHERE = PlaceId("")


@dataclass
class CountingHouse:
    """KB0 to KB2 stand in rack one, KB3 to KB5 in rack two, GONE and two TWINs elsewhere."""

    stockpile: Stockpile
    officer: SignedIn
    second: SignedIn
    weapons: dict[str, WeaponId] = field(default_factory=dict)
    store: PlaceId = NOWHERE
    one: PlaceId = NOWHERE
    two: PlaceId = NOWHERE
    elsewhere: PlaceId = NOWHERE

    def stock(self) -> None:
        site = self.stockpile.people.site()
        self.store = self.place("Store", "room", site)
        self.one = self.place("Rack 1", "rack", self.store, "R1")
        self.two = self.place("Rack 2", "rack", self.store, "R2")
        self.elsewhere = self.place("Workshop", "room", site)
        for place, serials in (
            (self.one, ("KB0", "KB1", "KB2")), (self.two, ("KB3", "KB4", "KB5")),
            (self.elsewhere, ("GONE", "TWIN", "TWIN")),
        ):  # fmt: skip
            said = [Description(serial=one, type="ASR", model="AKM") for one in serials]
            _, ids = self.stockpile.receiving.register_several(said, place, by=self.officer)
            self.weapons |= dict(zip(serials, ids, strict=True))

    def place(self, name: str, kind: str, within: PlaceId, code: str = "") -> PlaceId:
        return self.stockpile.places.open(name, kind, within, code, by=self.officer)[1].id

    def opened(self, place: PlaceId | None = None, **said: object) -> Stocktake:
        """Open a count of the store with both officers."""
        counters = (self.officer.id, self.second.id)
        request = Request(place or self.store, counters=counters, **said)  # type: ignore[arg-type]
        return self.stockpile.counting.open(request, by=self.officer)[1]

    def sheet(self, place: PlaceId | None = None) -> CountSheet:
        """Return the sheet of the count that is open, opened now where there is none."""
        open_ones = self.stockpile.counting.open_ones()
        count = open_ones[0] if open_ones and place is None else self.opened(place)
        return self.stockpile.counting.sheet(count)

    def scan(self, sheet: CountSheet, text: str, place: PlaceId, round_: int = 1) -> Scan:
        """Scan a code at a place."""
        counting = self.stockpile.counting
        scanned = counting.read(sheet, text, place)
        return counting.scan(sheet, scanned, place, by=self.officer, round_=round_)[1]

    def record(self, weapon: WeaponId, body: Body) -> Recorded:
        """Write an act of custody down, as the desk beside this one does."""
        heads = self.stockpile.books.weapon(weapon).heads.custody
        return self.by_two([Draft(weapon, body, heads)])

    def by_two(self, drafts: Sequence[Draft]) -> Recorded:
        """Record what the first officer does and the second confirms."""
        return by_both(self.stockpile.books, self.officer, self.second, drafts)


@contextmanager
def counting_house(
    home: Path, site: str = "KLA", *, stocked: bool = True
) -> Iterator[CountingHouse]:
    """A house for the length of a test; a stocked one is a copy of one that was filled once."""
    if stocked:
        one = _signed_in(open_home(filled_home(home), PASSPHRASE))
        one = replace(_filled()[1], stockpile=one.stockpile, officer=one.officer, second=one.second)
    else:
        one = _founded(home, site)
    try:
        yield one
    finally:
        one.stockpile.close()


def filled_home(home: Path) -> Path:
    """Put a copy of the stocked house, closed, into a folder."""
    shutil.copytree(_filled()[0], home)
    return home


def _founded(home: Path, site: str) -> CountingHouse:
    house = build_house(home, Founding("UG", site, f"Depot {site}", "A. Mbuyi", PIN))
    house.stockpile.people.appoint("B. Okot", ("storekeeper",), "1357", by=house.officer)
    return _signed_in(house.stockpile)


def _signed_in(stockpile: Stockpile) -> CountingHouse:
    people = stockpile.people
    officers = people.sign_in("A. Mbuyi", PIN), people.sign_in("B. Okot", "1357")
    return CountingHouse(stockpile, *officers)


_FOLDERS: list[TemporaryDirectory[str]] = []
"""Kept to the end of the run, when they remove themselves."""


@cache
def _filled() -> tuple[Path, CountingHouse]:
    _FOLDERS.append(TemporaryDirectory())
    home = Path(_FOLDERS[0].name) / "home"
    house = _founded(home, "KLA")
    house.stock()
    house.stockpile.close()
    return home, house


def exchange(giver: CountingHouse, taker: CountingHouse) -> Sequence[Fact]:
    """Hand all entries of one house to another; return the facts that were new there."""
    node, books = giver.stockpile.keys.node, taker.stockpile.books
    books.trust(node, giver.stockpile.keys.public_key)
    held = dict(books.tips())[node].number
    return books.receive(giver.stockpile.books.entries(node, held, 10_000)).facts
