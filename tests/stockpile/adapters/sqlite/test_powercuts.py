"""Simulated power cuts: with WAL and FULL no acknowledged act is lost, and the chain verifies.

Plain SQLite stands in for SQLCipher, which shares its journalling and differs in the pages' bytes;
the shape of the tables and the pragmas are the program's own.
"""

from __future__ import annotations

import random
import shutil

import apsw
import pytest

from stockpile.adapters.sqlite import migrate, opening, rebuilding
from stockpile.adapters.sqlite.store import PRAGMAS
from stockpile.domain import codec, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.ledger import Act, Entry, Tip
from tests.helpers.books import Desk, registration
from tests.helpers.powercuts import RecordingDisk, disk_after_cut, put_down

ACTS = 50
CUTS = 150
FACTS = 3


@pytest.fixture(scope="module")
def disk():
    recording = RecordingDisk()
    yield recording
    recording.unregister()


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("keys") / "home")


def statements(synchronous: str) -> list[str]:
    pragmas = [one for one in PRAGMAS if not one.startswith("wal_autocheckpoint")]
    assert "synchronous=FULL" in pragmas
    chosen = [one.replace("synchronous=FULL", f"synchronous={synchronous}") for one in pragmas]
    # A small limit, so that cuts fall into checkpoints too.
    return [f"PRAGMA {one}" for one in (*chosen, "wal_autocheckpoint=40")]


def written(disk, node, folder, synchronous):
    """Write acts as the books do and return the log, with an acknowledgement after each commit."""
    disk.log.clear()
    connection = apsw.Connection(str(folder / "stockpile.db"), vfs="recording")
    for pragma in statements(synchronous):
        connection.execute(pragma).fetchall()
    for step in (
        *migrate.steps_in(opening.MIGRATIONS), rebuilding.TABLES, rebuilding.INDEXES,
    ):  # fmt: skip
        connection.execute(step.read_text())
    disk.note("installed")
    tip = Tip()
    for number in range(1, ACTS + 1):
        encoded = [
            codec.encode(
                registration(node.id(), f"A{number}{place}"),
                Stamp(node.node, tip.seq + 1 + place, tip.seq + 1 + place, 5, 0, None),
            )
            for place in range(FACTS)
        ]
        raws = [one.raw for one in encoded]
        entry, tip = ledger.seal(node.node, tip, raws, Act(5, "x", tip.seq), node.keys.sign)
        write_act(connection, entry, tip, encoded)
        disk.note("acknowledged", number)
    log = list(disk.log)
    connection.close()
    return log


def write_act(connection, entry, tip, encoded):
    connection.execute("BEGIN IMMEDIATE")
    for one in encoded:
        fact = one.fact
        connection.execute(
            "INSERT INTO ev VALUES (?, ?, ?, ?, ?, ?, ?)",
            (fact.node, fact.seq, "weapon.registered", fact.subject, tip.number, one.raw,
             bytes.fromhex(fact.hash)),
        )  # fmt: skip
    connection.execute(
        "INSERT INTO cm VALUES (?, ?, ?, ?, ?, ?, ?, x'5b5d')",
        (encoded[0].fact.node, tip.number, encoded[0].fact.seq, len(encoded), entry.header,
         bytes.fromhex(tip.hash), entry.signature),
    )  # fmt: skip
    for one in encoded:
        connection.execute(
            "INSERT INTO weapon_fts (rowid, words) VALUES (?, ?)", (one.fact.seq, one.fact.subject)
        )
        connection.execute("INSERT INTO source VALUES (?, ?)", (one.fact.hash, one.fact.subject))
    connection.execute("COMMIT")


def surviving(folder, public_key):
    """Open what is left as after a restart; return the number of acts that verify, or -1."""
    connection = apsw.Connection(str(folder / "stockpile.db"))
    try:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            return -1
        raws = [raw for (raw,) in connection.execute("SELECT payload FROM ev ORDER BY node, seq")]
        tip = Tip()
        for header, signature, first, count in connection.execute(
            "SELECT header, sig, first, n FROM cm ORDER BY node, no"
        ):
            entry = Entry(header, signature, tuple(raws[first - 1 : first - 1 + count]))
            tip = ledger.check(entry, tip, public_key)
        (derived,) = connection.execute("SELECT count(*) FROM source").fetchone()
        return tip.number if tip.seq == len(raws) == derived else -1
    except apsw.Error:
        return -1
    finally:
        connection.close()


def cut(log, number, tmp_path, public_key, *, torn):
    """Return how many acts survive a cut, and how many had been acknowledged."""
    chance = random.Random(number)
    start = next(place for place, one in enumerate(log) if one.what == "installed")
    files, acknowledged = disk_after_cut(
        log, chance.randrange(start + 2, len(log) + 1), chance, torn=torn
    )
    folder = put_down(files, tmp_path / f"disk{number}")
    survived = surviving(folder, public_key)
    shutil.rmtree(folder)
    return survived, acknowledged


@pytest.mark.parametrize("torn", [True, False])
def test_no_acknowledged_act_is_lost(disk, node, tmp_path, torn):
    log = written(disk, node, tmp_path, "FULL")
    for number in range(CUTS):
        survived, acknowledged = cut(log, number, tmp_path, node.keys.public_key, torn=torn)
        assert survived >= acknowledged, number


def test_the_simulation_can_lose_acts_where_the_pragmas_are_weaker(disk, node, tmp_path):
    """Else the test above would prove nothing."""
    log = written(disk, node, tmp_path, "NORMAL")
    cuts = [cut(log, number, tmp_path, node.keys.public_key, torn=True) for number in range(40)]
    assert any(survived < acknowledged for survived, acknowledged in cuts)
