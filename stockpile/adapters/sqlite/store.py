"""One open database: one connection, on one lane, encrypted, durable at every commit.

WAL with FULL synchronisation loses no acknowledged commit in a power cut; anything less does. The
SQLite inside sqlcipher3 is at least 3.51.3: older ones lose data when a write races a checkpoint.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from stockpile.adapters.sqlite.trouble import sorted_errors
from stockpile.domain.errors import BooksDamaged, DiskTrouble
from stockpile.services.ports import Progress, silent

SQLITE_FLOOR: Final = (3, 51, 3)
WALKED: Final = 64 * 1024 * 1024
"""A file up to this size is walked page by page at each opening: a third of a second.

Every page is sealed, so that a damaged one is refused when it is read; a larger file is walked by
``check``, which reads all of it anyhow.
"""
PRAGMAS: Final = (
    "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=1000", "foreign_keys=ON",
    "cell_size_check=ON", "trusted_schema=OFF", "busy_timeout=5000", "mmap_size=0",
    "cache_size=-65536", "secure_delete=ON", "temp_store=MEMORY",
    *(("fullfsync=1", "checkpoint_fullfsync=1") if sys.platform == "darwin" else ()),
)  # fmt: skip

_LOOK: Final = 0.1
"""Seconds between two looks at how far a statement is that cannot be asked."""

Row = tuple[Any, ...]


class Cursor(Protocol):
    """What we use of the driver's cursor."""

    def fetchone(self) -> Row | None:
        """Return the next row."""
        ...

    def fetchall(self) -> list[Row]:
        """Return the rest."""
        ...

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows, at most so many."""
        ...

    def close(self) -> None:
        """Let go of what was not read."""
        ...

    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """What we use of the driver's connection; in autocommit, so that we say BEGIN ourselves."""

    in_transaction: bool

    def execute(self, sql: str, values: Sequence[object] = ()) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> Cursor:
        """Run one statement for each row."""
        ...

    def executescript(self, sql: str) -> Cursor:
        """Run several statements."""
        ...

    def rollback(self) -> None:
        """Undo what was not committed."""
        ...

    def set_progress_handler(self, handler: Callable[[], int], n: int) -> None:
        """Ask the handler every n steps of the machine; what is not 0 stops the statement."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Store:
    """An open database; its connection is handed out on its lane only."""

    def __init__(self, file: Path, key: bytes, *, any_thread: bool = False) -> None:
        assert driver.sqlite_version_info >= SQLITE_FLOOR
        self.file = file
        self._lane = None if any_thread else threading.get_ident()
        with sorted_errors(file):
            self._connection = _connected(file, key, any_thread=any_thread)

    @property
    def connection(self) -> Connection:
        """The connection, for a caller on the lane."""
        assert self._lane in (None, threading.get_ident()), "off the books' lane"
        return self._connection

    def engine(self) -> Engine:
        """Return SQLAlchemy's view of this same connection, for typed rows."""
        return create_engine(
            "sqlite://",
            creator=lambda: self._connection,
            poolclass=StaticPool,
            module=driver,
            hide_parameters=True,  # an error would show serials and names
        )

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection; raises DiskTrouble, BooksDamaged."""
        with sorted_errors(self.file):
            yield self.connection

    @contextlib.contextmanager
    def writing_before(self) -> Iterator[Connection]:
        """Lend the connection inside one transaction that is durable with the next sync.

        A killed program loses nothing of it; a power cut before the next commit or `checkpoint`
        may lose it whole, never a part, and never what came before. For what need not be waited
        for, because something that is waited for follows. Raises as `writing` does.
        """
        with sorted_errors(self.file):
            self.connection.execute("PRAGMA synchronous=NORMAL")
        try:
            with self.writing() as connection:
                yield connection
        finally:
            with sorted_errors(self.file):
                self.connection.execute("PRAGMA synchronous=FULL")

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the connection inside one transaction: all is durable on return, or nothing is.

        Raises DiskFull, DiskTrouble, BooksDamaged.
        """
        with sorted_errors(self.file):
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.rollback()
                raise

    def walk(self, sql: str, values: Sequence[object] = ()) -> Generator[Row]:
        """Walk rows without holding them all; close it, or what was not read stays locked."""
        cursor = self.connection.execute(sql, values)
        try:
            yield from cursor
        finally:
            cursor.close()

    def demand_sound(self) -> None:
        """Walk every page, unless the file is large; raises BooksDamaged."""
        if self.file.stat().st_size > WALKED:
            return
        with self.reading() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchall()
        if found != [("ok",)]:
            raise BooksDamaged(str(self.file), str(found[0][0]))

    def checkpoint(self) -> bool:
        """Bring everything from the log file into the main file, durably, and empty the log.

        Return whether all of it stands there: somebody who reads may be in the way.
        """
        with self.reading() as connection:
            ((blocked, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not blocked

    def bring_in(self, least: int) -> bool:
        """Bring pages from the log file into the main file where so many wait; say whether.

        For a moment in which nobody waits: else the commit that fills the log does it, and whoever
        waits for that commit waits for all of them.
        """
        with self.reading() as connection:
            ((_, held, brought),) = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchall()
            if held - brought < least:
                return False
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        return True

    def rekey(self, key: bytes, progress: Progress = silent) -> None:
        """Seal every page under another key, in one transaction; the connection goes on with it.

        The pages that the log file gets are brought into the main file at once: none stays under
        the key before. How far it is shows in that log file; ``progress`` is called on a thread of
        its own and cannot stop it. Raises DiskFull, DiskTrouble.
        """
        self.checkpoint()
        with _growing(self.file, progress), self.reading() as connection:
            said = connection.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"").fetchall()
        if said != [("ok",)]:
            raise DiskTrouble(str(self.file), "not sealed under another key")
        self.checkpoint()

    def copy_to(self, file: Path) -> None:
        """Write a compact copy under the same key; an older file of that name is replaced."""
        fresh = file.with_name(file.name + ".new")
        fresh.unlink(missing_ok=True)
        self.checkpoint()
        with self.reading() as connection:
            connection.execute("VACUUM INTO ?", (str(fresh),))
        fresh.replace(file)

    def close(self) -> None:
        """Empty the log file and let go."""
        try:
            self.checkpoint()
        finally:
            self.connection.close()


def _connected(file: Path, key: bytes, *, any_thread: bool) -> Connection:
    connection: Connection = driver.connect(
        str(file), isolation_level=None, cached_statements=512, check_same_thread=not any_thread
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # else it writes to stderr
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except driver.Error:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def _growing(file: Path, progress: Progress) -> Iterator[None]:
    """Tell how much of a database stands in its log file, while one statement fills that."""
    log, whole, ended = file.with_name(f"{file.name}-wal"), file.stat().st_size, threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK):
            with contextlib.suppress(OSError):
                progress(min(log.stat().st_size, whole), whole)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
