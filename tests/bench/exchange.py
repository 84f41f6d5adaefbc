"""How fast a chain is pushed to a registry, against a raw COPY of the same rows; run by hand.

    python -m tests.bench.exchange [FACTS]

The server is a process of its own, the client reads memory: counted are squeezing, HTTP, every
check, the ledger, the register and the log, durable before the receipt. The limit is COPY of ready
rows into the same table with the same indexes, on the same PostgreSQL, in the same run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import codec, wire
from stockpile.registry import register
from stockpile.registry.database import Database, fill, make_room
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.opening import opened_books
from stockpile.registry.tables import EV
from tests.helpers.postgres import cluster
from tests.helpers.registries import own_process
from tests.helpers.sites import Site, a_move, a_weapon

BATCH = 5_000
FACTS_A_WEAPON = 10
WEAPONS_AN_ENTRY = 1


def a_history(facts: int) -> Site:
    """A site whose weapons are registered and then moved nine times, ten facts an entry."""
    site = Site()
    site.found()
    for number in range(facts // FACTS_A_WEAPON):
        drafts = [a_weapon(f"w{number:07}")]
        before = None
        for move in range(FACTS_A_WEAPON - 1):
            before = before or _hash_of(site, drafts[0])
            draft = a_move(f"w{number:07}", f"place-{move}", before)
            before = _hash_of(site, draft, len(drafts))
            drafts.append(draft)
        site.write(*drafts)
    return site


def _hash_of(site: Site, draft: object, later: int = 0) -> str:
    seq = site.tip.seq + 1 + later
    stamp = codec.Stamp(site.node, seq, seq, 1_790_000_000_000 + seq, 0, None)
    return codec.encode(draft, stamp).fact.hash


def pushed(url: str, site: Site) -> tuple[float, int]:
    """Push everything; return the seconds and the bytes that travelled."""
    with opened_books(url) as books:
        code = Enrolment(books).make_code("bench")
    entries, travelled = site.entries, 0
    with own_process(url) as (_running, address):
        link = HttpRegistryLinks(site.keys, SystemClock(), SystemChance()).open(address, None)
        link.hello()
        link.enrol(site.keys.request(code))
        begun = time.perf_counter()
        for batch in _batches(entries):
            link.push(site.node, batch)
        took = time.perf_counter() - begun
        link.close()
    for batch in _batches(entries):
        travelled += len(wire.squeeze(wire.pack(batch)))
    return took, travelled


def _batches(entries):
    a_batch = BATCH // FACTS_A_WEAPON
    for first in range(0, len(entries), a_batch):
        yield entries[first : first + a_batch]


def copied(url: str, site: Site) -> float:
    """Return the seconds of a raw COPY of the facts alone."""
    database = Database(url)
    make_room(database)
    rows = [
        {"pos": 1 + number // FACTS_A_WEAPON, "seq": fact.seq, "node": 1,
         "kind": codec.kind_of(fact.body), "subj": register.key_of(fact.subject), "payload": raw}
        for number, (fact, raw) in enumerate(
            zip(site.facts, (raw for one in site.entries for raw in one.facts), strict=True)
        )
    ]  # fmt: skip
    begun = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        with database.writing() as connection:
            connection.execute(text("SET LOCAL synchronous_commit = on"))
            fill(connection, EV, rows[first : first + BATCH])
    took = time.perf_counter() - begun
    database.close()
    return took


def main(facts: int) -> None:
    """Measure and print."""
    site = a_history(facts)
    count = len(site.facts)
    with cluster() as running, tempfile.TemporaryDirectory() as folder:
        limit = count / copied(running.new_database(), site)
        print(f"{'raw COPY, PostgreSQL':<24}{limit:>10,.0f} facts/s")
        for name, url in (
            ("push, PostgreSQL", running.new_database()),
            ("push, SQLite", str(Path(folder) / "registry.db")),
        ):
            took, travelled = pushed(url, site)
            rate = count / took
            share = rate / limit
            print(
                f"{name:<24}{rate:>10,.0f} facts/s  {share:.3f} of COPY  "
                f"{travelled / count:.0f} bytes/fact"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
