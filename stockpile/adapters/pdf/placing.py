"""Files that stand whole or not at all: drawn beside their place, made durable, then named."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stockpile.domain.errors import DiskFull, DiskTrouble

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Lend a draft's name in the file's own folder; the draft is gone afterwards."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
    except OSError as error:
        raise _disk_error(file, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _disk_error(file: Path, error: OSError) -> DiskFull | DiskTrouble:
    if error.errno in _NO_ROOM:
        return DiskFull(str(file))
    return DiskTrouble(str(file), error.strerror or str(error))


def settle(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
