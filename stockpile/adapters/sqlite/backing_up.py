"""Copies of the databases while they are in use: whole, under their own key, opened and checked.

A copy is made over a connection of its own, so that the desk goes on writing beside it; it holds
what was committed when it began.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite import checking
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Store
from stockpile.adapters.sqlite.trouble import sorted_errors
from stockpile.domain.errors import Cancelled
from stockpile.services.ports import Checked, Progress, silent

_STEPS: Final = 1_000
"""SQLite asks so often, in its own small steps, whether it is to go on."""


def copy_database(source: Path, key: bytes, file: Path, progress: Progress = silent) -> None:
    """Copy a database that others may be writing to; raises DiskFull, DiskTrouble, Cancelled."""
    store = Store(source, key, any_thread=True)
    stopped: list[Cancelled] = []
    expected = max(1, source.stat().st_size)

    def step() -> int:
        done = file.stat().st_size if file.exists() else 0
        try:
            progress(min(done, expected), expected)
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    try:
        store.connection.set_progress_handler(step, _STEPS)
        with sorted_errors(file):
            store.connection.execute("VACUUM INTO ?", (str(file),))
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
