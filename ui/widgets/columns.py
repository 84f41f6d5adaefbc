"""What a table shows in each of its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from stockpile.language import isolated, plain
from ui.theme import Tone

Row = TypeVar("Row")
"""Whatever the page keeps for one line: a frozen dataclass, never a row of the store."""


class Kind(IntEnum):
    """How a cell is drawn."""

    TEXT = 0
    CODE = 1  # a place or a number with its unit: ordinary letters, never reordered
    MONO = 2  # a serial number or a mark: letters of equal width, never reordered
    TWO_LINE = 3
    CHIP = 4
    NUMBER = 5


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, its width in pixels, and how it gets its words from a row.

    `second` gives the lower line of a two-line cell; `tone` the tone of a chip; `empty` what
    is said where there is no value; a `spare` column goes away when the table is too narrow.
    A sort is offered only where `sort_key` names an order. `code` is the name by which the column
    is remembered.
    """

    title: str
    width: int
    value: Callable[[Row], str]
    kind: Kind = Kind.TEXT
    second: Callable[[Row], str] | None = None
    tone: Callable[[Row], Tone] | None = None
    quiet: bool = False
    empty: str = ""
    spare: bool = False
    sort_key: str = ""
    code: str = ""

    def text(self, row: Row) -> str:
        """Return the words of the cell as they are painted."""
        value = self.value(row)
        return isolated(value) if self.kind in (Kind.CODE, Kind.MONO) else value

    def told(self, row: Row) -> str:
        """Return the whole cell under its title, for where it is shown shortened."""
        lines = [self.text(row) or self.empty, self.second(row) if self.second else ""]
        return "\n".join([self.title, *filter(None, lines)])

    def spoken(self, row: Row) -> str:
        """Return what a screen reader says for the cell: the title, and every word of it."""
        lines = [self.value(row) or self.empty, self.second(row) if self.second else ""]
        said = ", ".join(plain(line) for line in lines if line)
        return f"{self.title}: {said}" if said else self.title
