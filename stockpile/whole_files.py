"""Files that stand whole or not at all: drawn beside their place, made durable, then named."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stockpile.domain.errors import DiskFull, DiskTrouble

_NO_ROOM: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC}
)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Say what the system's refusal means: DiskFull, or DiskTrouble for a disk of no use."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(str(path)) from error
        raise DiskTrouble(str(path), error.strerror or str(error)) from error


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Lend a draft's name in the file's own folder; the draft is gone afterwards.

    Raises DiskFull, DiskTrouble.
    """
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    with disk_errors(file):
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Make a folder's new name durable; Windows does so with the file itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
