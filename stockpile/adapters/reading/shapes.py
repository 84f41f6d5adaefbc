"""The sizes of a Data Matrix (ISO/IEC 16022, ECC 200), and what is known of each before it is read.

The frame of a symbol is known: a solid left and lower side, dotted upper and right ones, and light
around it. Where its codewords lie is known too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.adapters.reading.greys import Points

_QUIET_WEIGHT: Final = 0.8
"""Every other module of the light ring counts, and less than another: something may stand there."""
Bits = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shape:
    """One size: its modules, its regions down and across, its codewords of data and correction."""

    rows: int
    columns: int
    down: int
    across: int
    data: int = 0
    correction: int = 0
    qr: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a symbol: places in the unit square, dark or light there, and the weight."""

    places: Points
    dark: Bits
    weights: npt.NDArray[np.float64]


SQUARES: Final = tuple(
    Shape(side, side, 1 if side < 32 else 2, 1 if side < 32 else 2, data, correction)  # noqa: PLR2004
    for side, data, correction in (
        (10, 3, 5), (12, 5, 7), (14, 8, 10), (16, 12, 12), (18, 18, 14), (20, 22, 18),
        (22, 30, 20), (24, 36, 24), (26, 44, 28), (32, 62, 36),
    )
)  # fmt: skip
RECTANGLES: Final = (
    Shape(8, 18, 1, 1, 5, 7), Shape(8, 32, 1, 2, 10, 11), Shape(12, 26, 1, 1, 16, 14),
    Shape(12, 36, 1, 2, 22, 18), Shape(16, 36, 1, 2, 32, 24), Shape(16, 48, 1, 2, 49, 28),
)  # fmt: skip

QR_CODES: Final = tuple(Shape(side, side, 1, 1, qr=True) for side in (21, 25, 29, 33))
"""Versions 1 to 4; how their codewords lie and are mended is left to zxing-cpp."""


@cache
def known_modules(shape: Shape) -> tuple[Bits, Bits]:
    """Return which modules are known, and of these which are dark, by row and column."""
    if shape.qr:
        return _known_of_qr(shape.rows)
    known, dark = (np.zeros((shape.rows, shape.columns), dtype=np.bool_) for _ in range(2))
    high, wide = shape.rows // shape.down, shape.columns // shape.across
    row, column = np.mgrid[: shape.rows, : shape.columns]
    row, column = row % high, column % wide
    known[(row == 0) | (row == high - 1) | (column == 0) | (column == wide - 1)] = True
    dark[(row == 0) & (column % 2 == 0)] = True
    dark[(column == wide - 1) & (row % 2 == 1)] = True
    dark[(column == 0) | (row == high - 1)] = True
    return known, dark


def _known_of_qr(side: int) -> tuple[Bits, Bits]:
    """Return the three finders, the dotted lines between them, and the small finder (ISO 18004)."""
    known, dark = (np.zeros((side, side), dtype=np.bool_) for _ in range(2))
    known[6], known[:, 6] = True, True
    dark[6, ::2], dark[::2, 6] = True, True
    row, column = np.mgrid[:side, :side]
    for top, left in ((3, 3), (3, side - 4), (side - 4, 3)):
        away = np.maximum(np.abs(row - top), np.abs(column - left))
        known[away <= 4] = True  # noqa: PLR2004 - the light line around a finder
        dark[away <= 4] = np.isin(away, (0, 1, 3))[away <= 4]  # noqa: PLR2004
    if side > 21:  # noqa: PLR2004 - version 1 has none
        away = np.maximum(np.abs(row - (side - 7)), np.abs(column - (side - 7)))
        known[away <= 2] = True  # noqa: PLR2004
        dark[away <= 2] = (away != 1)[away <= 2]  # noqa: PLR2004
    known[side - 8, 8], dark[side - 8, 8] = True, True
    return known, dark


