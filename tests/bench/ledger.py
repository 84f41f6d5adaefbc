"""What the ledger costs: ratios against the bare work, driver by driver in one run. Run by hand:

    python tests/bench/ledger.py [registrations] [weapons in bulk]

1. one durable registration through the books, against the same rows by a bare driver that encodes,
   hashes and signs too (aim 0.5), and against ready rows (the limit of the disk);
2. acts of 1,000 registrations, against bare batched inserts in the same two ways (aim 0.4);
3. verification of the chains, against reading every fact and hashing it (aim 1/5), entries of ten.

The bare driver is the same SQLite without its encryption, with the same pragmas and tables.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

sys.path.insert(0, str(Path(__file__).parents[2]))

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import create_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.sqlite import migrate, opening, rebuilding
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.adapters.sqlite.store import PRAGMAS
from stockpile.domain import codec, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import Acquisition, Draft, Mark, Source, WeaponRegistered
from stockpile.domain.ledger import Act, Tip
from stockpile.domain.values import Digest, PlaceId, WeaponId, new_id
from stockpile.services.ports import silent

ROUNDS = 5
CLOCK, CHANCE = SystemClock(), SystemChance()
PLACE = PlaceId(new_id(CLOCK.now(), CHANCE.bytes(10)))
TABLES = {
    "ev": 7, "cm": 8, "weapon": 24, "mark": 8, "weapon_fts": 2, "source": 2,
}  # fmt: skip


def draft(number: int) -> Draft:
    """A registration as an import makes it: two marks, a source, a handful of words."""
    weapon = WeaponId(new_id(CLOCK.now(), CHANCE.bytes(10)))
    serial = f"{chr(65 + number % 26)}{CHANCE.bytes(3).hex().upper()}-{number % 97:02}"
    body = WeaponRegistered(
        type="PISTOLA", make="TAURUS", model=f"PT{number % 30}", calibre="9x19",
        marks=(Mark("serial", serial, is_identity=True), Mark("maker", f"TAURUS {number % 7}")),
        place=PLACE, acquired=Acquisition("seized", "2021-03-04", "DP 021", ("unmarked",)),
        source=Source(
            Digest("ab" * 32), number, Digest(hashlib.sha256(serial.encode()).hexdigest())
        ),
    )  # fmt: skip
    return Draft(weapon, body)


def new_books(folder: Path) -> tuple[OpenBooks, Callable[[bytes], bytes]]:
    """Open new books in an empty folder."""
    keys = create_keys(folder, "bench", clock=CLOCK, chance=CHANCE, strength=LIGHT)
    opened = open_books(
        folder, keys.database_key, keys=keys, clock=CLOCK, chance=CHANCE, anchor=AnchorFile(folder)
    )
    return opened, keys.sign


def bare(file: Path) -> driver.Connection:
    """Open the same tables with the bare driver."""
    connection = driver.connect(str(file), isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for step in (*migrate.steps_in(opening.MIGRATIONS), rebuilding.TABLES, rebuilding.INDEXES):
        connection.executescript(step.read_text())
    return connection


def rows_of(opened: OpenBooks) -> dict[str, list[tuple[object, ...]]]:
    """Read back every row that the books wrote, by table; an act's rows share a number."""
    connection = opened.store.connection
    found = {
        "ev": connection.execute("SELECT * FROM ev ORDER BY seq").fetchall(),
        "cm": connection.execute("SELECT * FROM cm ORDER BY no").fetchall(),
        "weapon": connection.execute("SELECT * FROM weapon ORDER BY row").fetchall(),
        "mark": connection.execute("SELECT * FROM mark ORDER BY weapon").fetchall(),
        "weapon_fts": connection.execute("SELECT row, words FROM weapon ORDER BY row").fetchall(),
        "source": connection.execute(
            "SELECT key, subject FROM source JOIN weapon ON id = subject ORDER BY row"
        ).fetchall(),
    }
    assert all(len(rows[0]) == TABLES[name] for name, rows in found.items())
    return found


