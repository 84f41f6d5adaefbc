"""XLSX by openpyxl: formulas as written, one pass over the sheet that holds the list."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.cells import constant, is_formula, shown
from stockpile.adapters.sheets.grid import EMPTY, Grid, Row, bounded
from stockpile.adapters.sheets.headers import LOOK_AT, promise
from stockpile.adapters.sheets.zips import demand_workbook
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.services.ports import Cell, Progress

_BROKEN: Final = (
    InvalidFileException, ParseError, zipfile.BadZipFile, zlib.error, EOFError, KeyError,
    IndexError, OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip
"""What openpyxl lets out when a part is missing, cut, nonsense or a bomb (a ValueError as well)."""


def read_workbook(raw: bytes, path: str, sheet: str, progress: Progress) -> Grid:
    """Read the named sheet, or the one that looks most like a list."""
    demand_workbook(raw, path)
    with _translated(path), _opened(raw, data_only=False) as book:
        names = tuple(one.title for one in book.worksheets)
        if sheet and sheet not in names:
            raise FileUnreadable(path, "no_such_sheet")
        if not names:
            raise FileUnreadable(path, "empty")
        chosen = sheet or _most_promising(book, names, path)
        total = book[chosen].max_row or 0
        reading = _Reading(path)
        rows = bounded(
            reading.rows(book[chosen]), path, lambda done: progress(done, max(done, total))
        )
        if reading.unknown:
            rows = _with_cached(raw, chosen, rows)
    return Grid(names, chosen, rows)


def _most_promising(book: Workbook, names: tuple[str, ...], path: str) -> str:
    if len(names) == 1:
        return names[0]
    size = {name: book[name].max_row or 0 for name in names}
    ranks = {
        name: (*promise(tuple(islice(_Reading(path).rows(book[name]), LOOK_AT))), size[name])
        for name in names
    }
    return max(names, key=lambda name: ranks[name])


class _Reading:
    """Cells of one sheet; equal cells are one object, and formulas to be looked up are noted."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[tuple[object, object, int], Cell] = {}
        self.unknown = False

    def rows(self, sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - openpyxl's read-only sheet
        sheet.reset_dimensions()
        cell = self._cell
        for row in sheet.iter_rows():
            yield tuple([EMPTY if one.value is None else cell(one) for one in row])

    def _cell(self, one: Any) -> Cell:  # noqa: ANN401 - openpyxl's read-only cell
        value = one.value
        if one.data_type == "f":
            return self._formula(value if type(value) is str else getattr(value, "text", "="))
        key = (type(value), value, one._style_id)  # noqa: SLF001 - the format's number, cheaply
        known = self._known.get(key)
        if known is None:
            text = shown(value, _format(one))
            self._demand_short(text)
            known = self._known[key] = Cell(text, text)
        return known

    def _formula(self, text: str) -> Cell:
        self._demand_short(text)
        value = constant(text)
        if value is None:
            self.unknown = True
            return Cell(text, "")
        return Cell(text, value)

    def _demand_short(self, text: str) -> None:
        if len(text) > limits.LONGEST_CELL:
            raise FileHostile(self._path, "cell")


def _format(one: Any) -> str:  # noqa: ANN401 - openpyxl's read-only cell
    return one.number_format or "" if type(one.value) in (int, float) else ""


def _with_cached(raw: bytes, sheet: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Give formulas that are not constant the value that the file remembers for them."""
    with _opened(raw, data_only=True) as book:
        book[sheet].reset_dimensions()
        remembered = book[sheet].iter_rows()
        return tuple(
            tuple(map(_remembered, row, (*cached, *[None] * (len(row) - len(cached)))))
            for row, cached in zip(rows, remembered, strict=False)
        )


def _remembered(cell: Cell, cached: Any) -> Cell:  # noqa: ANN401 - openpyxl's read-only cell
    if cell.value or cached is None or not is_formula(cell.text):
        return cell
    return Cell(cell.text, shown(cached.value, _format(cached)))


@contextmanager
def _opened(raw: bytes, *, data_only: bool) -> Iterator[Workbook]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and dates that it does not know
        book = load_workbook(BytesIO(raw), read_only=True, data_only=data_only, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _translated(path: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        if isinstance(error, DefusedXmlException) or isinstance(
            error.__cause__, DefusedXmlException
        ):
            raise FileHostile(path, "entities") from error
        raise FileUnreadable(path, "damaged") from error