@cache
def frame_of(shape: Shape) -> Frame:
    """Return a shape's known modules and the light ring around them as places."""
    known, dark = (np.pad(one, 1) for one in known_modules(shape))
    ring = np.pad(np.zeros((shape.rows, shape.columns), dtype=np.bool_), 1, constant_values=True)
    row, column = np.mgrid[: shape.rows + 2, : shape.columns + 2]
    at = np.argwhere(known | ring & ((row + column) % 2 == 0))
    places = (at[:, ::-1] - 0.5) / np.array([shape.columns, shape.rows])
    weights = np.where(ring[at[:, 0], at[:, 1]], _QUIET_WEIGHT, 1.0)
    return Frame(places, dark[at[:, 0], at[:, 1]], weights)


@cache
def codeword_places(shape: Shape) -> npt.NDArray[np.intp]:
    """Return the row and column of each bit of each codeword: (codewords, 8, 2), highest first."""
    layout = _Placement(shape.rows - 2 * shape.down, shape.columns - 2 * shape.across).laid()
    places = np.zeros((shape.data + shape.correction, 8, 2), dtype=np.intp)
    high, wide = shape.rows // shape.down - 2, shape.columns // shape.across - 2
    for (row, column), (word, bit) in layout.items():
        places[word, bit] = row + 1 + row // high * 2, column + 1 + column // wide * 2
    return places


class _Placement:
    """The walk of the standard's annex F over the modules that hold data."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._taken: dict[tuple[int, int], tuple[int, int]] = {}
        self._word = 0

    def laid(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each row and column its codeword and bit."""
        row, column = 4, 0
        while row < self._rows or column < self._columns:
            self._corner(row, column)
            while row >= 0 and column < self._columns:
                if row < self._rows and column >= 0:
                    self._figure(row, column)
                row, column = row - 2, column + 2
            row, column = row + 1, column + 3
            while row < self._rows and column >= 0:
                if row >= 0 and column < self._columns:
                    self._figure(row, column)
                row, column = row + 2, column - 2
            row, column = row + 3, column + 1
        return self._taken

    def _corner(self, row: int, column: int) -> None:
        rows, columns = self._rows, self._columns
        lower = [(rows - 3, 0), (rows - 2, 0), (rows - 1, 0)]
        right = [(1, columns - 1), (2, columns - 1), (3, columns - 1)]
        upper = [(0, columns - 2), (0, columns - 1)]
        if row == rows and column == 0:
            self._place([(rows - 1, 0), (rows - 1, 1), (rows - 1, 2), *upper, *right])
        if row == rows - 2 and column == 0 and columns % 4:
            longer = [(0, columns - 4), (0, columns - 3), *upper]
            self._place([*lower, *longer, right[0]])
        if row == rows - 2 and column == 0 and columns % 8 == 4:  # noqa: PLR2004 - the standard's
            self._place([*lower, *upper, *right])
        if row == rows + 4 and column == 2 and columns % 8 == 0:  # noqa: PLR2004
            self._place([
                (rows - 1, 0), (rows - 1, columns - 1), (0, columns - 3), *upper,
                (1, columns - 3), (1, columns - 2), (1, columns - 1),
            ])  # fmt: skip

    def _figure(self, row: int, column: int) -> None:
        """Place the usual figure of eight modules by its lower right one."""
        if (row, column) in self._taken:
            return
        shifts = ((2, 2), (2, 1), (1, 2), (1, 1), (1, 0), (0, 2), (0, 1), (0, 0))
        self._place([self._around(row - down, column - right) for down, right in shifts])

    def _around(self, row: int, column: int) -> tuple[int, int]:
        """Return where a module lies that falls off the upper or left side."""
        if row < 0:
            row, column = row + self._rows, column + 4 - (self._rows + 4) % 8
        if column < 0:
            row, column = row + 4 - (self._columns + 4) % 8, column + self._columns
        return row, column

    def _place(self, modules: list[tuple[int, int]]) -> None:
        for bit, place in enumerate(modules):
            self._taken[place] = self._word, bit
        self._word += 1
