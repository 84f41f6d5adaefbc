"""A country's registry as it grows: what taking in costs, what asking costs, what it weighs.

    python -m tests.bench.country [WEAPONS] [WEAPONS_A_DEPOT]

PostgreSQL with settings that keep what it promised. Batches are made beforehand in a process of
their own; counted is the registry's work from the bytes of a batch to its receipt, without HTTP.
After each hundred thousand weapons: facts a second of that portion, milliseconds of each question
(half of them, 99 of 100), bytes of each table and index. On a machine that others use as well the
clock tells of them, too: so processor time stands beside it, of this process and of all of
PostgreSQL's, its cleaning up included.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final

from sqlalchemy import Connection, text

from stockpile.registry import (
    cycles,
    finding,
    intake,
    movements,
    nodes_heard,
    settling,
    statistics,
)
from stockpile.registry.dossiers import dossier
from stockpile.registry.filters import Filters
from tests.helpers import countries
from tests.helpers.countries import FACTS_A_WEAPON, Batch
from tests.helpers.postgres import cluster
from tests.helpers.registries import Registry, open_registry

PORTION: Final = 100_000
ASKED: Final = 60
"""Times that each question is asked: so few that "99 of 100" is nearly the slowest of them."""
KEPT: Final = (
    "shared_buffers=2GB", "effective_cache_size=6GB", "work_mem=32MB", "max_wal_size=8GB",
    "wal_compression=on", "random_page_cost=1.1", "max_connections=40", "listen_addresses=''",
    "maintenance_work_mem=256MB",
)  # fmt: skip
_SIZES: Final = text(
    "SELECT relname, relkind, pg_relation_size(oid) AS bytes, reltuples::bigint AS rows "
    "FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
)
_A_PART: Final = re.compile(r"^ev_\d+")
_TODAY: Final = "2026-11-28"

Question = Callable[[Connection], object]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and by the processor."""

    clock: float
    worked: float


