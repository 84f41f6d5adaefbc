"""What a database error means: whose fault it is, decided here from SQLite's own codes.

The environment's fault (no room, a dead disk, another process) is told to the user; damage stops
the work; anything else is a mistake of ours and rises as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from stockpile.domain.errors import (
    BooksDamaged,
    BooksInUse,
    DiskFull,
    DiskTrouble,
    StockpileError,
)

_PRIMARY: Final = 0xFF
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT = 3, 5, 6, 8, 10, 11
_FULL, _CANTOPEN, _NOTADB = 13, 14, 26
_IOERR_SHMSIZE: Final = 4874


@contextlib.contextmanager
def sorted_errors(file: Path) -> Iterator[None]:
    """Raise DiskFull, DiskTrouble, BooksInUse or BooksDamaged for what the database reports."""
    try:
        yield
    except driver.Error as error:
        meaning = _meaning(error, str(file))
        if meaning is None:
            raise
        raise meaning from error
    except DBAPIError as error:
        meaning = _meaning(error.orig, str(file))
        if meaning is None:
            raise
        raise meaning from error


def _meaning(error: BaseException | None, path: str) -> StockpileError | None:
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code & _PRIMARY == _FULL or code == _IOERR_SHMSIZE:
        return DiskFull(path)
    if code & _PRIMARY in (_IOERR, _READONLY, _CANTOPEN, _PERM):
        return DiskTrouble(path, str(error))
    if code & _PRIMARY in (_CORRUPT, _NOTADB):
        return BooksDamaged(path, str(error))
    if code & _PRIMARY in (_BUSY, _LOCKED):
        return BooksInUse(path)
    return None
