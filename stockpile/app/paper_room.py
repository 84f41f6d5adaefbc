"""The folder of papers: what was drawn to be printed lies there in the clear, for a day.

A paper can be drawn anew from the ledger at any time, so that a stolen disk need not show a year of
them. What is older than a day goes when the home is opened; who wants to keep a file saves it
elsewhere.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from stockpile.domain.values import Instant

FOLDER: Final = "papers"
KEPT_FOR: Final = 24 * 3_600_000
"""Milliseconds for which a paper lies there after it was drawn."""


def sweep_papers(home: Path, now: Instant) -> None:
    """Take away papers that were drawn more than a day ago; one that is in use stays."""
    with contextlib.suppress(OSError):
        for file in (home / FOLDER).iterdir():
            with contextlib.suppress(OSError):
                if file.is_file() and _drawn(file) < now - KEPT_FOR:
                    file.unlink()


def _drawn(file: Path) -> Instant:
    return file.lstat().st_mtime_ns // 1_000_000
