"""The door of the books: what is looked at before anybody may write.

In this order: the disk is fit, nobody else is in, the key opens, no newer program wrote it, a copy
is made before any change of shape, the file is sound, the database is not older than its anchor,
the last entries are what they claim, and the register is whole.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.adapters.sqlite import checking, rebuilding
from stockpile.adapters.sqlite.books import Anchor, SqliteBooks, Surroundings, kept_nowhere
from stockpile.adapters.sqlite.disks import demand_safe
from stockpile.adapters.sqlite.erasing import ForgetPhoto
from stockpile.adapters.sqlite.lock import HomeLock
from stockpile.adapters.sqlite.migrate import migrate
from stockpile.adapters.sqlite.queries import SqliteRegister
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import BooksRolledBack, HomeMissing
from stockpile.domain.ledger import Tip
from stockpile.domain.matching.asking import AsWritten, Words
from stockpile.domain.values import NodeId
from stockpile.services.ports import Chance, Clock, Keys
from stockpile.whole_files import disk_errors

BOOKS_FILE: Final = "stockpile.db"
LOG_FILE: Final = f"{BOOKS_FILE}-wal"
KEPT_LOG: Final = f"{LOG_FILE}.kept"
"""The log file that a crash left, set aside until an opening was good.

One changed bit in it hides every later entry, and closing the database again would erase them:
where the opening is refused, the copy stays as evidence, and what it holds can be had back.
"""
MIGRATIONS: Final = Path(__file__).parent / "migrations"
TAIL: Final = 200
"""So many last entries are verified at each opening; all of them by ``check``."""
TAIL_OF_FACTS: Final = 20_000
"""And of those only as many as hold about so many: an import's entries hold a thousand each."""


@dataclass(frozen=True, slots=True)
class OpenBooks:
    """The open books and the register's lists, and how to close both."""

    books: SqliteBooks
    register: SqliteRegister
    store: Store
    lock: HomeLock

    def back_up(self, file: Path) -> None:
        """Write a compact copy under the same key; raises DiskFull, DiskTrouble."""
        self.store.copy_to(file)

    def close(self) -> None:
        """Keep what took long to learn, close the database and let the next process in."""
        try:
            self.register.keep()
            self.store.close()
        finally:
            self.lock.release()


def open_books(
    home: Path,
    key: bytes,
    *,
    keys: Keys,
    clock: Clock,
    chance: Chance,
    anchor: Anchor,
    words: Callable[[], Words] = AsWritten,
    forget_photo: ForgetPhoto = kept_nowhere,
) -> OpenBooks:
    """Open the books of a home, or begin them where its keys are new; on the lane they stay on.

    ``words`` makes what understands makes and calibres in questions, when the first one is asked;
    ``forget_photo`` lets go of a photo of somebody who was erased.

    Raises HomeMissing, UnsafeDisk, BooksInUse, BooksTooNew, BooksDamaged, BooksRolledBack,
    ChainBroken, DiskFull, DiskTrouble.
    """
    if not home.is_dir():
        raise HomeMissing(str(home))
    demand_safe(home)
    lock = HomeLock(home)
    try:
        _keep_log(home)
        opened = _opened(
            home, key, Surroundings(keys, clock, chance, anchor, forget_photo), lock, words
        )
    except BaseException:
        lock.release()
        raise
    with contextlib.suppress(OSError):
        (home / KEPT_LOG).unlink(missing_ok=True)
    return opened


def _opened(
    home: Path,
    key: bytes,
    surroundings: Surroundings,
    lock: HomeLock,
    words: Callable[[], Words],
) -> OpenBooks:
    store = Store(home / BOOKS_FILE, key)
    try:
        migrate(store, MIGRATIONS)
        store.demand_sound()
        books = SqliteBooks(store, surroundings)
        _demand_not_rolled_back(books, surroundings)
        checking.check_tail(books.chains, surroundings.keys.node, (TAIL, TAIL_OF_FACTS))
        if rebuilding.is_due(store):
            books.rebuild()
        books.refresh()
        register = SqliteRegister(store, words)
        books.when_written(register.forget)
        return OpenBooks(books, register, store, lock)
    except BaseException:
        store.connection.close()
        raise


def _keep_log(home: Path) -> None:
    """Set aside what a crash left in the log file; the first one kept is the one that counts."""
    log, kept = home / LOG_FILE, home / KEPT_LOG
    with disk_errors(home):
        if log.exists() and log.stat().st_size and not kept.exists():
            draft = kept.with_name(f".{KEPT_LOG}")
            shutil.copyfile(log, draft)
            draft.chmod(0o600)
            draft.replace(kept)


def _demand_not_rolled_back(books: SqliteBooks, surroundings: Surroundings) -> None:
    """Compare with the anchor; raise BooksRolledBack where entries that were anchored are gone."""
    anchored, node = surroundings.anchor.read(), surroundings.keys.node
    if anchored is not None and not _is_held(books, node, anchored):
        raise BooksRolledBack(anchored.number, books.tip().number)


def _is_held(books: SqliteBooks, node: NodeId, anchored: Tip) -> bool:
    return anchored.number == 0 or books.chains.holds(node, anchored.number, anchored.hash)
