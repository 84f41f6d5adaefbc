"""Sticks and second disks, found again by a mark in the folder, wherever they are plugged in.

A stick gets another drive letter or another mount point on another day, and where it is not plugged
in its mount point may be an empty folder of the computer's own disk. So the folder of backups holds
a small file with a random name of its own, and only a folder with that file is the one meant.
"""

from __future__ import annotations

import re
import secrets
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from stockpile.whole_files import beside, disk_errors, settle

MARK_FILE: Final = ".stockpile-backups"
_IDENTITY: Final = re.compile(r"[0-9a-f]{32}")
_LONGEST: Final = 200
_POINTS: Final = ("/media/*", "/media/*/*", "/run/media/*/*", "/mnt/*", "/Volumes/*")


def mark(folder: Path) -> str:
    """Give a folder its mark, or read the one it has; raises DiskFull, DiskTrouble."""
    with disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = identity_of(folder)
    if known:
        return known
    fresh = secrets.token_hex(16)
    with beside(folder / MARK_FILE) as draft:
        draft.write_text(f"{fresh}\n", "ascii")
        draft.replace(folder / MARK_FILE)
        settle(folder)
    return fresh


def identity_of(folder: Path) -> str:
    """Return a folder's mark; empty where it has none."""
    try:
        with (folder / MARK_FILE).open("rb") as opened:
            said = opened.read(_LONGEST).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if _IDENTITY.fullmatch(said) else ""


def find(folder: Path, identity: str, volumes: Iterable[Path] | None = None) -> Path | None:
    """Return where the folder with this mark is now; None where it is nowhere.

    It is looked for where it was, then under every volume of this computer, by the end of its path.
    """
    for place in (folder, *_elsewhere(folder, _volumes() if volumes is None else volumes)):
        if identity_of(place) == identity:
            return place
    return None


def _elsewhere(folder: Path, volumes: Iterable[Path]) -> Iterator[Path]:
    parts = folder.parts[1:]
    for volume in volumes:
        for start in range(len(parts) + 1):
            yield volume.joinpath(*parts[start:])


def _volumes() -> Iterator[Path]:
    """Yield where sticks and disks are plugged in, as far as one can tell."""
    if sys.platform == "win32":
        yield from (Path(f"{letter}:\\") for letter in string.ascii_uppercase[2:])
    else:
        for pattern in _POINTS:
            yield from sorted(Path("/").glob(pattern.lstrip("/")))
