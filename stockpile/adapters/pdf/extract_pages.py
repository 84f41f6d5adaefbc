"""A table over as many pages as it needs: its titles on every page, and page x of y.

Every row is one line; what has no room is set smaller, then cut with an ellipsis, and the more
columns, the smaller the letters. A page of a right-to-left language begins at the right. Lengths
are in points, from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from stockpile.adapters.pdf.archive import About
from stockpile.adapters.pdf.directions import begins_right
from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.proof import demand_codes
from stockpile.adapters.pdf.shaping import Hand, Written, fitted, written
from stockpile.adapters.pdf.symbols import code_128
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.domain.paper_digits import Digits, digits_of, in_digits
from stockpile.language import _, figure, plain
from stockpile.services.documents import PaperSize, Style
from stockpile.services.ports import ExtractColumn, ExtractTable

_SIZES: Final[dict[PaperSize, tuple[float, float]]] = {
    "A4": (841.89, 595.28), "Letter": (792.0, 612.0),
}  # fmt: skip
"""Sheets, lying, in points."""
_MARGIN: Final = 34.0
_GAP: Final = 6.0
_TITLE, _NOTE, _FOOT = 15.0, 8.0, 7.5
_LARGEST, _SMALLEST = 8.0, 5.0
_LETTER, _CODE_LETTER = 0.52, 0.62
"""The width of a usual letter, and of a code's, as a part of the font size."""
_LEADING: Final = 1.65
_KEPT: Final = 20_000
_MODULE: Final = 72 / 300 * 4
"""Four dots of a 300 dpi printer: a bar code is whole dots wide, or it does not scan."""
_BARS: Final = 26.0
_HEAD: Final = _BARS + 2 * _NOTE
_BOX, _BOX_WIDTH = 62.0, 190.0
_SIGN_AT: Final = _MARGIN + _FOOT * 3
_SIGNED: Final = _BOX + 2 * _GAP
_LEAST: Final = 0.72
"""How small a text becomes, of its usual size, before its end is cut off."""
_ENDLESS: Final = 999_000.0
_RULE: Final = "0.6 G 0.4 w"


def write_pdf(table: ExtractTable, out: BinaryIO, style: Callable[[], Style] = Style) -> None:
    """Write the table; a character that no shipped font has is shown as a question mark.

    ``style`` tells what was chosen for papers. Raises PaperMisread where the code of a numbered
    extract does not scan; ``out`` must then be a file with a name, or bytes in memory.
    """
    chosen = style()
    size = _SIZES[chosen.size]
    document = StreamedDocument(out, *size, "", "", _about(table))
    sheet = _Sheet(table, document, digits_of(table.language, chosen.digits), size)
    rows = iter(table.rows)
    for number in range(1, sheet.pages + 1):
        some = list(islice(rows, sheet.rows_on(number)))
        document.add_page("\n".join(sheet.page(number, some)))
    document.finish()
    if table.number:
        out.flush()
        file = out.getvalue() if isinstance(out, BytesIO) else Path(out.name)
        demand_codes(file, (0.0,), (f"Code128 {table.number}",))


def _about(table: ExtractTable) -> About:
    return About(
        title=" ".join(one for one in (table.title, table.number) if one),
        author=plain(table.by),
        language=table.language,
        at=table.at,
        zone=table.zone,
    )


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a column stands: its start from the reader's side, its width, and its hand."""

    start: float
    width: float
    hand: Hand


