"""A table over as many pages as it needs: its titles on every page, and page x of y.

Every row is one line; what has no room is cut with an ellipsis, and the more columns, the smaller
the letters. A page of a right-to-left language begins at the right. Lengths are in points, from the
page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.shaping import Hand, Written, fitted, written
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.language import _
from stockpile.services.ports import ExtractColumn, ExtractTable

_WIDTH: Final = 841.89
_HEIGHT: Final = 595.28
"""A4, lying (ISO 216), in points."""
_MARGIN: Final = 34.0
_GAP: Final = 6.0
_TITLE, _NOTE, _FOOT = 15.0, 8.0, 7.5
_LARGEST, _SMALLEST = 8.0, 5.0
_LETTER, _CODE_LETTER = 0.52, 0.62
"""The width of a usual letter, and of a code's, as a part of the font size."""
_LEADING: Final = 1.65
_KEPT: Final = 20_000
_RULE: Final = "0.6 G 0.4 w"


def write_pdf(table: ExtractTable, out: BinaryIO) -> None:
    """Write the table; a character that no shipped font has is shown as a question mark."""
    document = StreamedDocument(out, _WIDTH, _HEIGHT, table.title, table.title)
    sheet = _Sheet(table, document)
    rows = iter(table.rows)
    for number in range(1, sheet.pages + 1):
        some = list(islice(rows, sheet.rows_on(number)))
        document.add_page("\n".join(sheet.page(number, some)))
    document.finish()


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a column stands: its start from the reader's side, its width, and its hand."""

    start: float
    width: float
    hand: Hand


class _Sheet:
    """The pages of one table."""

    def __init__(self, table: ExtractTable, document: StreamedDocument) -> None:
        self._table, self._document = table, document
        self._size = _size(table.columns)
        self._slots = _slots(table.columns)
        self._step = self._size * _LEADING
        self._first = self._room(_TITLE * 1.8 + len(table.notes) * _NOTE * _LEADING + _GAP)
        self._others = self._room(0)

    @property
    def pages(self) -> int:
        """How many pages the table takes; an empty one takes one."""
        return 1 + max(0, -(-(self._table.count - self._first) // self._others))

    def rows_on(self, number: int) -> int:
        """Return how many rows a page has room for."""
        return self._first if number == 1 else self._others

    def page(self, number: int, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """Return the operators of a page."""
        lines: list[str] = []
        top = _HEIGHT - _MARGIN
        yield "BT"
        if number == 1:
            top -= _TITLE
            yield self._line(self._table.title, Hand.BOLD, _TITLE, top)
            top -= _TITLE * 0.8
            for note in self._table.notes:
                top -= _NOTE * _LEADING
                yield self._line(note, Hand.PLAIN, _NOTE, top)
            top -= _GAP
        top -= self._step
        yield from self._row([column.title for column in self._table.columns], top, Hand.BOLD)
        lines.append(_rule(top - self._step * 0.35))
        for row in rows:
            top -= self._step
            yield from self._row(row, top, None)
        yield from self._foot(number)
        yield "ET"
        lines.append(_rule(_MARGIN + _FOOT * 1.5))
        yield f"q {_RULE} {' '.join(lines)} Q"

    def _room(self, above: float) -> int:
        height = _HEIGHT - 2 * _MARGIN - above - _FOOT * 2.5
        return max(1, int(height / self._step) - 1)

    def _foot(self, number: int) -> Iterator[str]:
        page = _("Page {page} of {pages}").format(page=number, pages=self.pages)
        yield self._line(page, Hand.PLAIN, _FOOT, _MARGIN)
        seal = self._table.seal
        if seal:
            width = written(seal, Hand.CODE).width * _FOOT / EM
            x = _MARGIN if self._table.is_mirrored else _WIDTH - _MARGIN - width
            yield self._at(x, _MARGIN, _shaped(seal, Hand.CODE, float(EM) * 999), _FOOT)

    def _line(self, text: str, hand: Hand, size: float, y: float) -> str:
        width = _WIDTH - 2 * _MARGIN
        return self._placed(text, hand, _Slot(_MARGIN, width, hand), (size, y))

    def _row(self, cells: Sequence[str], y: float, hand: Hand | None) -> Iterator[str]:
        for cell, slot in zip(cells, self._slots, strict=True):
            if cell:
                yield self._placed(cell, hand or slot.hand, slot, (self._size, y))

    def _placed(self, text: str, hand: Hand, slot: _Slot, at: tuple[float, float]) -> str:
        """Write a line in its slot, at the side where its page begins."""
        size, y = at
        line = _shaped(text, hand, round(slot.width * EM / size, 1))
        x = slot.start
        if self._table.is_mirrored:
            x = _WIDTH - slot.start - line.width * size / EM
        return self._at(x, y, line, size)

    def _at(self, x: float, y: float, line: Written, size: float) -> str:
        shown = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
        return f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown}"


def _rule(y: float) -> str:
    return f"{_MARGIN:.2f} {y:.2f} m {_WIDTH - _MARGIN:.2f} {y:.2f} l S"


def _letters(column: ExtractColumn) -> float:
    """Return the width that a column wants, as a multiple of the font size."""
    return column.width * (_CODE_LETTER if column.is_code else _LETTER)


def _size(columns: Sequence[ExtractColumn]) -> float:
    """Return the font size at which the columns have their widths, within what is readable."""
    room = _WIDTH - 2 * _MARGIN - _GAP * len(columns)
    return max(_SMALLEST, min(_LARGEST, room / sum(map(_letters, columns))))


def _slots(columns: Sequence[ExtractColumn]) -> list[_Slot]:
    """Share the page's width out by the widths that the columns want."""
    room = _WIDTH - 2 * _MARGIN - _GAP * (len(columns) - 1)
    letters = sum(map(_letters, columns))
    slots, start = [], _MARGIN
    for column in columns:
        width = room * _letters(column) / letters
        slots.append(_Slot(start, width, Hand.CODE if column.is_code else Hand.PLAIN))
        start += width + _GAP
    return slots


@lru_cache(_KEPT)
def _shaped(text: str, hand: Hand, room: float) -> Written:
    """Return the text as glyphs, cut where it has no room; most are met again."""
    try:
        return fitted(written(text, hand), hand, room)
    except LabelUnprintable as error:
        if hand is Hand.CODE:
            return _shaped(text, Hand.PLAIN, room)
        return _shaped(_without(text, error), hand, room)


def _without(text: str, error: LabelUnprintable) -> str:
    return text.translate(dict.fromkeys(map(ord, error.missing), "?"))
