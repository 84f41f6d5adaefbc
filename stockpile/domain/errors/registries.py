"""What stands against running a registry: no registry there, no way in, one process too many."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.exchange import RegistryBusy
from stockpile.domain.errors.families import Refused
from stockpile.domain.errors.weapons import FieldUnreadable


@dataclass(eq=False)
class RegistryMissing(Refused):
    """No registry was founded in this database; nothing was made and nothing changed."""

    place: str


@dataclass(eq=False)
class RegistryThere(Refused):
    """A registry was founded in this database before; there is one in each."""

    place: str
    node: str


@dataclass(eq=False)
class KeyWithoutRegistry(Refused):
    """A registry's key without its records: begun anew with it, it would contradict itself."""

    path: str


@dataclass(eq=False)
class DatabaseShut(RegistryBusy):
    """The database's server answers and does not let this program in."""

    place: str


@dataclass(eq=False)
class DatabaseUnreadable(FieldUnreadable):
    """What was given as a database is neither a file nor an address that is understood."""


@dataclass(eq=False)
class OneProcessOnly(Refused):
    """A registry on SQLite is answered for by one process."""

    workers: int


@dataclass(eq=False)
class CopyThere(Refused):
    """There is a file where a copy is to be made; none is ever overwritten."""

    path: str


@dataclass(eq=False)
class CopyByServer(Refused):
    """A registry on PostgreSQL is backed up by PostgreSQL's own means."""

    place: str