class _Sheet:
    """The pages of one table."""

    def __init__(
        self,
        table: ExtractTable,
        document: StreamedDocument,
        digits: Digits,
        size: tuple[float, float],
    ) -> None:
        self._table, self._document, self._digits = table, document, digits
        self._wide, self._high = size
        self._size = _size(table.columns, self._wide)
        self._slots = _slots(table.columns, self._wide)
        self._step = self._size * _LEADING
        head = _TITLE * 1.8 + len(table.notes) * _NOTE * _LEADING + _GAP
        self._first = self._room(max(head, _HEAD if table.number else 0))
        self._others = self._room(0)
        signed = -(-int(_SIGNED) // int(self._step)) if table.boxes else 0
        # boxes for signatures take the place of rows at the end, or of a page of their own
        self.pages = 1 + max(0, -(-(table.count + signed - self._first) // self._others))

    def rows_on(self, number: int) -> int:
        """Return how many rows a page has room for."""
        return self._first if number == 1 else self._others

    def page(self, number: int, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """Return the operators of a page."""
        lines: list[str] = []
        top = self._high - _MARGIN
        yield "BT"
        if number == 1:
            top -= _TITLE
            yield self._line(self._table.title, Hand.BOLD, _TITLE, top)
            top -= _TITLE * 0.8
            for note in self._table.notes:
                top -= _NOTE * _LEADING
                yield self._line(note, Hand.PLAIN, _NOTE, top)
            top -= _GAP
            if self._table.number:
                lines.append(self._code())
                yield from self._number()
                top = min(top, self._high - _MARGIN - _HEAD)
        top -= self._step
        yield from self._row([column.title for column in self._table.columns], top, Hand.BOLD)
        lines.append(_rule(top - self._step * 0.35, self._wide))
        for row in rows:
            top -= self._step
            yield from self._row(row, top, None)
        if self._table.boxes and number == self.pages:
            lines.append(self._boxes())
            yield from self._signing()
        yield from self._foot(number)
        yield "ET"
        lines.append(_rule(_MARGIN + _FOOT * 1.5, self._wide))
        yield f"q {_RULE} {' '.join(lines)} Q"

    def _room(self, above: float) -> int:
        height = self._high - 2 * _MARGIN - above - _FOOT * 2.5
        return max(1, int(height / self._step) - 1)

    def _foot(self, number: int) -> Iterator[str]:
        page = _("Page {page} of {pages}").format(page=figure(number), pages=figure(self.pages))
        yield self._line(page, Hand.PLAIN, _FOOT, _MARGIN)
        code = "  ".join(one for one in (self._table.number, self._table.seal) if one)
        if code:
            line = _shaped(code, Hand.CODE, _ENDLESS)
            yield self._at(self._end(line.width * _FOOT / EM), _MARGIN, line, _FOOT)

    def _code(self) -> str:
        """Return the bar code of the number, at the side where reading ends; never mirrored."""
        symbol = code_128(self._table.number)
        x, y = self._end(symbol.columns * _MODULE), self._high - _MARGIN - _BARS
        return f"q 0 g {_MODULE:.4f} 0 0 {_BARS:.2f} {x:.3f} {y:.3f} cm {symbol.runs} f Q"

    def _number(self) -> Iterator[str]:
        """Write the number beneath its bars, letter by letter, beginning where they begin."""
        x = self._end(code_128(self._table.number).columns * _MODULE)
        line = _shaped(self._table.number, Hand.CODE, _ENDLESS)
        yield self._at(x, self._high - _MARGIN - _BARS - _NOTE * 1.3, line, _NOTE)

    def _boxes(self) -> str:
        """Return the frames to sign in, and in each the line to sign on."""
        drawn = []
        for start, width in self._places():
            x = self._wide - start - width if self._table.is_mirrored else start
            drawn.append(f"{x:.2f} {_SIGN_AT:.2f} {width:.2f} {_BOX:.2f} re S")
            y = _SIGN_AT + _NOTE * 2
            drawn.append(f"{x + _GAP:.2f} {y:.2f} m {x + width - _GAP:.2f} {y:.2f} l S")
        return " ".join(drawn)

    def _signing(self) -> Iterator[str]:
        """Write who signs in each box: as what above, the name below the line."""
        for (start, width), (role, name) in zip(self._places(), self._table.boxes, strict=True):
            slot = _Slot(start + _GAP, width - 2 * _GAP, Hand.PLAIN)
            yield self._placed(role, Hand.PLAIN, slot, (_NOTE, _SIGN_AT + _BOX - _NOTE * 1.4))
            if name:
                yield self._placed(name, Hand.BOLD, slot, (_NOTE, _SIGN_AT + _NOTE * 0.7))

    def _places(self) -> list[tuple[float, float]]:
        step = _BOX_WIDTH + 2 * _GAP
        return [(_MARGIN + number * step, _BOX_WIDTH) for number in range(len(self._table.boxes))]

    def _end(self, width: float) -> float:
        """Return where something so wide begins that stands at the side where reading ends."""
        return _MARGIN if self._table.is_mirrored else self._wide - _MARGIN - width

    def _line(self, text: str, hand: Hand, size: float, y: float) -> str:
        width = self._wide - 2 * _MARGIN
        return self._placed(text, hand, _Slot(_MARGIN, width, hand), (size, y))

    def _row(self, cells: Sequence[str], y: float, hand: Hand | None) -> Iterator[str]:
        for cell, slot in zip(cells, self._slots, strict=True):
            if cell:
                yield self._placed(cell, hand or slot.hand, slot, (self._size, y))

    def _placed(self, text: str, hand: Hand, slot: _Slot, at: tuple[float, float]) -> str:
        """Write a line in its slot, at the side where its page begins."""
        size, y = at
        said = text if hand is Hand.CODE else in_digits(text, self._digits)
        rtl = self._table.is_mirrored
        wide = _shaped(said, hand, _ENDLESS, rtl=rtl).width * size / EM
        if wide > slot.width:
            size *= max(_LEAST, slot.width / wide)
        line = _shaped(said, hand, round(slot.width * EM / size, 1), rtl=rtl)
        x = slot.start
        if self._table.is_mirrored:
            x = self._wide - slot.start - line.width * size / EM
        return self._at(x, y, line, size)

    def _at(self, x: float, y: float, line: Written, size: float) -> str:
        shown = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
        return f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown}"


def _rule(y: float, wide: float) -> str:
    return f"{_MARGIN:.2f} {y:.2f} m {wide - _MARGIN:.2f} {y:.2f} l S"


def _letters(column: ExtractColumn) -> float:
    """Return the width that a column wants, as a multiple of the font size."""
    return column.width * (_CODE_LETTER if column.is_code else _LETTER)


def _size(columns: Sequence[ExtractColumn], wide: float) -> float:
    """Return the font size at which the columns have their widths, within what is readable."""
    room = wide - 2 * _MARGIN - _GAP * len(columns)
    return max(_SMALLEST, min(_LARGEST, room / sum(map(_letters, columns))))


def _slots(columns: Sequence[ExtractColumn], wide: float) -> list[_Slot]:
    """Share the page's width out by the widths that the columns want."""
    room = wide - 2 * _MARGIN - _GAP * (len(columns) - 1)
    letters = sum(map(_letters, columns))
    slots, start = [], _MARGIN
    for column in columns:
        width = room * _letters(column) / letters
        slots.append(_Slot(start, width, Hand.CODE if column.is_code else Hand.PLAIN))
        start += width + _GAP
    return slots


@lru_cache(_KEPT)
def _shaped(text: str, hand: Hand, room: float, *, rtl: bool = False) -> Written:
    """Return the text as glyphs, cut where it has no room; most are met again.

    On a page that begins at the right (``rtl``) a text with such letters runs from there.
    """
    begins = begins_right(text)
    try:
        line = written(text, hand, rtl=None if begins is None else begins or rtl)
        return fitted(line, hand, room)
    except LabelUnprintable as error:
        if hand is Hand.CODE:
            return _shaped(text, Hand.PLAIN, room, rtl=rtl)
        return _shaped(_without(text, error), hand, room, rtl=rtl)


def _without(text: str, error: LabelUnprintable) -> str:
    return text.translate(dict.fromkeys(map(ord, error.missing), "?"))
