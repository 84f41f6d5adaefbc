"""A piece of metal and what was cut into it, wherever it came from: the truth in millimetres.

Zero is the lower left corner of the marking zone. Machines with letters of their own set them as
most do: a line of dots five by seven, and the same text as a Data Matrix to its right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast

import zxingcpp

from stockpile.domain.mark_fonts import COLUMNS, ROWS, dots_of

LETTER_DOT: Final = 240
"""Diameter of a dot of a machine's own letters, in micrometres."""
LETTER_PITCH: Final = 300
MODULE: Final = 400
_EDGE: Final = 1000
_LETTER_STEP: Final = (COLUMNS + 1) * LETTER_PITCH
_DARK: Final = 128
_UNKNOWN_LETTER: Final = ("#####", "#...#", "#...#", "#...#", "#...#", "#...#", "#####")

Dot = tuple[int, int, int]
"""Right, up, diameter."""
Groove = tuple[int, int, int, int, int]
"""Right and up of one end, of the other, and the width."""


@dataclass(slots=True)
class Metal:
    """One piece of metal: its dots and its grooves in the order in which they were cut."""

    dots: list[Dot] = field(default_factory=list)
    grooves: list[Groove] = field(default_factory=list)

    def add(self, other: Metal) -> None:
        """Cut what another piece bears into this one too."""
        self.dots.extend(other.dots)
        self.grooves.extend(other.grooves)

    @property
    def size(self) -> tuple[int, int]:
        """How far right and up the cuts reach; zeros for bare metal."""
        rights = [right + wide // 2 for right, _, wide in self.dots]
        ups = [up + wide // 2 for _, up, wide in self.dots]
        for groove in self.grooves:
            rights.append(max(groove[0], groove[2]) + groove[4] // 2)
            ups.append(max(groove[1], groove[3]) + groove[4] // 2)
        return max(rights, default=0), max(ups, default=0)


def lettered(text: str, cut: int) -> Metal:
    """Return the metal on which a machine with letters of its own has cut so many of the text's.

    The Data Matrix grows along with the line, row by row from below.
    """
    metal = Metal()
    for place, letter in enumerate(text[:cut]):
        metal.dots.extend(_letter(letter, _EDGE + place * _LETTER_STEP))
    matrix = tuple(_matrix(text, 2 * _EDGE + len(text) * _LETTER_STEP))
    metal.dots.extend(matrix[: len(matrix) * cut // max(1, len(text))])
    return metal


def _letter(letter: str, left: int) -> Iterator[Dot]:
    for row, dots in enumerate(dots_of(letter) or _UNKNOWN_LETTER):
        up = _EDGE + (ROWS - 1 - row) * LETTER_PITCH
        yield from (
            (left + column * LETTER_PITCH, up, LETTER_DOT)
            for column, dot in enumerate(dots)
            if dot == "#"
        )


def _matrix(text: str, left: int) -> Iterator[Dot]:
    rows = modules(text)
    for row, line in enumerate(reversed(rows)):
        yield from (
            (left + column * MODULE, _EDGE + row * MODULE, LETTER_DOT)
            for column, module in enumerate(line)
            if module == "#"
        )


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[str, ...]:
    """Return the smallest square Data Matrix of a text as rows from the top, ``#`` a dot.

    Nothing for no text, or for more than any square holds.
    """
    if not text:
        return ()
    said = {} if text.isascii() else {"eci": "UTF-8"}
    kind = zxingcpp.BarcodeFormat.DataMatrix
    try:
        drawn = zxingcpp.create_barcode(text, kind, forceSquare=True, **said)
    except ValueError:
        return ()
    # Any: the stubs hide that the image is a buffer.
    image = cast("Any", drawn.to_image(scale=1, add_quiet_zones=False))
    rows, columns = image.shape
    pixels = memoryview(image).tobytes()
    return tuple(
        "".join("#" if pixel < _DARK else "." for pixel in pixels[row * columns :][:columns])
        for row in range(rows)
    )
