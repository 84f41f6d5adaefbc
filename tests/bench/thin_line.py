"""Two depots on a 2G line exchange through a registry; run by hand, as root.

    python -m tests.bench.thin_line [FACTS] [CUT_SECONDS]

Each depot, and the registry, is in a network of its own; each depot's line to the registry has
30 kbit/s, 400 ms each way (800 ms there and back) and loses one packet in a hundred. Each line is
cut twice, in the middle of what is sent and in the middle of what is fetched, for longer than a
call waits. A depot that lost its line tries again after five seconds. Printed are seconds, bytes
on the line with every header, and how often a talk and a connection was begun (two are: enrolling
and the talk; each call that timed out begins one more); both depots must end equal.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Final
from urllib.parse import urlsplit

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import codec
from stockpile.domain.errors import RegistrySlow, RegistryUnreachable
from stockpile.domain.facts import Draft, Mark, WeaponRegistered
from stockpile.domain.values import PlaceId, WeaponId, new_id
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.keys import registry_key
from stockpile.services.exchange import Exchanging
from tests.helpers.postgres import cluster
from tests.helpers.registries import Registry, answering
from tests.helpers.sites import AT, Booked, SettableClock, a_move, open_site
from tests.helpers.talks import Talk
from tests.helpers.thin_lines import Line, Room, Speed, line, why_not

AN_ENTRY: Final = 10
WAIT: Final = 5.0
MOST_TALKS: Final = 40


@dataclass
class Depot:
    """A depot at the near end of a line: what its exchange came to, and what it held at the end."""

    line: Line
    seconds: float = 0.0
    talks: int = 0
    lost: list[str] = field(default_factory=list)
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """Where a depot's computer stands, how it reaches the registry, how patient it is."""

    room: Room
    folder: Path
    url: str
    code: str
    wait: float


@dataclass
class Meeting:
    """What both depots wait for: that each has written, and how far both chains go."""

    registry: Registry
    both: Barrier = field(default_factory=lambda: Barrier(2))
    written: dict[str, int] = field(default_factory=dict)

    def wait(self, node: Booked) -> None:
        """Say how far a depot's own chain goes, and wait for the other one."""
        self.written[node.keys.node] = node.books.tip().number
        self.both.wait()

    def is_over(self, node: Booked) -> bool:
        """Say whether a depot holds each chain as far as the registry does, and all was written."""
        known = {one.node: one.tip.number for one in self.registry.books.nodes()}
        is_sent = all(known.get(one, 0) >= number for one, number in self.written.items())
        return is_sent and known == {one: tip.number for one, tip in node.books.tips()}


def _write(node: Booked, depot: int, facts: int) -> None:
    """Put weapons on record, ten an entry, and move each once."""
    half = facts // 2
    for first in range(0, half, AN_ENTRY):
        numbers = range(first, min(first + AN_ENTRY, half))
        known = node.books.record([_weapon(depot, one) for one in numbers], by=None).facts
        node.books.record(
            [a_move(one.subject, f"shelf-{depot}", one.hash) for one in known], by=None
        )


def _exchange(place: Place, depot: Depot, number: int, facts: int, meeting: Meeting) -> None:
    """Write, enrol, and talk until both hold the same, however often the line is lost."""
    node = open_site(place.folder)
    _write(node, number, facts)
    meeting.wait(node)
    begun = time.monotonic()
    with place.room.inside():
        links = HttpRegistryLinks(node.keys, SystemClock(), SystemChance())
        talk = Talk(Exchanging(node.books, node.keys, links, SystemClock()))
        talk.enrol(place.url, place.code, "Depot")
        while not meeting.is_over(node) and depot.talks < MOST_TALKS:
            depot.talks += 1
            try:
                talk.sync()
            except (RegistryUnreachable, RegistrySlow) as error:
                depot.lost.append(f"{time.monotonic() - begun:.0f} s: {error}")
            time.sleep(place.wait)
    depot.seconds = time.monotonic() - begun - place.wait
    depot.facts = frozenset(_facts(node))
    node.close()


