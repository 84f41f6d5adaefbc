"""What both formats are read into: the rows of one sheet, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from stockpile.adapters.sheets import limits
from stockpile.domain.errors import FileHostile
from stockpile.services.ports import Cell

EMPTY: Final = Cell("", "")
STEP: Final = 500
"""Rows between two reports of progress."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheets that a file has, the one that was read, and its rows from the first on."""

    sheets: tuple[str, ...]
    sheet: str
    rows: tuple[Row, ...] = field(repr=False)


def bounded(rows: Iterable[Row], path: str, tick: Callable[[int], None]) -> tuple[Row, ...]:
    """Collect rows, empty cells at their ends cut off; raise FileHostile where they never end."""
    kept: list[Row] = []
    cells = 0
    for number, row in enumerate(rows, 1):
        cut = trimmed(row)
        cells += len(cut)
        if number > limits.MOST_ROWS:
            raise FileHostile(path, "rows")
        if len(cut) > limits.MOST_COLUMNS:
            raise FileHostile(path, "columns")
        if cells > limits.MOST_CELLS:
            raise FileHostile(path, "cells")
        kept.append(cut)
        if not number % STEP:
            tick(number)
    tick(len(kept))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def trimmed(row: Row) -> Row:
    """Return the row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].text:
        end -= 1
    return row[:end] if end < len(row) else row
