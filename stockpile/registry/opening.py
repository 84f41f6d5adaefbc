"""The door of a registry's books: which database, whose key; nothing here knows the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from stockpile.domain.errors import KeyWithoutRegistry, RegistryMissing, RegistryThere
from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.clock import now
from stockpile.registry.database import CONNECTIONS, Database, file_of
from stockpile.registry.keys import key_file_of, registry_key


def default_database() -> str:
    """Return where this user's trial registry lies."""
    folder = Path(platformdirs.user_data_dir("stockpile", appauthor=False)) / "registry"
    return str(folder / "registry.db")


@contextmanager
def opened_books(
    database_url: str = "",
    key_file: Path | None = None,
    connections: int = CONNECTIONS,
    *,
    founds: bool = False,
) -> Iterator[RegistryBooks]:
    """Open a registry's books and close them again; with ``founds`` make them where none are.

    A registry is who it is by its key, and every node is bound to that one: without ``founds``, so
    that no slip of a hand begins a second one, nothing is made and RegistryMissing is raised.
    Raises FieldUnreadable, RegistryBusy, BooksTooNew, BooksDamaged, DiskTrouble, KeysUnreadable.
    """
    database = Database(database_url or default_database(), connections, makes=founds)
    try:
        key = registry_key(database, key_file, is_new=founds and database.is_new)
        yield RegistryBooks(database, key, now)
    finally:
        database.close()


def found(database_url: str = "", key_file: Path | None = None) -> tuple[NodeId, str]:
    """Begin a registry where there is none; return its id, and its database as it is named.

    Raises RegistryThere where one was founded before, KeyWithoutRegistry where its key alone is
    there, and what opening raises.
    """
    place = database_url or default_database()
    with suppress(RegistryMissing), opened_books(place, key_file) as before:
        raise RegistryThere(before.database.place, before.key.node)
    file = file_of(place)
    kept = key_file or (key_file_of(file) if file else None)
    if kept is not None and kept.exists():
        raise KeyWithoutRegistry(str(kept))
    with opened_books(place, key_file, founds=True) as books:
        return books.key.node, books.database.place
