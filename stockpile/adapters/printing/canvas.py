"""The dots of one printed label: what a printer draws, what a scanner reads off it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import numpy as np
import zxingcpp
from PIL import Image

from stockpile.adapters.printing.placing import Face
from stockpile.adapters.printing.symbols import FORMATS, modules
from stockpile.domain.errors import LabelMisread
from stockpile.services.ports import Bitmap

LARGEST: Final = 8000
"""Dots across and down that no label of ours has more of: what asks for more is nonsense."""
_LOOKED_FOR: Final = zxingcpp.barcode_formats_from_str("Code128,DataMatrix,Code39,QRCode")
_QUIET: Final = 20
"""White dots that a scanner sees around a label."""
_BITS: Final = 8


class Canvas:
    """A label's dots, white at first."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("L", (min(width, LARGEST), min(height, LARGEST)), 255)

    @property
    def width(self) -> int:
        """Dots across."""
        return int(self._image.width)

    @property
    def height(self) -> int:
        """Dots down."""
        return int(self._image.height)

    def ink(self, left: int, top: int, bitmap: Bitmap) -> None:
        """Add a picture's dark dots."""
        if bitmap.width and bitmap.height:
            mask = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows)
            self._image.paste(0, (left, top), mask)

    def symbol(self, what: str, text: str, left: int, top: int, module: int, bars: int = 0) -> None:
        """Add a symbol, each module so many dots wide; bars of a linear one are so many high."""
        rows = modules(what, text)
        flat = bytes(255 if one else 0 for row in rows for one in row)
        small = Image.frombytes("L", (len(rows[0]), len(rows)), flat)
        size = (small.width * module, bars or small.height * module)
        mask = small.resize(size, Image.Resampling.NEAREST)
        self._image.paste(0, (left, top), mask)

    def spoil(self) -> None:
        """Lose the lower half, as a jam does."""
        half = self.height // 2
        self._image.paste(255, (0, half, self.width, self.height))

    def bitmap(self) -> Bitmap:
        """Return the dots, eight a byte, 1 dark."""
        black = self._image.point([255] * 128 + [0] * 128, "1")
        return Bitmap(self.width, self.height, black.tobytes())

    def grey(self) -> bytes:
        """Return a byte a dot, rows from the top, 255 white."""
        return bytes(self._image.tobytes())

    def png(self) -> bytes:
        """Return the label as a PNG."""
        out = io.BytesIO()
        self._image.save(out, "PNG")
        return out.getvalue()

    def read(self) -> tuple[tuple[str, str], ...]:
        """Return what a scanner reads: the kind and the text of every symbol, sorted."""
        seen = Image.new("L", (self.width + 2 * _QUIET, self.height + 2 * _QUIET), 255)
        seen.paste(self._image, (_QUIET, _QUIET))
        found = zxingcpp.read_barcodes(
            np.asarray(seen),
            formats=_LOOKED_FOR,
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
        )
        return tuple(sorted((one.format.name, one.text) for one in found))


def drawn(face: Face) -> Canvas:
    """Return a label as it is meant."""
    canvas = Canvas(face.width, face.height)
    for ink in face.inks:
        canvas.ink(ink.left, ink.top, ink.bitmap)
    for one in face.symbols:
        canvas.symbol(one.what, one.text, one.left, one.top, one.module, one.bars)
    return canvas


def demand_read(face: Face, printed: Sequence[Canvas]) -> None:
    """Demand one label whose symbols read as they should; raises LabelMisread."""
    due = tuple(sorted((FORMATS[one.what].name, one.text) for one in face.symbols))
    read = printed[0].read() if len(printed) == 1 else ()
    if read != due:
        raise LabelMisread(_words(due), _words(read))


def _words(symbols: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{kind} {text}" for kind, text in symbols)
