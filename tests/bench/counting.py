"""A count of thousands: scans a second, closing with all differences, going on after a stop.

    python -m tests.bench.counting [WEAPONS] [RACKS] [MOVES]

Everything goes through the services, on real, encrypted books. Scans are measured against the bare
durable write of the same number of facts, one an act; the close and the way back against the bare
reading of the same weapons. Of the weapons some are taken away without a word, some stand in the
wrong rack, and some move while the count goes on; only the first two may come out as differences.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.facts import Draft, WeaponInspected
from stockpile.domain.opening_counts import Request
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.ports import RegisterFilter
from tests.helpers.house import House, build_house

WEAPONS, RACKS, MOVES = 5_000, 60, 300
SCANS_A_SECOND = 20
STOLEN, ASTRAY = 5, 7
Done = TypeVar("Done")
Racked = dict[PlaceId, list[tuple[WeaponId, str]]]


def timed(work: Callable[[], Done]) -> tuple[float, Done]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def stocked(house: House, count: int, racks: int) -> Racked:
    """Put weapons on record, so many in each rack, and return them rack by rack."""
    stockpile, by = house.stockpile, house.officer
    site, found = stockpile.people.site(), {}
    for number in range(racks):
        _, rack = stockpile.places.open(f"Rack {number}", "rack", site, f"R{number:03}", by=by)
        serials = [f"KB{one:06}" for one in range(number, count, racks)]
        said = [Description(serial=one, type="ASR", make="Izhmash", model="AKM") for one in serials]
        _, ids = stockpile.receiving.register_several(said, rack.id, by=by)
        found[rack.id] = list(zip(ids, serials, strict=True))
    return found


class Floor:
    """Where the weapons really are, and the hands that move and scan them."""

    def __init__(self, house: House, racked: Racked, moves: int) -> None:
        self.house, self.chance = house, Random(1)
        self.racks = list(racked)
        self.serials = {weapon: serial for some in racked.values() for weapon, serial in some}
        self.truth: dict[WeaponId, PlaceId | None] = {
            weapon: rack for rack, some in racked.items() for weapon, _ in some
        }
        names = self.chance.sample(list(self.truth), STOLEN + ASTRAY + moves)
        for weapon in names[:STOLEN]:
            self.truth[weapon] = None
        for weapon in names[STOLEN : STOLEN + ASTRAY]:
            others = [rack for rack in self.racks if rack != self.truth[weapon]]
            self.truth[weapon] = self.chance.choice(others)
        self.moving = names[STOLEN + ASTRAY :]
        self.step = max(1, len(self.truth) // (moves + 1))
        self.times: list[float] = []
        self.written = 0

    def count(self, sheet: CountSheet) -> None:
        """Count rack by rack what really is there; now and then something is moved."""
        for rack in self.racks:
            for weapon in [one for one, place in self.truth.items() if place == rack]:
                if self.truth[weapon] == rack:
                    self.scan(sheet, weapon, rack)
                if self.moving and len(self.times) % self.step == 0:
                    self.move(self.moving.pop())

    def scan(self, sheet: CountSheet, weapon: WeaponId, rack: PlaceId) -> None:
        """Pull the trigger once, and measure until it is durable and judged."""
        counting, by = self.house.stockpile.counting, self.house.officer
        start = time.perf_counter()
        scanned = counting.read(sheet, self.serials[weapon], rack)
        recorded, _ = counting.scan(sheet, scanned, rack, by=by)
        self.times.append(time.perf_counter() - start)
        self.written += len(recorded.facts)

    def move(self, weapon: WeaponId) -> None:
        """Move a weapon, and say so."""
        to = self.chance.choice([rack for rack in self.racks if rack != self.truth[weapon]])
        self.house.stockpile.receiving.move((weapon,), to, by=self.house.officer)
        self.truth[weapon] = to


def main(count: int, racks: int, moves: int) -> None:
    """Count, and print what it took."""
    with TemporaryDirectory() as folder:
        house = build_house(Path(folder) / "home")
        stockpile, by = house.stockpile, house.officer
        stockpile.people.appoint("B. Okot", ("storekeeper",), "1357", by=by)
        second = stockpile.people.sign_in("B. Okot", "1357")
        floor = Floor(house, stocked(house, count, racks), moves)
        print(f"{count} weapons in {racks} racks, {moves} moves meanwhile; {os.cpu_count()} cores")
        _, stocktake = stockpile.counting.open(Request(counters=(by.id, second.id)), by=by)
        sheet = stockpile.counting.sheet(stocktake)
        floor.count(sheet)
        report_scans(floor.times, floor.written)
        ids = tuple(floor.truth)
        bare = bare_writes(house, ids[:1_000])
        scan = sum(floor.times) / len(floor.times)
        print(f"bare durable write of one fact: {bare * 1000:.2f} ms; a scan takes "
              f"{scan / bare:.1f} times as long")  # fmt: skip
        reading, _ = timed(lambda: (stockpile.books.weapons(ids), paged(house)))
        resumed, again = timed(lambda: stockpile.counting.sheet(stocktake))
        spent, (_, found) = timed(
            lambda: stockpile.counting.close(stocktake, by=by, witness=second)
        )
        stockpile.counting.learn(sheet, stockpile.books.since(stocktake.opened.horizon))
        assert again.lines == sheet.lines
        kinds = Counter(one.kind for one in found.differences)
        assert kinds == {"missing": STOLEN, "misplaced": ASTRAY}, kinds
        print(f"going on after a stop: {resumed * 1000:.0f} ms")
        print(f"close: {spent * 1000:.0f} ms for {len(found.lines)} lines, {found.tally.explained} "
              f"explained, and all {len(found.differences)} differences at once")  # fmt: skip
        print(f"bare reading of the same weapons: {reading * 1000:.0f} ms; going on takes "
              f"{resumed / reading:.1f}, closing {spent / reading:.1f} times as long")  # fmt: skip
        stockpile.close()


def report_scans(times: list[float], written: int) -> None:
    cuts = quantiles(times, n=100)
    late = sum(one > 1 / SCANS_A_SECOND for one in times)
    assert written == len(times)
    print(f"{len(times)} scans, none lost: {len(times) / sum(times):.0f} a second; "
          f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms, "
          f"longest {max(times) * 1000:.0f} ms, {late} later than the next scan")  # fmt: skip


def bare_writes(house: House, ids: tuple[WeaponId, ...]) -> float:
    """Return the seconds that one fact of one act takes, durable and folded."""
    books = house.stockpile.books
    drafts = [Draft(one, WeaponInspected("serviceable")) for one in ids]
    spent, _ = timed(lambda: [books.record([one], by=None) for one in drafts])
    return spent / len(drafts)


def paged(house: House) -> int:
    """Read all lines of the register, a page at a time."""
    register, among = house.stockpile.register, RegisterFilter()
    pages = range(-(-register.count(among) // 1_000))
    return sum(len(register.page("recorded", page, 1_000, among)) for page in pages)


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *(WEAPONS, RACKS, MOVES)[len(sys.argv) - 1 :])))
