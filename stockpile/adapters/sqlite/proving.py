"""The deep check beside the desk: on a copy, so that nobody who works ever waits for it.

The pages, tables and indexes of the books are looked through where they are, as of one moment; then
a copy of that moment, under the same key, is proved from its first entry on and its register
derived anew. While it is proved the books are held by nobody: it may rest as long as it likes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from stockpile.adapters.sqlite import checking
from stockpile.adapters.sqlite.backing_up import beside, copy_database
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import BooksDamaged, DiskFull
from stockpile.services.ports import Checked, Progress
from stockpile.whole_files import disk_errors

_SPARE: Final = 64 * 1024 * 1024
"""Bytes that stay free on the disk whatever is copied: work goes on there meanwhile."""


def prove_beside(
    source: Path, key: bytes, file: Path, progress: Progress, rest: Callable[[], None]
) -> Checked:
    """Prove the books as they stand now by a copy in ``file``, which is gone afterwards.

    ``rest`` is called where it may wait. Raises what a deep check of the books raises, DiskFull,
    DiskTrouble, Cancelled.
    """
    _demand_room(source, file)
    forget(file)
    try:
        _demand_sound(source, key, progress)
        copy_database(source, key, file, progress)
        return _proved(file, key, progress, rest)
    finally:
        forget(file)


def forget(file: Path) -> None:
    """Remove a copy, also one that a killed program left; raises DiskTrouble."""
    with disk_errors(file):
        for one in (file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))):
            one.unlink(missing_ok=True)


def _demand_room(source: Path, file: Path) -> None:
    """Raise DiskFull before anything is written that others would miss the room of."""
    with disk_errors(file):
        wanted = 2 * source.stat().st_size + _SPARE
        if shutil.disk_usage(file.parent).free < wanted:
            raise DiskFull(str(file.parent))


def _demand_sound(source: Path, key: bytes, progress: Progress) -> None:
    """Look through every page, table and index of the books; raises BooksDamaged."""
    with beside(source, key, lambda: progress(0, 1)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise BooksDamaged(str(source), str(found[0][0]))


def _proved(file: Path, key: bytes, progress: Progress, rest: Callable[[], None]) -> Checked:
    def step(done: int, total: int) -> None:
        rest()
        progress(done, total)

    copy = Store(file, key, any_thread=True)
    try:
        return checking.check(copy, Chains(copy), deep=True, progress=step)
    finally:
        copy.close()
