"""What an operator says about the service: where its books stand, where it listens, how much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fastapi import FastAPI

from stockpile.domain.errors import FieldUnreadable, OneProcessOnly, StockpileError
from stockpile.registry.app import create_app
from stockpile.registry.books import RegistryBooks
from stockpile.registry.clock import now
from stockpile.registry.database import CONNECTIONS, Database, is_postgres
from stockpile.registry.limits import Limits
from stockpile.registry.metrics import Figures
from stockpile.registry.opening import opened_books
from stockpile.registry.replicas import Reading, ReplicaBooks, Standby

DEFAULT_LISTEN: Final = "127.0.0.1:8750"


@dataclass(frozen=True, slots=True)
class Service:
    """One service, of one process or of several that share its port."""

    database: str = ""
    listen: str = DEFAULT_LISTEN
    key: Path | None = None
    workers: int = 1
    metrics: str = ""
    """HOST:PORT on which figures are scraped; nowhere where it is empty."""
    forwarded_by: str = ""
    """Address of the proxy whose word about the asker's address is believed; nobody's otherwise."""
    read_database: str = ""
    """A copy that follows the database; nodes read from it what stays true however old it is."""
    connections: int = CONNECTIONS
    photos: Path | None = None
    """Folder where photos lie, the same for all processes; beside a database that is a file."""
    ask_witnesses: float = 60
    """Seconds between two askings of witnesses that have an address; 0 for never."""
    founds: bool = False
    """Whether a registry is begun where there is none: for practice and tests alone."""
    limits: Limits = field(default_factory=Limits)


@contextmanager
def opened(service: Service) -> Iterator[tuple[RegistryBooks, Reading]]:
    """Open the books, and the copy that is read from.

    Raises FieldUnreadable, OneProcessOnly, RegistryMissing, RegistryBusy, BooksTooNew,
    BooksDamaged, KeysUnreadable.
    """
    _demand_workers(service)
    place, key, connections = service.database, service.key, service.connections
    with opened_books(place, key, connections, founds=service.founds) as books:
        if not service.read_database:
            yield books, Reading(books)
            return
        with ExitStack() as stack:
            yield books, Reading(books, _standby(service, books, stack))


def _standby(service: Service, books: RegistryBooks, stack: ExitStack) -> Standby:
    """Return the copy that is read from, which may be away just now.

    Raises FieldUnreadable, KeysUnreadable where it is another registry's, BooksTooNew.
    """

    def opens() -> RegistryBooks:
        database = Database(service.read_database, service.connections, follows=True)
        try:
            copy = ReplicaBooks(database, books.key, now)
        except StockpileError:
            database.close()
            raise
        stack.callback(database.close)
        return copy

    standby = Standby(opens)
    standby.begin()
    return standby


def application(
    service: Service, books: RegistryBooks, reading: Reading, figures: Figures
) -> FastAPI:
    """Return the service's application over its open books."""
    return create_app(
        books, reading=reading, limits=service.limits, figures=figures, photos=service.photos
    )


def _demand_workers(service: Service) -> None:
    """Raise FieldUnreadable or OneProcessOnly for processes that there cannot be.

    SQLite lets one write at a time: a second process would only wait for the first, and each
    would answer "busy" where one alone answers in turn. A country's registry is on PostgreSQL.
    """
    if service.workers < 1:
        raise FieldUnreadable("workers", str(service.workers))
    if service.workers > 1 and not is_postgres(service.database):
        raise OneProcessOnly(service.workers)
