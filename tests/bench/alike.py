"""What weapons that look alike cost a registry: depots with the same serials, or one for all.

    python -m tests.bench.alike [WEAPONS [FEWER]] [--sqlite]

A careless list that every depot of a country takes in, or a hostile node, makes any number of
possible duplicates. Counted is the registry's work from the bytes of a batch to its receipt,
without HTTP: facts by a second of processor, PostgreSQL's included, because the clock tells of
others who use the machine. What a fact costs stands beside it, against a fact about plain weapons
of the same run, in batches as large. First come depots whose weapons all differ; then the last of
so many depots that record the same weapons, each under ids of its own, and the last of so many that
write of them under the same ids, none having heard of another: all that is known of a weapon is
folded anew then, and a fact costs the more the more is known. Then comes one depot whose WEAPONS
all have the same serial, also FEWER of them in small batches, as a desk sends what it writes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from statistics import mean
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from stockpile.domain.facts import Mark, WeaponRegistered
from stockpile.domain.values import WeaponId
from stockpile.registry import cycles, intake
from tests.bench.country import Meter
from tests.helpers import countries
from tests.helpers.countries import ENTRIES_A_BATCH, Batch, Named, Registered
from tests.helpers.postgres import cluster
from tests.helpers.registries import Registry, open_registry

ALIKE: Final = (1, 2, 4, 8)
USUAL: Final = (5_000, 2_000)
_FEW: Final = 10


def as_next_door(depot: int, number: int) -> WeaponRegistered:
    """Return a registration that every depot writes alike, but for the place."""
    told = countries.registration(0, number)
    return WeaponRegistered(
        told.type, told.make, told.model, told.calibre, told.marks, place=countries.store_of(depot)
    )


def by_all(_depot: int, number: int) -> WeaponId:
    """Return the id under which every depot writes of a weapon of this number."""
    return countries.weapon_of(0, number)


def all_one(depot: int, _number: int) -> WeaponRegistered:
    """Return the registration of a weapon of which all that is known is a word on a list."""
    mark = Mark("serial", "NONE 1", is_identity=True)
    return WeaponRegistered(
        "RIF", "", "AKM", "7.62x39", (mark,), place=countries.store_of(depot)
    )  # fmt: skip


@dataclass
class Bench:
    """Registries of one server, or of a folder, and what a second of its processor is worth."""

    urls: Callable[[], str]
    spent: Callable[[Callable[[], object]], float]
    plain: float = 0.0

    def taking_in(self, registered: Registered, weapons: int, depots: int = 1,
                  entries: int = ENTRIES_A_BATCH, named: Named = countries.weapon_of,
                  ) -> Iterator[float]:  # fmt: skip
        """Take in depots one after the other, and give facts a second of each."""
        with registry_at(self.urls()) as registry:
            for depot in range(depots):
                made = countries.batches(depot, weapons, max(ALIKE) + 1, registered, entries, named)
                spent = self.spent(partial(_take, registry, depot, made))
                yield sum(one.facts for one in made) / spent

    def told(self, name: str, rate: float, *, is_plain: bool = False) -> None:
        """Print a rate and what a fact costs."""
        self.plain = rate if is_plain else self.plain
        print(f"{name:<50}{rate:>10,.0f}{self.plain / rate:>8.2f}", flush=True)

    def measure(self, weapons: int, fewer: int) -> None:
        """Measure each kind of likeness and print what it costs."""
        print(f"{'':<50}{'facts/s':>10}{'cost':>8}")
        plain = list(self.taking_in(countries.registration, weapons, max(ALIKE)))
        self.told(f"plain, {max(ALIKE)} depots of {weapons:,} weapons", mean(plain), is_plain=True)
        for at, rate in enumerate(self.taking_in(as_next_door, weapons, max(ALIKE)), 1):
            if at in ALIKE:
                self.told(f"the same serials, the last of {at} depots", rate)
        held = self.taking_in(as_next_door, weapons, max(ALIKE), named=by_all)
        for at, rate in enumerate(held, 1):
            if at in ALIKE:
                self.told(f"the same weapons, the last of {at} depots", rate)
        for many in (weapons // 4, weapons // 2, weapons):
            self.told(f"{many:,} weapons of one serial", *self.taking_in(all_one, many))
        few = f"{fewer:,} weapons, {_FEW} entries a batch"
        for name, kind in (("plain", countries.registration), ("of one serial", all_one)):
            (rate,) = self.taking_in(kind, fewer, entries=_FEW)
            self.told(f"{few}, {name}", rate, is_plain=name == "plain")


def _take(registry: Registry, depot: int, batches: Sequence[Batch]) -> None:
    keys, site = countries.keys_of(depot), countries.site_of(depot)
    registry.enrolment.enrol(keys.request(registry.enrolment.make_code(site, site), site))
    for one in batches:
        intake.take(registry.books, keys.node, one.squeezed)


@contextmanager
def registry_at(url: str) -> Iterator[Registry]:
    """Found a registry, and close it in the end."""
    registry = open_registry(url)
    try:
        yield registry
    finally:
        registry.database.close()


def main(words: Sequence[str]) -> None:
    """Measure over the database that was asked for."""
    given = [int(one) for one in words if one.isdigit()]
    cycles.search_rarely()
    if "--sqlite" in words:
        with TemporaryDirectory() as folder:
            names = count()
            Bench(lambda: f"{folder}/{next(names)}.db", _own_time).measure(
                *given, *USUAL[len(given) :]
            )
        return
    with cluster() as running:
        meter = Meter(running.folder)

        def spent(work: Callable[[], object]) -> float:
            meter.look()
            return meter.spent(work).worked

        Bench(running.new_database, spent).measure(*given, *USUAL[len(given) :])


def _own_time(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


if __name__ == "__main__":
    main(sys.argv[1:])
