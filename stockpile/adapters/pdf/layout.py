"""Where things stand on a label: serial and lines above, symbols and tag below and at the right.

A label with a layout of its site's own is drawn by that instead: see `label_elements`.

The first line is the one that names the item, its serial; it is written largest and, like the tag,
shrunk to a smallest size at most and never cut. Other lines are written smaller and then cut with
an ellipsis. Lengths here are in points, from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.label_elements import FORMATS, LabelElements, symbol_text
from stockpile.adapters.pdf.shaping import Hand, Written, fitted, written
from stockpile.adapters.pdf.stocks import Stock, points
from stockpile.adapters.pdf.symbols import Symbol, code_128, data_matrix
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.domain.facts import LabelLayoutSet
from stockpile.domain.label_layouts import symbols_in
from stockpile.domain.tags import grouped, matrix_payload
from stockpile.services.ports import Label

_LEAST_NAME = 7.0
_LEAST_LINE = 6.0
_STEP = 0.5
_QUIET_MODULES = 10
"""Code 128 wants ten modules of white on both sides (ISO/IEC 15417)."""

_MATRIX_QUIET = 4
"""A Data Matrix wants one module of white (ISO/IEC 16022); text keeps further away."""

_CAPITALS = 0.73
"""The height of a capital as a part of the font size."""

_LEADING = 1.36
_BELOW_NAME = 0.35
"""The extra white between the name and the lines, as a part of a line's font size."""

_TAG_LINE = 1.2
_ABOVE_BARS = 4.0
_KEPT = 2_000


class _Placed(NamedTuple):
    """A line as operators, its width, and whether it begins at the right."""

    operators: str
    width: float
    rtl: bool


