"""Photos beside the backups: each once, sealed as it lies in the home, named by its content."""

from __future__ import annotations

import errno
import filecmp
import os
import secrets
import shutil
from pathlib import Path
from typing import Final

from stockpile.services.ports import Progress

FOLDER: Final = "photos"
_SHELVES: Final = "[0-9a-f][0-9a-f]"
_REST: Final = 62
_LETTERS: Final = frozenset("0123456789abcdef")


def copy(home: Path, folder: Path, progress: Progress) -> tuple[str, ...]:
    """Copy what is not there yet, durably, and return the digests of all that the home has."""
    files = sorted((home / FOLDER).glob(f"{_SHELVES}/*"))
    for number, file in enumerate(files, 1):
        target = folder / FOLDER / file.parent.name / file.name
        if not target.exists() or target.stat().st_size != file.stat().st_size:
            _copy_through(file, target)
        progress(number, len(files))
    return tuple(file.parent.name + file.name for file in files)


def held_beside(folder: Path) -> int:
    """Return how many photos lie beside the backups of a folder."""
    return sum(1 for _file in (folder / FOLDER).glob(f"{_SHELVES}/*"))


def prune(folder: Path, listed: frozenset[str]) -> None:
    """Remove the photos beside the backups that no backup lists any more."""
    for file in (folder / FOLDER).glob(f"{_SHELVES}/*"):
        if file.parent.name + file.name not in listed:
            file.unlink(missing_ok=True)


def take_back(listed: Path, folder: Path, home: Path, progress: Progress) -> None:
    """Copy the listed photos that are beside the backup into a home."""
    names = listed.read_text("ascii").split() if listed.exists() else []
    digests = [name for name in names if _is_digest(name)]
    for number, digest in enumerate(digests, 1):
        source = folder / FOLDER / digest[:2] / digest[2:]
        if source.is_file():
            _copy_through(source, home / FOLDER / digest[:2] / digest[2:])
        progress(number, len(digests))


def _is_digest(name: str) -> bool:
    return len(name) == _REST + 2 and _LETTERS.issuperset(name)


def _copy_through(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name[:8]}-{secrets.token_hex(4)}")
    try:
        with source.open("rb") as opened, fresh.open("xb") as out:
            shutil.copyfileobj(opened, out)
            out.flush()
            os.fsync(out.fileno())
        if not filecmp.cmp(source, fresh, shallow=False):
            raise OSError(errno.EIO, "read back differently")
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
