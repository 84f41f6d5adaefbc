"""Cards of codes on A4: words where their readers begin, the code across from them, read back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
import zxingcpp

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.pdfium import opened, page_of
from stockpile.adapters.pdf.shaping import Hand, Written, written
from stockpile.adapters.pdf.stocks import points
from stockpile.adapters.pdf.symbols import code_128, data_matrix
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import PaperMisread
from stockpile.language import current_language, is_right_to_left
from stockpile.services.code_cards import CodeCard, CodeRow
from stockpile.whole_files import beside, settle

_PAGE: Final = (210.0, 297.0)
_EDGE: Final = 20.0
_WORDS: Final = 78.0
"""How wide the words of a row are where a code stands beside them, in millimetres."""
_BAR: Final = 0.4
_BARS: Final = 18.0
_MODULE: Final = 0.8
_GAP: Final = 12.0
_TITLE, _HEAD, _BODY = 22.0, 15.0, 11.0
_LEADING: Final = 1.45
_MM_PER_POINT: Final = 25.4 / 72
_DOTS: Final = 254


class PdfCodeCards:
    """Cards of codes: the port `CardPress`."""

    def draw(self, card: CodeCard, file: Path) -> Path:
        """Draw a card, read its codes back, and only then put it in its place.

        Raises PaperMisread, LabelUnprintable, DiskFull, DiskTrouble.
        """
        with beside(file) as draft:
            with draft.open("wb") as out:
                document = StreamedDocument(
                    out, points(_PAGE[0]), points(_PAGE[1]), card.title, current_language()
                )
                for page in _Sheet(document, card).pages():
                    document.add_page("\n".join(page))
                document.finish()
                out.flush()
                os.fsync(out.fileno())
            _demand_read(card, draft)
            draft.replace(file)
        settle(file.parent)
        return file


class _Sheet:
    """One card as it is put on its pages."""

    def __init__(self, document: StreamedDocument, card: CodeCard) -> None:
        self._document, self._card = document, card
        self._mirrored = is_right_to_left()

    def pages(self) -> Iterator[list[str]]:
        """Give the operators of each page."""
        room = _PAGE[0] - 2 * _EDGE
        parts, top = self._paragraph(self._card.title, _EDGE, _EDGE, room, _TITLE, Hand.BOLD)
        more, top = self._paragraph(self._card.words, _EDGE, top + 2, room, _BODY, Hand.PLAIN)
        parts += more
        top += _GAP
        for row in self._card.rows:
            drawn, end = self._row(row, top)
            if end > _PAGE[1] - _EDGE:
                yield parts
                parts, top = [], _EDGE
                drawn, end = self._row(row, top)
            parts += drawn
            top = end + _GAP
        yield parts

    def _row(self, row: CodeRow, top: float) -> tuple[list[str], float]:
        room = _WORDS if row.code else _PAGE[0] - 2 * _EDGE
        left = _PAGE[0] - _EDGE - room if self._mirrored else _EDGE
        parts, end = self._paragraph(row.title, left, top, room, _HEAD, Hand.BOLD)
        more, end = self._paragraph(row.words, left, end + 1, room, _BODY, Hand.PLAIN)
        parts += more
        if row.code:
            drawn, below = self._code(row, top)
            parts.append(drawn)
            end = max(end, below)
        return parts, end

    def _code(self, row: CodeRow, top: float) -> tuple[str, float]:
        """Draw a code at the side across from the words."""
        is_linear = row.symbol == "code128"
        symbol = code_128(row.code) if is_linear else data_matrix(row.code)
        module = _BAR if is_linear else _MODULE
        width = symbol.columns * module
        height = _BARS if is_linear else symbol.rows * module
        left = _EDGE if self._mirrored else _PAGE[0] - _EDGE - width
        up = height if is_linear else module
        scale = f"{points(module):.5f} 0 0 {points(up):.5f}"
        corner = f"{points(left):.3f} {points(_PAGE[1] - top - height):.3f}"
        return f"q {scale} {corner} cm {symbol.runs} f Q", top + height

    def _paragraph(
        self, words: str, left: float, top: float, room: float, size: float, hand: Hand
    ) -> tuple[list[str], float]:
        """Draw words on as many lines as they need; return where they end."""
        parts = []
        for line in _lines(words, hand, points(room) * EM / size):
            top += size * _LEADING * _MM_PER_POINT
            at_right = points(room) - line.width * size / EM if self._mirrored else 0.0
            x = points(left) + at_right
            y = points(_PAGE[1] - top) + size * (_LEADING - 1) / 2
            shown = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
            parts.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")
        return parts, top


def _lines(words: str, hand: Hand, room: float) -> Iterator[Written]:
    """Break words into lines; a script without spaces is broken between its letters."""
    rest = words.strip()
    rtl = is_right_to_left()
    while rest:
        line = written(rest, hand, rtl=rtl)
        length = len(rest)
        while line.width > room and length > 1:
            # At least one less; near where the letters are as wide as the room.
            length = min(length - 1, max(1, int(length * room / line.width) + 1))
            space = rest.rfind(" ", 1, length + 1)
            length = space if space > 0 else length
            line = written(rest[:length].rstrip(), hand, rtl=rtl)
        yield line
        rest = rest[length:].lstrip()


def _demand_read(card: CodeCard, file: Path) -> None:
    due = sorted(row.code for row in card.rows if row.code)
    read: list[str] = []
    with opened(file) as pdf:
        for number in range(len(pdf)):
            with page_of(pdf, number) as page, closing(dots_of(page, _DOTS)) as bitmap:
                pixels = np.frombuffer(bytes(bitmap.buffer), np.uint8)
                grey = pixels.reshape(bitmap.height, bitmap.stride)[:, : bitmap.width]
                read += [one.text for one in zxingcpp.read_barcodes(np.ascontiguousarray(grey))]
    if sorted(read) != due:
        raise PaperMisread(" ".join(due), " ".join(sorted(read)))
