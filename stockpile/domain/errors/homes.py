"""What can be wrong with a home: its books, its disk, its backups."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused, Unavailable


@dataclass(eq=False)
class BooksDamaged(Damaged):
    """The database file itself is corrupt."""

    path: str
    why: str


@dataclass(eq=False)
class BooksTooNew(Damaged):
    """The database was written by a newer version of the program."""

    path: str
    theirs: int
    ours: int


@dataclass(eq=False)
class BooksRolledBack(Damaged):
    """The database is older than its anchor: a restored backup, a clone, or a lying drive."""

    anchored: int
    found: int


@dataclass(eq=False)
class AnchorMissing(Damaged):
    """The anchor beside the database is gone or does not bear our seal."""

    path: str


@dataclass(eq=False)
class BooksInUse(Unavailable):
    """Another process has this home open."""

    path: str


@dataclass(eq=False)
class DiskFull(Unavailable):
    """The disk has no room; nothing of the act was written."""

    path: str


@dataclass(eq=False)
class DiskTrouble(Unavailable):
    """The disk cannot be read or written."""

    path: str
    why: str


@dataclass(eq=False)
class UnsafeDisk(Refused):
    """A live database must not stand on a removable, FAT or network drive."""

    path: str
    kind: str


@dataclass(eq=False)
class HomeMissing(Refused):
    """There is no stockpile in this folder yet."""

    path: str


@dataclass(eq=False)
class HomeExists(Refused):
    """There is a stockpile in this folder already."""

    path: str


@dataclass(eq=False)
class HomeOpenToOthers(Refused):
    """Others on this computer can read the home, and the system lets nobody forbid it."""

    path: str


@dataclass(eq=False)
class BackupDamaged(Damaged):
    """A backup is not what it was sealed as, or no backup at all; ``why`` names the part."""

    path: str
    why: str


@dataclass(eq=False)
class BackupPlaceMissing(Unavailable):
    """The disk or stick that backups go to is not here: the folder's mark is found nowhere."""

    path: str
