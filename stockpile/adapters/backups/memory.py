"""What a home remembers of its backups: which were found whole, the last good one, what failed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from stockpile.services.ports import BackupNotes
from stockpile.whole_files import beside

FILE: Final = "backups.json"


class BackupMemoryFile:
    """The port `BackupMemory`: a small file in the home; on the backups' lane."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE

    def read(self) -> BackupNotes:
        """Return what is remembered; nothing where the file is missing or none of ours."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=BackupNotes)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return BackupNotes()

    def keep(self, notes: BackupNotes) -> None:
        """Remember it, whole or not at all; raises DiskFull, DiskTrouble."""
        with beside(self._file) as draft:
            draft.write_bytes(msgspec.json.encode(notes))
            draft.replace(self._file)
