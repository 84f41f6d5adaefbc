"""What the guard costs: ratios, each against the same work without it, in one run. By hand:

    python -m tests.bench.guard [entries that are proved, by 20,000; the issue's figure: 1000000]

1. encryption: the rows that the books write, into SQLCipher and into plain SQLite;
2. the node's signature: sealing an entry with it, and with 64 bytes of nothing;
3. an officer's and a second officer's signature: a durable act with none, one, two;
4. the verdict: a durable act that wants two officers, against one with the same two signatures
   that wants none; and the rule alone;
5. proof: entries of one fact each, the chains alone and deep, against reading and hashing them;
6. what a tag, a passphrase and a PIN cost.

Ratios are medians of rounds in which all take their turn: 1.00 is the cost of the work alone.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.keys.ring import create_keys
from stockpile.adapters.keys.strength import USUAL, stretched
from stockpile.adapters.sqlite import migrate, opening, rebuilding
from stockpile.adapters.sqlite.opening import OpenBooks
from stockpile.adapters.sqlite.store import PRAGMAS, Connection, Row
from stockpile.domain import codec, ledger, mandates
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import Draft, WeaponLost, WeaponRelocated
from stockpile.domain.ledger import Act, Tip
from stockpile.domain.mandates import Roll
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.ports import silent
from tests.bench.bare import timed, written
from tests.bench.ledger import CHANCE, CLOCK, draft, new_books
from tests.helpers.officers import FIRST, SECOND, in_office, key
from tests.helpers.sites import Site

ROUNDS = 7
ENTRIES = 20_000
WEAPONS = 1_000
ACTS = 60
_TWO = (key(FIRST), key(SECOND))


@dataclass(frozen=True)
class Line:
    """One line of the table: what is done, what it is held against, the ratio, and its range."""

    what: str
    against: str
    ratio: float
    low: float
    high: float
    remark: str = ""


def line(what: str, against: str, rounds: Sequence[tuple[float, float]], remark: str = "") -> Line:
    """Return a line of rounds: seconds with the guard, and without."""
    ratios = sorted(guarded / plain for guarded, plain in rounds)
    return Line(what, against, statistics.median(ratios), ratios[0], ratios[-1], remark)


@contextmanager
def books(officers: Sequence[Draft] = ()) -> Iterator[OpenBooks]:
    """Lend new books on this disk, founded by their first entry."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        opened, _sign = new_books(Path(name) / "home")
        opened.books.record([*officers, draft(0)], by=None)
        yield opened
        opened.close()


# --- encryption ---------------------------------------------------------------------------------


def encryption() -> Line:
    """Write the same ready rows into SQLCipher and into plain SQLite, under all their indexes."""
    with books() as opened:
        opened.books.record([draft(number) for number in range(WEAPONS)], by=None)
        rows = list(written(opened.store.connection, 1))
    rounds = []
    for _ in range(ROUNDS):
        seconds = [_inserted(rows, secret) for secret in ("k" * 64, "")]
        rounds.append((seconds[0], seconds[1]))
    return line("encryption (SQLCipher)", "plain SQLite, same rows", rounds)


def _inserted(acts: Sequence[dict[str, list[Row]]], secret: str) -> float:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        connection = _database(Path(name) / "books.db", secret)

        def write() -> None:
            for act in acts:
                connection.execute("BEGIN IMMEDIATE")
                for table, found in act.items():
                    if found:
                        marks = ", ".join("?" * len(found[0]))
                        connection.executemany(
                            f"INSERT OR REPLACE INTO {table} VALUES ({marks})", found
                        )
                connection.execute("COMMIT")

        seconds = timed(write)
        connection.close()
    return seconds


def _database(file: Path, secret: str) -> Connection:
    connection: Connection = driver.connect(str(file), isolation_level=None)
    if secret:
        raw = hashlib.sha256(secret.encode()).hexdigest()
        connection.execute(f"PRAGMA key=\"x'{raw}'\"")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for step in (*migrate.steps_in(opening.MIGRATIONS), rebuilding.TABLES, rebuilding.INDEXES):
        connection.executescript(step.read_text())
    return connection


# --- signatures ---------------------------------------------------------------------------------


def node_signature() -> Line:
    """Seal entries of ten facts with the node's signature, and with nothing in its place."""
    site = Site()
    raws = [codec.encode(draft(n), Stamp(site.node, n, n, 1, 0, None)).raw for n in range(1, 11)]

    def sealing(sign: Callable[[bytes], bytes]) -> Callable[[], object]:
        return lambda: [
            ledger.seal(site.node, Tip(), raws, Act(1, "bench", 1), sign) for _ in range(500)
        ]

    rounds = [
        (timed(sealing(site.keys.sign)), timed(sealing(lambda _message: bytes(64))))
        for _ in range(ROUNDS)
    ]
    each = statistics.median(guarded - plain for guarded, plain in rounds) / 500
    return line(
        "the node's signature", "sealing an entry of ten facts", rounds, f"{each * 1e6:.0f} us each"
    )


