"""A key for every row of a list, equal whenever the same row of the same list comes again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

from stockpile.domain.dates import read_date
from stockpile.domain.layouts import Layout
from stockpile.domain.type_words import plain
from stockpile.domain.values import Digest, tidied

_DATE_LIKE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T,].*)?")


class CellSaid(Protocol):
    """A cell: as the file says it, and as it reads."""

    @property
    def text(self) -> str:
        """The cell as said; a formula as its formula."""
        ...

    @property
    def value(self) -> str:
        """The cell as it reads; empty for a formula whose value nobody remembers."""
        ...


class LineSaid(Protocol):
    """A row: its number in the file, and its cells by column."""

    @property
    def number(self) -> int:
        """The row's number in the file; 1 is the first."""
        ...

    @property
    def cells(self) -> Sequence[CellSaid]:
        """The cells, as many as there are columns."""
        ...


class RowKeys:
    """The row keys of one list.

    A key is the digest of what the row says, column by column, and of how many equal rows went
    before. Where neither serial nor case nor control number tells the row from a stranger's, the
    whole list's own words are part of it: two poor lists never swallow each other's rows.
    """

    def __init__(self, layout: Layout, lines: Sequence[LineSaid]) -> None:
        order = sorted(range(len(layout.columns)), key=lambda one: plain(layout.columns[one]))
        names = [(plain(layout.columns[one]), one) for one in order]
        self._rows = [_row_digest(names, line.cells) for line in lines]
        self._list = hashlib.sha256(b"".join(sorted(self._rows))).digest()
        self._seen: Counter[bytes] = Counter()

    def key(self, position: int, is_rich: bool) -> Digest:
        """Return the key of the row at a position; rows are asked for in their order."""
        own = self._rows[position]
        self._seen[own] += 1
        number = b"%d" % self._seen[own]
        return Digest(hashlib.sha256(own + number + (b"" if is_rich else self._list)).hexdigest())


def _row_digest(names: list[tuple[str, int]], cells: Sequence[CellSaid]) -> bytes:
    said = [
        f"{name}\x1e{_same(cells[index].value or cells[index].text)}"
        for name, index in names
        if cells[index].text
    ]
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=65_536)
def _same(value: str) -> str:
    """Return a value as it compares: the same after any spreadsheet program has saved it again."""
    if _DATE_LIKE.fullmatch(value.strip()):
        return read_date(value).text
    return tidy(value)


@lru_cache(maxsize=65_536)
def tidy(value: str) -> str:
    """Return ``tidied`` of a value; lists repeat themselves, so each is tidied once."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return tidied(value)