@dataclass(slots=True)
class Meter:
    """Processor time of this process and of a server's processes."""

    folder: Path
    processes: list[Path] = field(default_factory=list)

    def look(self) -> None:
        """Find the server's processes."""
        first = (self.folder / "data/postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        self.processes = [Path(f"/proc/{one}/schedstat") for one in (first, *children)]

    def spent(self, work: Callable[[], object]) -> Spent:
        """Do some work and return what it took."""
        worked, begun = self._worked(), time.perf_counter()
        work()
        clock = time.perf_counter() - begun
        return Spent(clock, self._worked() - worked)

    def _worked(self) -> float:
        ran = (one.read_text() for one in self.processes if one.exists())
        return time.process_time() + sum(int(one.split()[0]) for one in ran) / 1e9


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of a kind of work: half took no longer, 99 of 100 took no longer; processor."""

    half: float
    most: float
    worked: float

    @classmethod
    def of(cls, spent: list[Spent]) -> Took:
        cuts = quantiles([one.clock for one in spent], n=100, method="inclusive")
        worked = sum(one.worked for one in spent) / len(spent)
        return cls(cuts[49] * 1000, cuts[98] * 1000, worked * 1000)

    def __str__(self) -> str:
        return f"{self.half:>9.1f}{self.most:>9.1f}{self.worked:>11.2f}"


@dataclass
class Country:
    """A registry that is being filled, depot by depot."""

    registry: Registry
    meter: Meter
    a_depot: int
    depots: int
    filled: int = 0

    @property
    def weapons(self) -> int:
        return self.filled * self.a_depot

    def enrol(self, depot: int) -> None:
        """Enrol a depot's node, which is told of its own site."""
        site = countries.site_of(depot)
        code = self.registry.enrolment.make_code(site, site)
        self.registry.enrolment.enrol(countries.keys_of(depot).request(code, site))

    def take(self, batches: list[Batch]) -> list[Spent]:
        """Take in the next depot's chain; return what each batch took."""
        node, books = countries.keys_of(self.filled).node, self.registry.books
        self.meter.look()
        took = [
            self.meter.spent(partial(intake.take, books, node, batch.squeezed)) for batch in batches
        ]
        self.filled += 1
        return took

    def some_weapon(self, draw: random.Random) -> tuple[int, int]:
        """Return the depot and the number of one of those on record."""
        return draw.randrange(self.filled), draw.randrange(self.a_depot)


def questions(country: Country, draw: random.Random) -> Iterator[tuple[str, Question]]:
    """Give each kind of question, and one of it."""
    depot, number = country.some_weapon(draw)
    serial, site = countries.serial_of(depot, number), countries.site_of(depot)
    weapon, node = countries.weapon_of(depot, number), countries.keys_of(depot).node
    drawn = depot * country.a_depot + number + 1

    def sought(said: str, *, wide: bool = False, **only: str) -> Question:
        return lambda one: finding.search(one, said, Filters.of(only), wide=wide)

    def listed(after: str = "", **only: str) -> Question:
        return lambda one: finding.listed(one, Filters.of(only), after, 50)

    yield "exact mark (serial)", sought(serial)
    yield "exact mark (number we marked)", sought(f"UG 26 {drawn:07}")
    yield "same looks (O for 0)", sought(serial.replace("0", "O").lower())
    yield "part of a mark", sought(serial[1:6])
    yield "part, by pattern", sought(f"{serial[:2]}??{serial[4:]}")
    yield "part, short (3 letters)", sought(serial[1:4])
    yield "likeness (one wrong)", sought(serial[:3] + "7" + serial[4:] + "1")
    yield "all ways (wide)", sought(serial, wide=True)
    yield "words (a model)", sought("AKM")
    yield "nothing of it", sought("ZZQ 9918 X")
    yield "part within a site", sought(serial[1:6], site=site)
    yield "list, no filter", listed(weapon)
    yield "list, a site", listed(site=site)
    yield "list, site and model", listed(site=site, model="PKM")
    yield "list, model and lost", listed(model="FAL", status="lost")
    yield "list, marked in a month", listed(marked_in="2026-03", held="1")
    yield "list, site not counted since", listed(site=site, counted_before="2026-01", held="1")
    yield "list, rare: type, none such", listed(type="SHG", bears="0")
    yield "dossier", lambda one: dossier(one, weapon)
    yield "conflict list", settling.room
    yield "conflict counts", settling.counts
    yield "conflict list, a site", lambda one: settling.room(one, site=site)
    yield "nodes", lambda one: nodes_heard.heard(one, country.registry.books.key.node)
    yield "a node", lambda one: nodes_heard.heard_of(one, node)
    yield "losses", lambda one: movements.losses(one, None, 50)
    yield "hot list page", lambda one: movements.hot(one, "", 50)
    yield "transfers overdue", lambda one: movements.transfers(one, "overdue", _TODAY, None, 50)
    yield "statistics, country", lambda one: figures(one, "")
    yield "statistics, a site", lambda one: figures(one, site)


def figures(connection: Connection, site: str) -> None:
    """Read what the page of statistics shows."""
    statistics.held(connection, site)
    for facet in sorted(statistics._KEPT):
        statistics.figures(connection, facet, site)
    statistics.by_site(connection)
    statistics.calibre_words(
        connection, [one.value for one in statistics.figures(connection, "calibre", site)]
    )


def asked(country: Country, seed: int, times: int = ASKED) -> dict[str, Took]:
    """Ask every kind of question so many times, of other weapons each time."""
    draw, books = random.Random(seed), country.registry.books
    took: dict[str, list[Spent]] = {}

    def answered(question: Question) -> None:
        with books.reading() as connection:
            question(connection)

    country.meter.look()
    for _ in range(times):
        kinds = [(name, partial(answered, one)) for name, one in questions(country, draw)]
        for name, work in (*kinds, *fed(country, draw)):
            took.setdefault(name, []).append(country.meter.spent(work))
    return {name: Took.of(spent) for name, spent in took.items()}


def fed(country: Country, draw: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give what a depot's node asks: its feed from the start, after a cursor, at its end."""
    books, depot = country.registry.books, draw.randrange(country.filled)
    node = countries.keys_of(depot).node
    first = books.feed(node, 0, 500, 64 << 10, "")
    token, end = first.scope, first.end
    yield "feed, first page of 64 KB", lambda: books.feed(node, 0, 500, 64 << 10, token)
    at = draw.randrange(max(end - 20, 1))
    yield "feed, 64 KB after a cursor", lambda: books.feed(node, at, 500, 64 << 10, token)
    yield "feed, nothing new", lambda: books.feed(node, end, 500, 64 << 10, token)
    yield "tip", lambda: books.tip(node)
    yield "hot list, the newest", lambda: books.hot_list(0)


def sizes(country: Country) -> dict[str, tuple[int, int]]:
    """Return bytes and rows of each table and index, the parts of one as one."""
    found: dict[str, tuple[int, int]] = {}
    with country.registry.books.reading() as connection:
        for row in connection.execute(_SIZES):
            name = _A_PART.sub("ev", row.relname)
            bytes_, rows = found.get(name, (0, 0))
            found[name] = bytes_ + row.bytes, rows + max(row.rows, 0)
    return found


def made(depots: int, a_depot: int) -> Iterator[list[Batch]]:
    """Give the depots' chains, made a few ahead in another process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        waiting = [
            pool.apply_async(countries.batches, (one, a_depot, depots))
            for one in range(min(3, depots))
        ]
        for depot in range(depots):
            yield waiting.pop(0).get()
            following = depot + 3
            if following < depots:
                waiting.append(pool.apply_async(countries.batches, (following, a_depot, depots)))


def told(country: Country, facts: int, spent: list[Spent], answers: dict[str, Took]) -> None:
    """Print what a portion cost, and what the whole of it costs now."""
    clock, worked = sum(one.clock for one in spent), sum(one.worked for one in spent)
    took = Took.of(spent)
    print(
        f"\n=== {country.weapons:,} weapons, {country.weapons * FACTS_A_WEAPON:,} facts: "
        f"{facts:,} taken in at {facts / clock:,.0f} facts/s by the clock, "
        f"{facts / worked:,.0f} facts by a second of processor "
        f"(batch p50 {took.half:.0f} ms, p99 {took.most:.0f} ms)"
    )
    print(f"{'milliseconds':<30}{'p50':>9}{'p99':>9}{'processor':>11}")
    for name, one in answers.items():
        print(f"{name:<30}{one}")
    held = sizes(country)
    total = sum(bytes_ for bytes_, _rows in held.values())
    print(f"--- on disk {total / 1e6:,.0f} MB, {total / country.weapons:,.0f} bytes a weapon")
    for name, (bytes_, rows) in sorted(held.items(), key=lambda one: -one[1][0]):
        if bytes_ > total / 200:
            print(f"{name:<30}{bytes_ / 1e6:>9,.1f} MB{rows:>12,} rows")
    sys.stdout.flush()


def main(weapons: int, a_depot: int) -> None:
    """Fill and measure."""
    depots = max(weapons // a_depot, 1)
    cycles.search_rarely()
    with cluster(KEPT) as running:
        registry = open_registry(running.new_database())
        country = Country(registry, Meter(running.folder), a_depot, depots)
        for depot in range(depots):
            country.enrol(depot)
        facts, spent = 0, []
        for batches in made(depots, a_depot):
            spent += country.take(batches)
            facts += sum(one.facts for one in batches)
            if country.weapons % PORTION == 0 or country.filled == depots:
                told(country, facts, spent, asked(country, country.filled))
                facts, spent = 0, []
        registry.database.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*given, *(100_000, 10_000)[len(given) :])
