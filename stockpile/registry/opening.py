"""The door of a registry's books: which database, whose key; nothing here knows the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from stockpile.registry.books import RegistryBooks
from stockpile.registry.clock import now
from stockpile.registry.database import CONNECTIONS, Database
from stockpile.registry.keys import registry_key


def default_database() -> str:
    """Return where this user's trial registry lies."""
    folder = Path(platformdirs.user_data_dir("stockpile", appauthor=False)) / "registry"
    return str(folder / "registry.db")


@contextmanager
def opened_books(
    database_url: str = "", key_file: Path | None = None, connections: int = CONNECTIONS
) -> Iterator[RegistryBooks]:
    """Open a registry's books, make them where there are none, and close them again.

    Raises FieldUnreadable, RegistryBusy, BooksTooNew, BooksDamaged, KeysUnreadable.
    """
    database = Database(database_url or default_database(), connections)
    try:
        key = registry_key(database, key_file, is_new=database.is_new)
        yield RegistryBooks(database, key, now)
    finally:
        database.close()
