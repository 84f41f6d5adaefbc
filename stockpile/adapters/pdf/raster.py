"""A line of text as the dots of a label printer: for scripts that a printer has no letters for.

Shaped and drawn as on a sheet, then rendered at one bit a dot: what a printer is sent as a picture
says what the PDF says, joined and in the order of the eye.
"""

from __future__ import annotations

import io
import math
from contextlib import closing
from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.pdfium import opened, page_of
from stockpile.adapters.pdf.shaping import Hand, Written, written
from stockpile.adapters.pdf.stocks import POINTS_PER_INCH
from stockpile.adapters.pdf.typefaces import EM
from stockpile.services.ports import Bitmap

_LETTERS: Final = 0.74
"""The font size as a part of the line's height: what a Latin letter with both its ends needs."""

_ABOVE: Final = 0.79
"""Where the line stands, as a part of its height from the top."""

_AIR: Final = 2
"""How many heights are drawn around the line, for letters that reach out of it."""

_DARK: Final = 128
_BITS: Final = 8


def line_bitmap(text: str, height_dots: int, *, bold: bool = False) -> Bitmap:
    """Return a line of text as a one-bit picture of so many dots' height, cut to its ink's width.

    Letters that reach further than Latin ones are shifted into the height and, where they are
    higher than it, set smaller. A line of spaces is a picture of no width. Raises
    LabelUnprintable for a character that no shipped font draws.
    """
    line = written(text, Hand.BOLD if bold else Hand.PLAIN)
    size = height_dots * _LETTERS
    rows = _rendered(line, size, height_dots)
    inked = [number for number, row in enumerate(rows) if any(row)]
    if not inked:
        return Bitmap(0, height_dots, b"")
    tall = inked[-1] - inked[0] + 1
    if tall > height_dots:
        # One dot less than the ratio asks: a smaller letter may fall otherwise on the dots.
        rows = _rendered(line, size * (height_dots - 1) / tall, height_dots)
        inked = [number for number, row in enumerate(rows) if any(row)]
    top = min(max(_AIR * height_dots, inked[-1] - height_dots + 1), inked[0])
    return _packed(rows[top : top + height_dots])


def _rendered(line: Written, size: float, height: int) -> list[bytes]:
    """Return the line's dots, 1 dark, with room for high letters above and below it."""
    whole = (2 * _AIR + 1) * height
    width = math.ceil(line.width * size / EM) + 2 * height
    out = io.BytesIO()
    document = StreamedDocument(out, width, whole, "", "")
    baseline = whole - (_AIR + _ABOVE) * height
    shown = " ".join([document.show(run, size * run.scale) for run in line.runs])
    document.add_page(f"BT 1 0 0 1 {height} {baseline:.3f} Tm {shown} ET")
    document.finish()
    with (
        opened(out.getvalue()) as pdf,
        page_of(pdf, 0) as page,
        closing(dots_of(page, POINTS_PER_INCH)) as bitmap,
    ):
        dark = bytes(value < _DARK for value in range(256))
        pixels = bytes(bitmap.buffer).translate(dark)
        starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
        return [pixels[start : start + bitmap.width] for start in starts]


def _packed(rows: list[bytes]) -> Bitmap:
    """Return the dots eight a byte, without the white at both sides."""
    left = min(row.index(1) for row in rows if any(row))
    right = max(row.rindex(1) for row in rows if any(row)) + 1
    width = right - left
    stride = -(-width // _BITS)
    bits = [bytes(48 + dot for dot in row[left:right]).ljust(stride * _BITS, b"0") for row in rows]
    packed = b"".join([int(row, 2).to_bytes(stride, "big") for row in bits])
    return Bitmap(width, len(rows), packed)
