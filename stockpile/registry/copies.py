"""A copy of a trial registry on SQLite, made while it works, proved, and with its key.

A country's registry on PostgreSQL is backed up by PostgreSQL's own means: a base backup and the
archived log, restored to any moment (packaging/registry/RUNNING.md).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2

from stockpile.domain.errors import BooksDamaged, CopyByServer, CopyThere, DiskTrouble
from stockpile.registry.database import Database
from stockpile.registry.database_files import FILE_MODE
from stockpile.registry.keys import key_file_of

_WHOLE: Final = [("ok",)]
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
_PAGES: Final = 1_024
"""Pages copied at a time; between two portions others may write."""


def copy_to(database: Database, key: Path | None, target: Path) -> Path:
    """Copy the database and its key into a file that is not there yet; return the file.

    Half a copy never has the name of a whole one, and both files are their owner's alone from the
    first byte. Raises CopyByServer for PostgreSQL, CopyThere for a target that is there,
    DiskTrouble, BooksDamaged where the copy does not prove whole.
    """
    if database.file is None:
        raise CopyByServer(database.place)
    for there in (target, key_file_of(target)):
        if there.exists():
            raise CopyThere(str(there))
    half = target.with_name(target.name + ".half")
    try:
        half.unlink(missing_ok=True)
        seed = (key or key_file_of(database.file)).read_bytes()
        _written(half, b"")
        _copy(database, half)
        _demand_whole(half)
        _written(key_file_of(target), seed)
        half.replace(target)
        _keep(key_file_of(target), target, target.parent)
    except (OSError, sqlcipher3.dbapi2.OperationalError) as error:
        for one in (half, key_file_of(target)):
            one.unlink(missing_ok=True)
        raise DiskTrouble(str(target), str(error)) from error
    return target


def _written(file: Path, content: bytes) -> None:
    """Write a file that was not there, and that nobody but its owner reads."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, FILE_MODE)
    with os.fdopen(opened, "wb") as stream:
        stream.write(content)


def _copy(database: Database, half: Path) -> None:
    copy: Any = sqlcipher3.dbapi2.connect(str(half))
    try:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            original: Any = connection.connection.driver_connection
            original.backup(copy, pages=_PAGES)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _demand_whole(half: Path) -> None:
    copy: Any = sqlcipher3.dbapi2.connect(str(half))
    try:
        found = copy.execute("PRAGMA integrity_check").fetchall()
    finally:
        copy.close()
    if found != _WHOLE:
        raise BooksDamaged(str(half), str(found[0][0]))


def _keep(*places: Path) -> None:
    """Wait until the disk has it."""
    for place in places:
        if place.is_dir() and os.name == "nt":
            continue  # folders cannot be opened there
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
