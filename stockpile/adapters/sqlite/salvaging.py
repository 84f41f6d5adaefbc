"""What can still be read of a damaged database: entries of its own chain, one after another.

The database is evidence and is not touched: a copy is read. Nothing is repaired and nothing is
believed: whoever takes the entries in proves each of them as if it came from a stranger.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.opening import BOOKS_FILE, KEPT_LOG, LOG_FILE
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import StockpileError
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId

_PORTION: Final = 64


def readable_entries(
    home: Path, key: bytes, node: NodeId, after: int, room: Path
) -> Iterator[Entry]:
    """Yield the entries of a chain after a number, in order, as far as they can be read.

    ``room`` is an empty folder for the copy. Nothing comes of a database that does not open.
    """
    try:
        _copied(home, room)
        store = Store(room / BOOKS_FILE, key, any_thread=True)
    except (OSError, StockpileError, driver.Error):
        return
    try:
        yield from _entries(Chains(store), node, after)
    except (OSError, StockpileError, driver.Error):
        return  # what comes after the first unreadable one has lost its link
    finally:
        store.connection.close()


def _entries(chains: Chains, node: NodeId, after: int) -> Iterator[Entry]:
    while portion := chains.entries(node, after, _PORTION):
        yield from portion
        after += len(portion)


def _copied(home: Path, room: Path) -> None:
    """Copy the database with its log; the log that was set aside first, where there is one."""
    shutil.copyfile(home / BOOKS_FILE, room / BOOKS_FILE)
    for log in (home / KEPT_LOG, home / LOG_FILE):
        if log.exists() and log.stat().st_size:
            shutil.copyfile(log, room / LOG_FILE)
            return
