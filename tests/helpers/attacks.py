"""What an attack test does to a home, and what a clerk reads afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys import ring
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.app import open_home
from stockpile.domain.errors import StockpileError
from stockpile.domain.ledger import Tip
from stockpile.language import plain
from stockpile.services.stockpile import Stockpile
from stockpile.wording import error_sentence
from tests.helpers.house import PASSPHRASE, PIN, TOLD


def refusal(home: Path) -> StockpileError | None:
    """Open a home and check it whole; return why that was refused, None where all is well."""
    try:
        with open_home(home, PASSPHRASE) as stockpile:
            stockpile.checking.check(deep=True)
    except StockpileError as error:
        return error
    return None


def sentence(error: StockpileError | None) -> str:
    """Return what a clerk reads."""
    assert error is not None, "nobody was refused"
    return plain(error_sentence(error))


def whole(home: Path) -> Tip:
    """Open a home that must be sound; return where its chain ends."""
    with open_home(home, PASSPHRASE) as stockpile:
        stockpile.checking.check(deep=True)
        return stockpile.books.tip()


@contextmanager
def flipped(file: Path, at: int) -> Iterator[None]:
    """Change one bit of a file for the length of a block."""
    _flip(file, at)
    try:
        yield
    finally:
        _flip(file, at)


def _flip(file: Path, at: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        byte = opened.read(1)[0]
        opened.seek(at)
        opened.write(bytes([byte ^ 1]))


@contextmanager
def inside(home: Path) -> Iterator[Connection]:
    """Lend the database to somebody who knows the passphrase, past all triggers."""
    keys = ring.open_keys(home, PASSPHRASE, clock=SystemClock(), chance=SystemChance())
    store = Store(home / "stockpile.db", keys.database_key)
    connection = store.connection
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield connection
    finally:
        store.close()


def signed_in(stockpile: Stockpile):
    """Sign the first officer of a home in."""
    return stockpile.people.sign_in(TOLD.officer, PIN)