def _facts(node: Booked) -> Iterator[str]:
    """Give the hash of each fact that a depot holds, as its register heeds it."""
    chains = (node.books.entries(one, 0, tip.number) for one, tip in node.books.tips())
    subjects = {
        codec.decode(raw).subject for entries in chains for entry in entries for raw in entry.facts
    }
    for subject in sorted(subjects):
        for fact in node.books.history(subject):
            yield f"{fact.hash} {codec.kind_of(fact.body)}"


def _weapon(depot: int, number: int) -> Draft:
    marks = (Mark("serial", f"KL-{depot}{number:05}", is_identity=True),)
    body = WeaponRegistered(
        "RIF", "Izhmash", "AKM", "7.62x39", marks, place=PlaceId(f"store-{depot}")
    )
    seed = b"%02d%08d" % (depot, number)
    return Draft(WeaponId(new_id(AT + number, seed)), body)


@contextmanager
def cuts(laid: Line, at: tuple[int, int], seconds: float) -> Iterator[list[str]]:
    """Cut a line once so many bytes went up, and again once so many came down."""
    done, over = [], threading.Event()

    def watch() -> None:
        for way, limit in zip((laid.up, laid.down), at, strict=True):
            before = way.carried
            while way.carried - before < limit:
                if over.wait(0.05):
                    return
            laid.is_cut = True
            done.append(f"cut after {way.carried:,} bytes")
            over.wait(seconds)
            laid.is_cut = False

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield done
    finally:
        over.set()
        watching.join()
        laid.is_cut = False


def exchanged(
    registry: Registry, folder: Path, facts: int, speed: Speed, *, cut: tuple[int, int],
    seconds: float, wait: float = WAIT,
) -> tuple[Depot, ...]:  # fmt: skip
    """Let two depots exchange so many facts, half of them each; return what it came to."""
    meeting, depots = Meeting(registry), []
    with ExitStack() as stack:
        centre, *rooms = (Room() for _ in range(3))
        for room in (centre, *rooms):
            stack.callback(room.close)
        with centre.inside():
            url = stack.enter_context(answering(registry.books, listen="0.0.0.0:0"))
        runs = []
        for number, room in enumerate(rooms):
            laid = stack.enter_context(line(room, centre, speed))
            stack.enter_context(cuts(laid, cut, seconds))
            address = f"http://{laid.far}:{urlsplit(url).port}"
            code = registry.enrolment.make_code("Depot", "", ("*",))
            place = Place(room, folder / f"depot{number}", address, code, wait)
            depots.append(Depot(laid))
            runs.append(partial(_exchange, place, depots[-1], number, facts // 2, meeting))
        with ThreadPoolExecutor() as threads:
            for done in [threads.submit(run) for run in runs]:
                done.result()
    return tuple(depots)


def a_registry(url: str) -> Registry:
    """Found a registry that goes by the computer's clock, as its nodes do here."""
    database, clock = Database(url), SystemClock()
    books = RegistryBooks(database, registry_key(database, None, is_new=True), clock.now)
    return Registry(url, database, books, Enrolment(books), SettableClock())


def main(facts: int, seconds: int) -> None:
    """Measure and print."""
    reason = why_not()
    if reason:
        sys.exit(f"cannot lay a line here: {reason}")
    up = facts // 2 * 60 // 2
    with cluster() as running, tempfile.TemporaryDirectory() as folder:
        registry = a_registry(running.new_database())
        speed = Speed()
        depots = exchanged(
            registry, Path(folder), facts, speed, cut=(up, up), seconds=seconds
        )  # fmt: skip
        assert depots[0].facts == depots[1].facts, "the two do not hold the same"
        print(f"both hold the same {len(depots[0].facts):,} facts")
        for depot in depots:
            told = depot.line
            print(
                f"{depot.seconds:,.0f} s, {depot.talks} talks, {len(told.up.calls)} connections, "
                f"up {told.up.carried:,} bytes ({told.up.lost} packets lost), "
                f"down {told.down.carried:,} ({told.down.lost}); "
                f"bytes alone would take {told.carried * 8 / speed.bits:,.0f} s one after the other"
            )
            for one in depot.lost:
                print(f"  {one}")
        registry.database.close()


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    main(*asked, *(5_000, 45)[len(asked) :])
