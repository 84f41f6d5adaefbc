"""The two symbols of a label as runs of whole modules: Code 128 and Data Matrix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

import zxingcpp
from barcode.codex import Code128

_DARK = re.compile(b"1+")
_TO_BITS = bytes([ord("1"), *[ord("0")] * 255])


class _GuardedCode128(Code128):  # type: ignore[misc]  # python-barcode ships no types
    """Code 128 whose start character keeps what follows it."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        # WORKAROUND python-barcode 0.16.1, its issue 251: a leading 99 has the value of "switch to
        # set C" and is swallowed as if it were one; text that starts in set C needs no switch.
        if self.code[:2].isdigit():
            return encoded
        optimized: list[int] = super()._try_to_optimize(encoded)
        return optimized


@dataclass(frozen=True, slots=True)
class Bar:
    """A dark run in whole modules, from the symbol's lower left corner: column, row, length."""

    column: int
    row: int
    length: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol without its quiet zone, in modules; the bars of a linear symbol are one row."""

    columns: int
    rows: int
    bars: tuple[Bar, ...]


def code_128(text: str) -> Symbol:
    """Return the text (ASCII) as Code 128."""
    (bits,) = _GuardedCode128(text).build()
    return Symbol(len(bits), 1, tuple(_bars(bits.encode("ascii"), 0)))


def data_matrix(text: str) -> Symbol:
    """Return the text (ASCII) as the smallest square Data Matrix (ECC 200)."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True)
    image = cast(
        "Any", drawn.to_image(scale=1, add_quiet_zones=False)
    )  # its stubs hide that it is a buffer
    rows, columns = image.shape
    bits = memoryview(image).tobytes().translate(_TO_BITS)
    lines = (bits[row * columns : (row + 1) * columns] for row in range(rows))
    bars = (bar for row, line in enumerate(lines) for bar in _bars(line, rows - 1 - row))
    return Symbol(columns, rows, tuple(bars))


def _bars(bits: bytes, row: int) -> list[Bar]:
    return [Bar(run.start(), row, run.end() - run.start()) for run in _DARK.finditer(bits)]
