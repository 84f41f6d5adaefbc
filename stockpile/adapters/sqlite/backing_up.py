"""Copies of the databases while they are in use: whole, under their own key, opened and checked.

A copy is made over a connection of its own, so that the desk goes on writing beside it; it holds
what was committed when it began.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite import checking
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.adapters.sqlite.trouble import sorted_errors
from stockpile.domain.errors import Cancelled
from stockpile.services.ports import Checked, Progress, silent

_STEPS: Final = 1_000
"""SQLite asks so often, in its own small steps, whether it is to go on."""


def copy_database(source: Path, key: bytes, file: Path, progress: Progress = silent) -> None:
    """Copy a database that others may be writing to; raises DiskFull, DiskTrouble, Cancelled."""
    expected = max(1, source.stat().st_size)

    def tell() -> None:
        done = file.stat().st_size if file.exists() else 0
        progress(min(done, expected), expected)

    with beside(source, key, tell) as connection, sorted_errors(file):
        connection.execute("VACUUM INTO ?", (str(file),))


@contextlib.contextmanager
def beside(source: Path, key: bytes, tell: Callable[[], None]) -> Iterator[Connection]:
    """Lend a connection of its own to a database in use; ``tell`` may stop a long statement.

    It is asked now and then while one runs; its Cancelled is raised in the place of the statement.
    """
    store = Store(source, key, any_thread=True)
    stopped: list[Cancelled] = []

    def step() -> int:
        try:
            tell()
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    try:
        store.connection.set_progress_handler(step, _STEPS)
        yield store.connection
    except driver.OperationalError as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        # Not emptied: the log file belongs to whoever writes.
        store.connection.close()


def copy_books(source: Path, key: bytes, file: Path, progress: Progress = silent) -> Checked:
    """Copy the books, open the copy and verify every entry in it.

    Raises DiskFull, DiskTrouble, Cancelled, and what a check of the books raises.
    """
    copy_database(source, key, file, progress)
    copy = Store(file, key, any_thread=True)
    try:
        return checking.check(copy, Chains(copy), deep=False, progress=progress)
    finally:
        copy.close()
