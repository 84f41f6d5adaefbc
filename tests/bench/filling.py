"""How fast a new node of a depot is filled by a registry that holds many; run by hand.

    python -m tests.bench.filling [DEPOTS] [WEAPONS_A_DEPOT] [WEAPONS_ON_THEIR_WAY]

Each weapon is registered and moved once; from every other depot some are sent to the one that is
filled. Counted are what travels, every proof, the ledger and the register of the new node, on an
empty line. The registry keeps SQLite, its server is in this process.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import wire
from stockpile.registry import intake
from stockpile.services.exchange import Exchanging
from tests.helpers.registries import Registry, answering, open_registry
from tests.helpers.scoped import a_dispatch, a_place
from tests.helpers.sites import CountingChance, Site, a_move, a_weapon, open_site
from tests.helpers.talks import Talk

AN_ENTRY = 10


def a_depot(registry: Registry, depot: int, weapons: int, leaving: int) -> int:
    """Fill a depot's chain and send it; return the number of its facts."""
    site = Site()
    registry.enrol(site, f"Depot {depot}")
    site.found_with_officers()
    site.write(a_place(f"p{depot}", f"Depot {depot}"))
    for first in range(0, weapons, AN_ENTRY):
        names = [f"{depot}-{one}" for one in range(first, min(first + AN_ENTRY, weapons))]
        site.write(*map(a_weapon, names))
        heads = [fact.hash for fact in site.facts[-len(names) :]]
        site.write(
            *(a_move(name, f"p{depot}", head) for name, head in zip(names, heads, strict=True))
        )
    for one in range(leaving if depot else 0):
        site.by_two(a_dispatch(f"{depot}-{one}", "p0"))
    for first in range(0, len(site.entries), 200):
        batch = site.entries[first : first + 200]
        intake.take(registry.books, site.node, wire.squeeze(wire.pack(batch)))
    return len(site.facts)


def filled(registry: Registry, folder: Path) -> tuple[float, int, int]:
    """Fill a new node; return seconds, facts taken and pages read."""
    pages: list[int] = []
    with answering(registry.books) as url:
        node = open_site(folder)
        links = HttpRegistryLinks(node.keys, node.clock, CountingChance())
        talk = Talk(Exchanging(node.books, node.keys, links, node.clock))
        talk.enrol(url, registry.enrolment.make_code("New", "Depot 0"), "New")
        begun = time.perf_counter()
        done = talk.sync(progress=lambda at, _total: pages.append(at))
        took = time.perf_counter() - begun
        assert done.trouble is None, done.trouble
        node.close()
    return took, done.taken, len(pages)


def main(depots: int, weapons: int, leaving: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        registry = open_registry(str(Path(folder) / "registry.db"))
        begun = time.perf_counter()
        facts = sum(a_depot(registry, depot, weapons, leaving) for depot in range(depots))
        took = time.perf_counter() - begun
        print(f"registry: {facts:,} facts of {depots * weapons:,} weapons in {took:.0f} s")
        took, taken, pages = filled(registry, Path(folder) / "node")
        print(f"node: {taken:,} facts in {took:.1f} s, {taken / took:,.0f} facts/s, {pages} pages")
        registry.database.close()


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    main(*asked, *(5, 10_000, 100)[len(asked) :])
