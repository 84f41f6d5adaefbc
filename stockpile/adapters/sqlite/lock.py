"""One process at a time: a lock on a file of the home, let go by the system when we die."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from stockpile.domain.errors import BooksInUse, DiskTrouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE: Final = "lock"


class HomeLock:
    """The lock of one home, held from its making until it is let go."""

    def __init__(self, home: Path) -> None:
        try:
            self._handle = os.open(home / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DiskTrouble(str(home / LOCK_FILE), error.strerror or str(error)) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise BooksInUse(str(home)) from error

    def release(self) -> None:
        """Let the next process in."""
        os.close(self._handle)


def _take(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