def officers_signatures() -> Iterator[Line]:
    """Write durable acts signed by nobody, by one officer, by two."""
    with books(in_office()) as opened:
        fresh = count(1)

        def act(signers: int) -> float:
            drafts = [draft(next(fresh)) for _ in range(ACTS)]
            return timed(
                lambda: [
                    opened.books.record(
                        [one], by=FIRST, witnesses=[SECOND][: signers // 2], signers=_TWO[:signers]
                    )
                    for one in drafts
                ]
            )

        rounds = [(act(0), act(1), act(2)) for _ in range(ROUNDS)]
    none = [one[0] for one in rounds]
    for number, words in ((1, "an officer's signature"), (2, "and a second officer's")):
        pairs = list(zip((one[number] for one in rounds), none, strict=True))
        yield line(words, "a durable act", pairs)


# --- the verdict --------------------------------------------------------------------------------


def verdict() -> Iterator[Line]:
    """Write durable acts that want two officers, and such as want none, both signed by two."""
    with books(in_office()) as opened:

        def act(*, judged: bool) -> float:
            weapons = [draft(number) for number in range(ACTS)]
            opened.books.record(weapons, by=None)
            place = PlaceId("somewhere")
            drafts = []
            for one in weapons:
                heads = opened.books.weapon(WeaponId(one.subject)).heads.custody
                body = WeaponLost("lost", report="LR") if judged else WeaponRelocated(place)
                drafts.append(Draft(one.subject, body, heads))
            return timed(
                lambda: [
                    opened.books.record([one], by=FIRST, witnesses=[SECOND], signers=_TWO)
                    for one in drafts
                ]
            )

        rounds = [(act(judged=True), act(judged=False)) for _ in range(ROUNDS)]
    yield line("the verdict", "the same act, wanting none", rounds)
    yield _rule_alone()


def _rule_alone() -> Line:
    """Judge one entry that wants two, against sealing it: what the rule itself takes."""
    site = Site()
    founded = site.write(*in_office())
    roll = mandates.after(Roll(), map(codec.decode, founded.facts))
    stamp = Stamp(site.node, site.tip.seq + 1, 9, 1, 0, FIRST, (SECOND,))
    made = codec.encode(Draft("w1", WeaponLost("lost", report="LR")), stamp)

    def sealed() -> ledger.Entry:
        entry, _tip = ledger.seal(
            site.node, site.tip, [made.raw], Act(1, "bench", 9), site.keys.sign
        )
        for one in _TWO:
            entry = ledger.countersigned(entry, one.officer, one.sign)
        return entry

    entry = sealed()
    assert mandates.shortfall(roll, entry, [made.fact]) is None
    rounds = [
        (
            timed(lambda: [mandates.shortfall(roll, entry, [made.fact]) for _ in range(500)]),
            timed(lambda: [sealed() for _ in range(500)]),
        )
        for _ in range(ROUNDS)
    ]
    each = statistics.median(one[0] for one in rounds) / 500
    return line(
        "the verdict alone (two signatures checked)", "sealing and signing it thrice", rounds,
        f"{each * 1e6:.0f} us each",
    )  # fmt: skip


# --- proof --------------------------------------------------------------------------------------


def proof(entries: int) -> Iterator[Line]:
    """Prove so many entries of one fact each: the chains, then deep, against read and hash."""
    with books() as opened:
        _fill(opened, entries)
        connection = opened.store.connection

        def read_and_hash() -> None:
            for (raw,) in connection.execute("SELECT payload FROM ev ORDER BY node, seq"):
                hashlib.sha256(raw).digest()

        read_and_hash()
        bottom = statistics.median(timed(read_and_hash) for _ in range(3))
        checks = {
            "proof of the chains": timed(lambda: opened.books.check(deep=False, progress=silent)),
            "deep check": timed(lambda: opened.books.check(deep=True, progress=silent)),
        }
    for what, seconds in checks.items():
        remark = f"{entries / seconds:,.0f} entries a second, {entries:,} in {seconds:,.1f} s"
        yield line(what, "reading and hashing", [(seconds, bottom)], remark)


def _fill(opened: OpenBooks, entries: int) -> None:
    """Take in another node's chain: faster than as many durable acts of our own."""
    site = Site()
    opened.books.trust(site.node, site.keys.public_key)
    site.found()
    for number in range(1, entries):
        site.write(draft(number))
        if len(site.entries) == 5_000:
            opened.books.receive(site.entries)
            site.entries.clear()
            site.facts.clear()
    opened.books.receive(site.entries)
    opened.store.checkpoint()


# --- keys ---------------------------------------------------------------------------------------


def keys() -> Iterator[str]:
    """Tell what a tag's code, and one guess at a passphrase or a PIN, take."""
    with tempfile.TemporaryDirectory() as name:
        ring = create_keys(Path(name), "bench", clock=CLOCK, chance=CHANCE, strength=USUAL)
        ring.add_officer(FIRST, "2580")
        tag = timed(lambda: [ring.mac(b"KB 4471902") for _ in range(10_000)]) / 10_000
        guess = statistics.median(
            timed(lambda: stretched("guess", bytes(16), USUAL)) for _ in range(3)
        )
        pin = statistics.median(timed(lambda: ring.open_officer(FIRST, "2580")) for _ in range(3))
    yield f"a code under the tag key   {tag * 1e6:8.1f} us"
    yield f"one guess at a passphrase  {guess * 1e3:8.0f} ms (Argon2id, 64 MiB, three passes)"
    yield f"signing in with a PIN      {pin * 1e3:8.0f} ms"


def main() -> None:
    """Print the table."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    print(f"{'':44}{'against':34}{'ratio':>7}  range")
    for one in _lines(entries):
        span = f"{one.low:.2f} to {one.high:.2f}"
        print(f"{one.what:44}{one.against:34}{one.ratio:7.2f}  {span:14} {one.remark}", flush=True)
    for said in keys():
        print(said)


def _lines(entries: int) -> Iterator[Line]:
    yield encryption()
    yield node_signature()
    yield from officers_signatures()
    yield from verdict()
    yield from proof(entries)


if __name__ == "__main__":
    main()
