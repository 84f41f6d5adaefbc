"""How fast a node's history reaches a registry, beside PouchDB, Anki and a raw COPY; run by hand.

    python -m tests.bench.exchange [FACTS] [ROUNDS] [FACTS_AN_ENTRY ...]

The node is the program's own session over its real books, encrypted and signed. The server stands
behind HTTP on loopback as a country would run it: two processes on PostgreSQL, one over a file of
SQLite, which lets one write; both processes answer before the time begins. Its database waits for
the disk. Counted are reading,
squeezing, HTTP, every check and signature, ledger, register, lists and log, durable before the
receipt, and the whole talk from hello to feed. The limit is binary COPY of the same facts as ready
rows into the same table with the same indexes. Peers get the same facts as documents; where they
are is told in ``tests/bench/peers``. Everybody takes turns in each round, and the best round of
each counts: what else a machine does disturbs all alike.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import codec
from stockpile.domain.ledger import Entry
from stockpile.registry import register
from stockpile.registry.database import Database
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.opening import opened_books
from stockpile.registry.tables import EV
from stockpile.services.exchange import Exchanging
from tests.bench import peers
from tests.bench.exchange_history import a_depot
from tests.helpers.postgres import Cluster, cluster
from tests.helpers.registries import own_process, wait_for_two
from tests.helpers.sites import Booked
from tests.helpers.talks import Talk

COPIED_AT_ONCE = 5_000
PROCESSES = 2
DURABLE = ("listen_addresses=''", "shared_buffers=256MB", "max_wal_size=2GB")
TYPES = {"pos": "int8", "seq": "int8", "node": "int4", "kind": "text", "subj": "text",
         "payload": "bytea"}  # fmt: skip


@dataclass
class Result:
    """The best of several rounds: facts a second, and bytes a fact that went up."""

    rate: float = 0.0
    up: float = 0.0

    def take(self, facts: int, pushed: peers.Pushed) -> None:
        self.rate = max(self.rate, facts / pushed.seconds)
        self.up = pushed.up / facts if pushed.up else self.up


def pushed(node: Booked, url: str, *, count: bool = False) -> peers.Pushed:
    """Let the node talk to a registry that never heard of it."""
    with opened_books(url, founds=True) as books:
        code = Enrolment(books).make_code("bench")
    with _served(url) as address, _counting(address, count=count) as (at, bytes_of):
        links = HttpRegistryLinks(node.keys, SystemClock(), SystemChance())
        talk = Talk(Exchanging(node.books, node.keys, links, node.clock))
        talk.enrol(at, code, "bench")
        begun = perf_counter()
        done = talk.sync(at)
        took = perf_counter() - begun
    assert done.trouble is None, done.trouble
    assert done.sent >= sum(len(one.facts) for one in history(node)), done
    return peers.Pushed(took, bytes_of["up"])


@contextmanager
def _served(url: str) -> Iterator[str]:
    """Run a registry and give its address, once all of its processes answer."""
    if not url.startswith("postgresql"):
        with own_process(url, anew=True) as (_running, address):
            yield address
        return
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        many = ("--workers", str(PROCESSES))
        with own_process(url, "127.0.0.1:0", *many, log=log, anew=True) as (_running, address):
            wait_for_two(address, log)
            yield address


@contextmanager
def _counting(address: str, *, count: bool) -> Iterator:
    if not count:
        yield address, defaultdict(int)
        return
    with peers.counted(int(address.rpartition(":")[2])) as (port, bytes_of):
        yield f"http://127.0.0.1:{port}", bytes_of


def copied(url: str, facts: list[bytes]) -> peers.Pushed:
    """COPY the facts alone, as ready rows, durable every so many."""
    Database(url).close()
    known = map(codec.decode, facts)
    rows = [
        (1 + fact.seq // 10, fact.seq, 1, codec.kind_of(fact.body), register.key_of(fact.subject),
         raw)
        for fact, raw in zip(known, facts, strict=True)
    ]  # fmt: skip
    said = f"COPY {EV.name} ({', '.join(TYPES)}) FROM STDIN (FORMAT BINARY)"
    with psycopg.connect(url) as connection:
        begun = perf_counter()
        for first in range(0, len(rows), COPIED_AT_ONCE):
            with connection.cursor() as cursor, cursor.copy(said) as copy:
                copy.set_types(list(TYPES.values()))
                for row in rows[first : first + COPIED_AT_ONCE]:
                    copy.write_row(row)
            connection.commit()
        return peers.Pushed(perf_counter() - begun)


def history(node: Booked) -> tuple[Entry, ...]:
    return node.books.entries(node.keys.node, 0, 1 << 40)


def documents(facts: list[bytes]) -> list[bytes]:
    """The facts as documents that have a name."""
    return [b'{"_id":"%d",' % number + raw[1:] for number, raw in enumerate(facts)]


def a_round(
    node: Booked, running: Cluster, folder: Path, found: dict[str, Result], *, count: bool
) -> None:
    """Let everybody push once; in the round that counts bytes, nobody's time is taken."""
    facts = list(chain.from_iterable(one.facts for one in history(node)))
    own_file = str(folder / f"{len(list(folder.iterdir()))}.db")
    tries = {
        "raw COPY, PostgreSQL": lambda: None if count else copied(running.new_database(), facts),
        "PouchDB to express-pouchdb": lambda: peers.pouch(documents(facts), count=count),
        "Anki to its sync server": lambda: peers.anki(documents(facts), count=count),
        "ours to PostgreSQL": lambda: pushed(node, running.new_database(), count=count),
        "ours to SQLite": lambda: pushed(node, own_file, count=count),
    }
    for name, one in tries.items():
        took = one()
        if took is not None and count:
            found[name].up = took.up / len(facts)
        elif took is not None:
            found[name].take(len(facts), took)


def main(facts: int, rounds: int, sizes: list[int]) -> None:
    """Measure and print."""
    for an_entry in sizes:
        with cluster(DURABLE) as running, TemporaryDirectory() as home:
            node = a_depot(Path(home) / "node", facts, an_entry)
            found: dict[str, Result] = defaultdict(Result)
            served = Path(home) / "registries"
            served.mkdir()
            for number in range(rounds + 1):
                a_round(node, running, served, found, count=number == rounds)
            node.close()
        print(f"\n{facts:,} facts, {an_entry} an entry, best of {rounds}")
        for name, one in found.items():
            beside = "  ".join(
                f"{one.rate / other.rate:6.2f} x {short}"
                for short, other in (
                    ("COPY", found["raw COPY, PostgreSQL"]),
                    ("PouchDB", found["PouchDB to express-pouchdb"]),
                    ("Anki", found["Anki to its sync server"]),
                )
                if other.rate
            )
            print(f"{name:<28}{one.rate:>9,.0f} /s {one.up:>6.0f} bytes each  {beside}")


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    main(*(asked[:1] or [10_000]), *(asked[1:2] or [2]), asked[2:] or [10, 1])
