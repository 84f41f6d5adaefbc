"""Small files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from stockpile.whole_files import disk_errors, settle


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
        settle(path.parent)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor, made for its mode
        file.write(content)
        file.flush()
        os.fsync(handle)
