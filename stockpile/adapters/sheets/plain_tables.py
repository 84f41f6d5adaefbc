"""A table written as CSV of which a spreadsheet program works nothing out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from stockpile.domain.spreadsheets import harmless
from stockpile.whole_files import beside


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV; a cell that a program would work out gets an apostrophe before it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def write_table(file: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV in UTF-8 with its mark; raises DiskFull, DiskTrouble."""
    write_whole(file, table_text(rows).encode("utf-8-sig", "replace"))


def write_whole(file: Path, content: bytes) -> None:
    """Put a file in its place whole, making its folder; raises DiskFull, DiskTrouble."""
    with beside(file) as draft:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)
