"""Backups, plugged in: the sealed copies of a home, and what a home says of where it came from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stockpile.adapters.backups import folder
from stockpile.adapters.backups.folder import BackupFolder
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys import slots
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import KeyRing, node_of, ring_of
from stockpile.adapters.sqlite.backing_up import copy_books, copy_database
from stockpile.adapters.sqlite.opening import BOOKS_FILE
from stockpile.adapters.sqlite.proving import forget, prove_beside
from stockpile.domain.errors import KeysUnreadable
from stockpile.services.checking import Beside, Rest
from stockpile.services.ports import Backup, Checked, Progress

RESTORED_FILE: Final = "restored"
JOURNAL_FILE: Final = "journal.db"
PROOF_FILE: Final = "proof.part"

read_backup = folder.read


def backup_folder(home: Path, keys: KeyRing) -> BackupFolder:
    """Return what writes and reads the backups of an open home."""

    def books(file: Path, progress: Progress) -> Checked:
        return copy_books(home / BOOKS_FILE, keys.database_key, file, progress)

    def journal(file: Path) -> None:
        copy_database(home / JOURNAL_FILE, keys.database_key, file)

    def check_keys(draft: Path) -> None:
        clock, chance = SystemClock(), SystemChance()
        file = slots.read_file(draft)
        copied = ring_of(draft, file, keys.database_key, clock=clock, chance=chance)
        if copied.node != keys.node:
            raise KeysUnreadable(str(draft / slots.KEY_FILE))

    # the key is asked for at each copy: the books may be given another one meanwhile
    return BackupFolder(home, keys, books, journal, check_keys)


def proof_room(home: Path, keys: KeyRing) -> Beside:
    """Return what proves the books of an open home beside whoever works on them."""
    file = home / PROOF_FILE
    forget(file)

    def prove(progress: Progress, rest: Rest) -> Checked:
        return prove_beside(home / BOOKS_FILE, keys.database_key, file, progress, rest)

    return prove


def restored_up_to(home: Path) -> int:
    """Return up to which entry a home was restored from a backup; 0 where it never was."""
    try:
        said = (home / RESTORED_FILE).read_text("ascii").strip()
    except OSError:
        return 0
    return int(said) if said.isdigit() else 0


def later_entries(backup: Backup, home: Path) -> int | None:
    """Return how many entries a home has after a backup; None where there is none of its node.

    Asks the key file and the anchor, which need no passphrase and may outlive damaged books.
    """
    anchored = AnchorFile(home).read()
    if anchored is None or node_of(home) != backup.node:
        return None
    return anchored.number - backup.tip.number
