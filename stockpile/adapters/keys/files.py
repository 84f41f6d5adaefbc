"""Small files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from stockpile.domain.errors import DiskFull, DiskTrouble

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC})


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Say what the system's refusal means: no room, or a disk that cannot be used."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(str(path)) from error
        raise DiskTrouble(str(path), error.strerror or str(error)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in the file's place in one step, on the disk when it returns.

    Raises DiskFull, DiskTrouble; then the file is as it was.
    """
    fresh = path.with_name(path.name + ".new")
    with disk_errors(path):
        try:
            _write(fresh, content)
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        _settle(path.parent)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor, made for its mode
        file.write(content)
        file.flush()
        os.fsync(handle)


def _settle(folder: Path) -> None:
    """Make the folder's new name durable; Windows does so with the file itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