def insert(connection: driver.Connection, acts: list[dict[str, list[tuple[object, ...]]]]) -> None:
    """Insert ready rows, an act a transaction."""
    for act in acts:
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in act.items():
            marks = ", ".join("?" * TABLES[name])
            columns = " (rowid, words)" if name == "weapon_fts" else ""
            connection.executemany(f"INSERT INTO {name}{columns} VALUES ({marks})", rows)
        connection.execute("COMMIT")


def cut(
    rows: dict[str, list[tuple[object, ...]]], size: int, count: int
) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """Cut the rows into acts of so many weapons."""
    for start in range(0, count, size):
        act = {name: found[start : start + size] for name, found in rows.items() if name != "mark"}
        act["cm"] = rows["cm"][start // size : start // size + 1]
        act["mark"] = rows["mark"][2 * start : 2 * (start + size)]
        yield act


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def prepared(drafts: list[Draft], size: int, sign: Callable[[bytes], bytes]) -> float:
    """Return the seconds of encoding, hashing and signing alone, as any ledger must."""

    def work() -> None:
        tip = Tip()
        for start in range(0, len(drafts), size):
            encoded = [
                codec.encode(one, Stamp("n", tip.seq + place, 1, 5, 0, None))  # type: ignore[arg-type]
                for place, one in enumerate(drafts[start : start + size], 1)
            ]
            raws = [one.raw for one in encoded]
            _, tip = ledger.seal("n", tip, raws, Act(5, "x", 1), sign)  # type: ignore[arg-type]

    return timed(work)


def writing(folder: Path, count: int, size: int) -> tuple[float, float, float]:
    """Return acts' weapons a second: through the books, bare with encoding, bare ready rows."""
    drafts = [draft(number) for number in range(count)]
    opened, sign = new_books(folder / "home")
    acts = [drafts[start : start + size] for start in range(0, count, size)]
    ours = timed(lambda: [opened.books.record(act, by=None) for act in acts])
    ready = list(cut(rows_of(opened), size, count))
    opened.close()
    connection = bare(folder / "bare.db")
    inserted = timed(lambda: insert(connection, ready))
    connection.close()
    return count / ours, count / (inserted + prepared(drafts, size, sign)), count / inserted


def verifying(folder: Path, count: int) -> tuple[float, float, float]:
    """Return facts a second: verified, proved deep, and only read and hashed."""
    opened, _ = new_books(folder / "home")
    for start in range(0, count, 10):
        opened.books.record([draft(number) for number in range(start, start + 10)], by=None)
    opened.store.checkpoint()
    connection = opened.store.connection

    def read_and_hash() -> None:
        for (raw,) in connection.execute("SELECT payload FROM ev ORDER BY node, seq"):
            hashlib.sha256(raw).digest()

    bottom = timed(read_and_hash)
    verified = timed(lambda: opened.books.check(deep=False, progress=silent))
    deep = timed(lambda: opened.books.check(deep=True, progress=silent))
    opened.close()
    return count / verified, count / deep, count / bottom


def main() -> None:
    """Print the ratios, as medians of a few rounds."""
    singles, bulk = (int(one) for one in (*sys.argv[1:], "400", "10000")[:2])
    for title, count, size in (("one by one", singles, 1), ("by 1,000", bulk, 1000)):
        found = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                found.append(writing(Path(folder), count, size))
        ours, same, ready = (statistics.median(column) for column in zip(*found, strict=True))
        ratios = [statistics.median(one[0] / one[place] for one in found) for place in (1, 2)]
        print(f"{title}: ours {ours:,.0f}/s, bare {same:,.0f}/s, ready rows {ready:,.0f}/s; "
              f"ratio to bare {ratios[0]:.2f}, to ready rows {ratios[1]:.2f}")  # fmt: skip
    found = []
    for _ in range(3):
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            found.append(verifying(Path(folder), bulk))
    verified, deep, bottom = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"verify {verified:,.0f} facts/s, deep {deep:,.0f}, read+SHA-256 {bottom:,.0f}; "
          f"ratios 1/{bottom / verified:.1f} and 1/{bottom / deep:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
