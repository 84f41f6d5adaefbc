"""The books of a home and the marking journal beside them, opened together and closed together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.photos.album import SealedPhotos
from stockpile.adapters.sqlite.books import SqliteBooks
from stockpile.adapters.sqlite.journal import SqliteMarkJournal
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.adapters.sqlite.queries import SqliteRegister
from stockpile.app.key_room import Rekey, anchor_of, count_tries
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import Normaliser
from stockpile.services.meanings import normaliser_of

_JOURNAL_FILE: Final = "journal.db"


@dataclass(frozen=True, slots=True)
class HomeBooks:
    """What of a home lies open: its books, with the register's lists, and its marking journal."""

    opened: OpenBooks
    journal: SqliteMarkJournal

    @property
    def books(self) -> SqliteBooks:
        """The books."""
        return self.opened.books

    @property
    def register(self) -> SqliteRegister:
        """The register's lists."""
        return self.opened.register

    @property
    def rekeys(self) -> tuple[Rekey, ...]:
        """What seals each open database under another key."""
        return self.opened.store.rekey, self.journal.rekey

    def close(self) -> None:
        """Close both, the books last: with them the home is free for the next program."""
        self.journal.close()
        self.opened.close()


def open_home_books(home: Path, keys: KeyRing, photos: SealedPhotos) -> HomeBooks:
    """Open the books of a home whose keys are open, or begin them; on the lane they stay on.

    Raises what opening the books and the journal raises.
    """
    anchor = anchor_of(home, keys, restored=False)
    opened = open_books(
        home,
        keys.database_key,
        keys=keys,
        clock=SystemClock(),
        chance=SystemChance(),
        anchor=anchor,
        words=normaliser,
        forget_photo=photos.forget,
    )
    return HomeBooks(opened, _opened_journal(home, keys, opened, anchor))


def _opened_journal(
    home: Path, keys: KeyRing, opened: OpenBooks, anchor: AnchorFile
) -> SqliteMarkJournal:
    """Open the marking journal beside the books, and let it count how often keys are written.

    Where that fails the books are closed: else whoever puts it right finds the home in use.
    """
    try:
        journal = SqliteMarkJournal(home / _JOURNAL_FILE, keys.database_key, SystemClock())
        keys.watch(journal.turns())
        if not keys.content.anchored:
            anchor.write(opened.books.tip(), durably=True)
            keys.change(anchored=True)
        count_tries(home, keys)
    except BaseException:
        opened.close()
        raise
    return journal


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that comes with the program."""
    return Catalogue(shipped_catalogue())


def normaliser() -> Normaliser:
    """Return what written values mean by the catalogue that comes with the program."""
    return normaliser_of(catalogue())
