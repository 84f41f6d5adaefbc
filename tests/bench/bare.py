"""The bare work that the books are measured against: the same SQLite, unencrypted, same pragmas.

Two drivers, both of which encode, hash, build the Merkle root and sign, as any ledger must:

* ``Least`` is the raw driver of the first prototype: the log's rows (``ev``, ``cm``) and ONE table
  of weapons with three indexes. No search, no marks, no conflicts, no proof of the register.
* ``Same`` inserts, ready-made, every row that the books themselves wrote, under all their indexes:
  what is left is the price of encryption, of the fold and of our own code.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite import folding, migrate, opening, rebuilding
from stockpile.adapters.sqlite.facets import A_PART
from stockpile.adapters.sqlite.rows import WEAPON_COLUMNS
from stockpile.adapters.sqlite.store import PRAGMAS, Connection, Row
from stockpile.domain import codec
from stockpile.domain.ledger import GENESIS, Entry, Sign
from stockpile.domain.serials import fold

LEAST_TABLE = """
    CREATE TABLE one (
        id TEXT PRIMARY KEY, serial TEXT, fold TEXT, mark TEXT, make TEXT, model TEXT, cal TEXT,
        status TEXT, place TEXT, holder TEXT, cond TEXT, last_seen INTEGER, known INTEGER,
        updated INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX one_by_fold ON one (fold);
    CREATE INDEX one_by_mark ON one (mark);
    CREATE INDEX one_by_place ON one (place, model);
"""
PROJECT = (
    "INSERT INTO one (id, serial, fold, make, model, cal, status, place, cond, known, updated) "
    "VALUES (?, ?, ?, ?, ?, ?, 'in_store', ?, ?, 1, ?) "
    "ON CONFLICT (id) DO UPDATE SET known = known + 1"
)
FACT = "INSERT INTO ev (node, seq, kind, subj, cno, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
ENTRY = (
    "INSERT INTO cm (node, no, first, n, header, hash, sig, usig) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, x'5b5d')"
)
COLUMNS = {
    "ev": 7, "cm": 8, "weapon": len(WEAPON_COLUMNS), "mark": 8, "facet": 2, "source": 2,
    "reference": 3,
}  # fmt: skip
_WORDS = WEAPON_COLUMNS.index("words")
Said = dict[str, object]


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(file: Path, *, register: bool) -> Connection:
    """Open the log's tables, and the register's where asked, with the bare driver."""
    connection: Connection = driver.connect(str(file), isolation_level=None, cached_statements=512)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    steps = [*migrate.steps_in(opening.MIGRATIONS)]
    for step in (*steps, *((rebuilding.TABLES, rebuilding.INDEXES) if register else ())):
        connection.executescript(step.read_text())
    return connection


def events(entries: Sequence[Entry]) -> list[list[Said]]:
    """Return the facts as plain values, an entry a list."""
    return [[msgspec.json.decode(raw) for raw in entry.facts] for entry in entries]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An act as rows: the facts' bytes and hashes, and the entry's row."""

    raws: list[bytes]
    hashes: list[bytes]
    entry: Row


class Chain:
    """What any ledger must do: encode, hash each fact, the root, the header and its signature."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._number = 0
        self._previous = GENESIS

    def seal(self, act: Sequence[Said]) -> Sealed:
        """Seal one act."""
        raws = [codec.canonical(one) for one in act]
        hashes = [hashlib.sha256(b"\x00" + raw).digest() for raw in raws]
        first, self._number = act[0], self._number + 1
        header = codec.canonical({
            "v": 1, "n": first["n"], "c": self._number, "f": first["s"], "k": len(act),
            "r": _root(hashes).hex(), "p": self._previous, "t": first["t"], "app": "0.1.0",
            "lc": act[-1]["lc"],
        })  # fmt: skip
        digest = hashlib.sha256(b"\x02" + header).digest()
        self._previous = digest.hex()  # type: ignore[assignment]
        signature = self._sign(b"stockpile-entry-v1\x00" + header)
        entry = (first["n"], self._number, first["s"], len(act), header, digest, signature)
        return Sealed(raws, hashes, entry)


class Least:
    """The log's rows and one row a weapon."""

    def __init__(self, file: Path, sign: Sign) -> None:
        self._connection = bare(file, register=False)
        self._connection.executescript(LEAST_TABLE)
        self._chain = Chain(sign)

    def write_all(self, acts: Sequence[Sequence[Said]]) -> None:
        """Write acts one after the other."""
        for act in acts:
            self.write(act)

    def write(self, act: Sequence[Said]) -> None:
        """Write one act in one transaction, durable on return."""
        sealed = self._chain.seal(act)
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        _insert(self._connection, FACT, [
            (one["n"], one["s"], one["k"], one["w"], sealed.entry[1], raw, digest)
            for one, raw, digest in zip(act, sealed.raws, sealed.hashes, strict=True)
        ])  # fmt: skip
        execute(ENTRY, sealed.entry)
        for one in act:
            if one["k"] == "weapon.registered":
                execute(PROJECT, _projected(one))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Same:
    """The rows that the books wrote, act by act, all ready but for the chain's work."""

    def __init__(self, file: Path, sign: Sign) -> None:
        self._connection = bare(file, register=True)
        self._chain = Chain(sign)
        self._words: list[Row] = []

    def write_all(
        self, acts: Sequence[Sequence[Said]], rows: Sequence[dict[str, list[Row]]]
    ) -> None:
        """Write acts one after the other."""
        for act, ready in zip(acts, rows, strict=True):
            self.write(act, ready)

    def write(self, act: Sequence[Said], rows: dict[str, list[Row]]) -> None:
        """Write one act's rows in one transaction, durable on return."""
        self._chain.seal(act)
        self._connection.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            marks = ", ".join("?" * COLUMNS[name])
            _insert(self._connection, f"INSERT OR REPLACE INTO {name} VALUES ({marks})", found)
        self._words += [(row[0], row[_WORDS]) for row in rows["weapon"]]
        if len(self._words) >= folding.WORDS_WAITING:
            _insert(self._connection, "INSERT INTO weapon_fts (rowid, words) VALUES (?, ?)",
                    self._words)  # fmt: skip
            self._words = []
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def written(connection: Connection, after: int = 0) -> Iterator[dict[str, list[Row]]]:
    """Read back the rows of each entry after a number, by table; weapons of one fact each."""
    subjects = "SELECT subj FROM ev WHERE node = (SELECT node FROM cm) AND seq BETWEEN ? AND ?"
    entries = connection.execute("SELECT no, first, n FROM cm WHERE no > ? ORDER BY no", (after,))
    for number, first, count in entries.fetchall():
        found = {
            "ev": "SELECT * FROM ev WHERE node = (SELECT node FROM cm) AND seq BETWEEN ? AND ?",
            "weapon": f"SELECT * FROM weapon WHERE id IN ({subjects}) ORDER BY row",
            "mark": "SELECT * FROM mark WHERE weapon IN "
                    f"(SELECT row FROM weapon WHERE id IN ({subjects}))",
            "facet": "SELECT * FROM facet WHERE part IN "
                     f"(SELECT (row - 1) / {A_PART} FROM weapon WHERE id IN ({subjects}))",
            "source": f"SELECT * FROM source WHERE subject IN ({subjects})",
            "reference": f"SELECT * FROM reference WHERE subject IN ({subjects})",
        }  # fmt: skip
        span = (first, first + count - 1)
        entry = connection.execute("SELECT * FROM cm WHERE no = ?", (number,)).fetchall()
        rows = {name: connection.execute(sql, span).fetchall() for name, sql in found.items()}
        yield {"cm": entry, **rows}


def _insert(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    if len(rows) == 1:
        connection.execute(sql, rows[0])
    elif rows:
        connection.executemany(sql, rows)


def _root(level: list[bytes]) -> bytes:
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def _projected(said: Said) -> Row:
    body = said["b"]
    assert isinstance(body, dict)
    serial = next((one["text"] for one in body.get("marks", ()) if one.get("is_identity")), "")
    return (
        said["w"], serial, fold(serial), body.get("make", ""), body.get("model", ""),
        body.get("calibre", ""), body.get("place", ""), body.get("condition", ""), said["t"],
    )  # fmt: skip
