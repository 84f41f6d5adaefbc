"""Where a list begins: the row that names its columns, with titles and blanks above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from stockpile.adapters.sheets.grid import Grid, Row, trimmed
from stockpile.domain.headings import is_column_word
from stockpile.domain.values import Digest, tidied
from stockpile.services.ports import Cell, Line, Listing

LOOK_AT: Final = 40
"""Rows at the top among which the header is looked for."""
_EMPTY: Final = Cell("", "")
_LETTERS: Final = 26


def listing(grid: Grid, name: str, digest: Digest) -> Listing:
    """Return the list that the rows of a sheet make: header found, blank rows left out."""
    header = header_index(grid.rows[:LOOK_AT])
    width = max((len(row) for row in grid.rows), default=0)
    titles = grid.rows[header] if header is not None else ()
    below = 0 if header is None else header + 1
    lines = tuple(
        Line(number, row + (_EMPTY,) * (width - len(row)))
        for number, row in enumerate(grid.rows[below:], below + 1)
        if any(cell.text.strip() for cell in row)
    )
    return Listing(name, digest, grid.sheets, grid.sheet, below, column_names(titles, width), lines)


def header_index(rows: Sequence[Row]) -> int | None:
    """Return the position of the header row, or None where the list has none.

    It is the row with most words that columns are called by; failing that, the first row that is
    about as wide as the list and holds words only.
    """
    widest = max((_filled(row) for row in rows), default=0)
    known = [sum(1 for cell in row if is_column_word(cell.value)) for row in rows]
    best = max(known, default=0)
    if best and (best > 1 or widest == 1):
        return known.index(best)
    for index, row in enumerate(rows):
        if _filled(row) * 2 >= widest and _filled(row) and _are_titles(row):
            return index if index + 1 < len(rows) else None
    return None


def promise(rows: Sequence[Row]) -> tuple[int, int, int]:
    """Return how much the first rows of a sheet look like a list, for choosing among sheets."""
    words = max((sum(1 for cell in row if is_column_word(cell.value)) for row in rows), default=0)
    full = sum(1 for row in rows if _filled(row) > 1)
    return words, full, max((_filled(row) for row in rows), default=0)


def column_names(titles: Row, width: int) -> tuple[str, ...]:
    """Return a name for every column: as said, told apart where repeated, else its letter."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for index in range(width):
        said = tidied(titles[index].value) if index < len(titles) else ""
        name = said or letter(index)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def letter(index: int) -> str:
    """Return the letter that a spreadsheet shows over a column; 0 is A, 26 is AA."""
    before, here = divmod(index, _LETTERS)
    return (letter(before - 1) if before else "") + chr(ord("A") + here)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.text.strip())


def _are_titles(row: Row) -> bool:
    said = [cell.value.strip() for cell in trimmed(row) if cell.text.strip()]
    return len(set(said)) == len(said) and not any(_is_numeric(text) for text in said)


def _is_numeric(text: str) -> bool:
    digits = sum(1 for character in text if character.isdigit())
    return not text or digits * 2 > len(text)
