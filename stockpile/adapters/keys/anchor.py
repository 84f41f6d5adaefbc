"""The anchor: number and hash of the last entry, kept outside the database.

An old anchor is harmless, so it is written without waiting for the disk; one that is newer than the
database proves that the database was rolled back. It is shorter than a sector and overwritten in
place, which no drive tears (a rename costs as much as a whole registration).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain.ledger import Tip
from stockpile.whole_files import disk_errors

ANCHOR_FILE: Final = "anchor.json"
_LENGTH: Final = 160


class AnchorFile:
    """The anchor of one home."""

    def __init__(self, home: Path) -> None:
        self._file = home / ANCHOR_FILE

    def read(self) -> Tip | None:
        """Return the tip anchored last; None where there is none, or none that can be read."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Tip)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None  # it anchors nothing, and is written anew with the next entry

    def write(self, tip: Tip) -> None:
        """Anchor the tip; raises DiskFull, DiskTrouble."""
        record = msgspec.json.encode(tip).ljust(_LENGTH)
        with disk_errors(self._file):
            file = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(file, record)
            finally:
                os.close(file)