class LabelLayout:
    """Draws the labels of one stock into one document."""

    def __init__(
        self,
        stock: Stock,
        document: StreamedDocument,
        layout: LabelLayoutSet | None = None,
        logo: bytes = b"",
    ) -> None:
        """Make one; ``logo`` is the picture (JPEG) that the layout names."""
        self._stock = stock
        self._document = document
        self._page_height = points(stock.page.height)
        self._margin = points(stock.label.margin)
        face = stock.label
        self._inset = points(face.left)
        self._width = points(face.width - face.left - face.right)
        self._height = points(face.height)
        self._own = LabelElements(stock, document, layout, logo) if layout is not None else None
        self._bars = points(stock.label.bars)
        self._kept: dict[tuple[str, float, float], _Placed] = {}

    def drawn(self, label: Label, place: int) -> str:
        """Return the operators of a label at a place of the page, counted from 0.

        Raises LabelUnprintable for a character without a glyph, and with nothing missing for a
        name that has no room; LabelElementMisfit where a layout has no room for a symbol.
        """
        cell = self._stock.cell(place)
        left, bottom = points(cell.left), self._page_height - points(cell.top + cell.height)
        if self._own is not None:
            return self._own.drawn(label, left, bottom + self._height)
        left += self._inset
        matrix = data_matrix(matrix_payload(label.tag, label.mac))
        parts = [
            "BT",
            *self._column(label.lines, left, bottom, self._room_beside(matrix)),
            self._tag(label.tag, left, bottom),
            "ET",
        ]
        if self._bars:
            parts.append(self._linear(code_128(label.tag), left, bottom))
        return " ".join([*parts, self._matrix(matrix, left, bottom)])

    @property
    def images(self) -> tuple[str, ...]:
        """The pictures that every page names."""
        return self._own.images if self._own is not None else ()

    # --- symbols --------------------------------------------------------------------------------

    def _room_beside(self, matrix: Symbol) -> float:
        """Return the width of the text column left of the Data Matrix."""
        taken = (matrix.columns + _MATRIX_QUIET) * self._stock.matrix_dots * self._stock.dot
        return self._width - 2 * self._margin - taken

    def _linear(self, symbol: Symbol, left: float, bottom: float) -> str:
        module = self._stock.bar_dots * self._stock.dot
        y = bottom + self._margin + self._tag_line
        return self._symbol(symbol, module, self._bars, left + self._bars_from_left, y)

    @property
    def _bars_from_left(self) -> float:
        # The label's margin is white already; only what it lacks of the quiet zone is added.
        if not self._bars:
            return self._margin
        return max(self._margin, _QUIET_MODULES * self._stock.bar_dots * self._stock.dot)

    def _matrix(self, symbol: Symbol, left: float, bottom: float) -> str:
        module = self._stock.matrix_dots * self._stock.dot
        x = left + self._width - self._margin - symbol.columns * module
        y = bottom + self._height - self._margin - symbol.rows * module
        return self._symbol(symbol, module, module, x, y)

    def _symbol(self, symbol: Symbol, across: float, up: float, x: float, y: float) -> str:
        """Return one filled path of whole modules; the corner lies on the printer's dots."""
        dot = self._stock.dot
        x, y = round(x / dot) * dot, round(y / dot) * dot
        return f"q {across:.5f} 0 0 {up:.5f} {x:.3f} {y:.3f} cm {symbol.runs} f Q"

    # --- text -----------------------------------------------------------------------------------

    @property
    def _tag_line(self) -> float:
        return self._stock.label.tag * _TAG_LINE

    def _tag(self, tag: str, left: float, bottom: float) -> str:
        start = left + self._bars_from_left
        room = self._width - self._bars_from_left - self._margin
        return _at(start, bottom + self._margin, self._whole(grouped(tag), Hand.CODE, room))

    def _column(
        self, lines: tuple[str, ...], left: float, bottom: float, room: float
    ) -> Iterator[str]:
        if not lines:
            return
        start, top = left + self._margin, bottom + self._height - self._margin
        baseline = top - self._stock.label.serial * _CAPITALS
        yield _aligned(start, room, baseline, self._whole(lines[0], Hand.BOLD, room))
        size, shown = self._shared_out(lines[1:])
        baseline -= size * _BELOW_NAME
        for line in shown:
            baseline -= size * _LEADING
            yield _aligned(start, room, baseline, self._cut(line, size, room))

    def _shared_out(self, lines: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
        """Return the font size at which the lines share the height, and those that find room."""
        name = self._stock.label.serial * _CAPITALS
        below = self._bars + self._tag_line + (_ABOVE_BARS if self._bars else 0)
        height = self._height - 2 * self._margin - name - below
        each = height / (max(len(lines), 1) * _LEADING + _BELOW_NAME)
        size = max(_LEAST_LINE, min(self._stock.label.line, _stepped(each)))
        count = int((height / size - _BELOW_NAME) / _LEADING)
        if count >= len(lines):
            return size, lines
        if count < 1:
            return size, ()
        return size, (*lines[: count - 1], " · ".join(lines[count - 1 :]))

    def _whole(self, text: str, hand: Hand, room: float) -> _Placed:
        """Write a line that is never cut."""
        line = written(text, hand)
        label = self._stock.label
        size = min(label.tag if hand is Hand.CODE else label.serial, _size_for(line, room))
        least = min(label.tag, _LEAST_NAME)
        if size < least:
            raise LabelUnprintable(text, "")
        return self._placed(line, size)

    def _cut(self, text: str, size: float, room: float) -> _Placed:
        """Write a line smaller and then cut it until it has room; most lines are met again."""
        key = (text, size, room)
        if key not in self._kept:
            line = written(text, Hand.PLAIN)
            size = max(_LEAST_LINE, min(size, _size_for(line, room)))
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = self._placed(fitted(line, Hand.PLAIN, room * EM / size), size)
        return self._kept[key]

    def _placed(self, line: Written, size: float) -> _Placed:
        operators = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
        return _Placed(operators, line.width * size / EM, line.rtl)


def _at(x: float, y: float, placed: _Placed) -> str:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm {placed.operators}"


def _aligned(x: float, room: float, y: float, placed: _Placed) -> str:
    """Begin the line where its readers begin."""
    return _at(x + room - placed.width if placed.rtl else x, y, placed)


def _size_for(line: Written, room: float) -> float:
    return _stepped(room * EM / line.width) if line.width else room


def _stepped(size: float) -> float:
    return int(size / _STEP) * _STEP


def symbols_said(
    stock: Stock, layout: LabelLayoutSet | None, label: Label
) -> tuple[tuple[str, str], ...]:
    """Return what a scanner must read on a label: each symbol's format and text, sorted.

    Formats are named as the decoder names them. A layout may bear one symbol twice.
    """
    if layout is not None:
        kinds = symbols_in(layout)
    else:
        kinds = ("code128", "matrix") if stock.label.bars else ("matrix",)
    return tuple(sorted((FORMATS[one], symbol_text(one, label)) for one in kinds))
