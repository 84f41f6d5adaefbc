"""Backups, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from stockpile.domain.ledger import Tip
from stockpile.domain.values import Instant, NodeId
from stockpile.services.ports.machine import Progress, silent


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a home as it says of itself: whose, when, up to which entry, how much is in it.

    ``photos_missing`` are those that it names and that do not lie beside it.
    """

    file: Path
    node: NodeId
    at: Instant
    tip: Tip
    entries: int
    facts: int
    weapons: int
    conflicts: int
    photos: int
    photos_missing: int = 0


@dataclass(frozen=True, slots=True)
class BackupNotes:
    """What a home remembers of its backups.

    ``checked`` are the files that were found whole, ``last_at`` and ``last_file`` the last good
    one, up to entry ``last_number``; ``failed_at`` and ``failed`` when and why none could be
    written since: missing, full, damaged, trouble.
    """

    checked: tuple[str, ...] = ()
    last_at: Instant = 0
    last_file: str = ""
    last_number: int = 0
    failed_at: Instant = 0
    failed: Literal["", "missing", "full", "damaged", "trouble"] = ""


class BackupMemory(Protocol):
    """Keeps what a home remembers of its backups; on the backups' lane."""

    def read(self) -> BackupNotes:
        """Return what is remembered."""
        ...

    def keep(self, notes: BackupNotes) -> None:
        """Remember it; raises DiskFull, DiskTrouble."""
        ...


class BackupFiles(Protocol):
    """Writes and reads the backups of this home; on any lane, while the books are in use."""

    def mark(self, folder: Path) -> str:
        """Give a folder a mark by which its disk is found again; raises DiskFull, DiskTrouble."""
        ...

    def find(self, folder: Path, identity: str) -> Path | None:
        """Return where the folder with this mark is now; None where its disk is not here."""
        ...

    def write(self, folder: Path, name: str, at: Instant, progress: Progress = silent) -> Backup:
        """Write a backup that was read back, opened and checked, or nothing.

        Raises DiskFull, DiskTrouble, BackupDamaged where the disk gives back something else,
        Cancelled, and what a check of the books raises.
        """
        ...

    def read(self, file: Path, progress: Progress = silent) -> Backup:
        """Prove every byte of a backup; raises FileUnreadable, BackupDamaged, Cancelled."""
        ...

    def held(self, folder: Path, nodes: Collection[NodeId] = ()) -> tuple[Backup, ...]:
        """Return the backups of these nodes in a folder, else of this one; the oldest first."""
        ...

    def remove(self, backups: Sequence[Backup]) -> None:
        """Remove backups and the photos that only they name, as far as the disk lets it."""
        ...
