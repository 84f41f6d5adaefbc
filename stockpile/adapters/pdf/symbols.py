"""The symbols of a label as runs of whole modules: Code 128, Code 39, Data Matrix and QR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import zxingcpp
from barcode.codex import Code39, Code128

from stockpile.domain.errors import LabelUnprintable

_CODE_39 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%")
_DARK = re.compile("1+")
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
class Symbol:
    """A symbol without its quiet zone: its size in modules, and its dark runs as PDF rectangles.

    Rectangles are in whole modules from the lower left corner; the bars of a linear symbol are one
    row. A run is one rectangle, never two that touch: a renderer would leave a hair between them.
    """

    columns: int
    rows: int
    runs: str


def code_128(text: str) -> Symbol:
    """Return the text (ASCII) as Code 128."""
    (bits,) = _GuardedCode128(text).build()
    return Symbol(len(bits), 1, _runs(bits, len(bits), 1))


def code_39(text: str) -> Symbol:
    """Return the text as Code 39, wide bars of three modules; it has no check character.

    Raises LabelUnprintable for what Code 39 has no bars for: small letters, which encoders turn
    into capitals without a word.
    """
    if strange := "".join(sorted(set(text) - _CODE_39)):
        raise LabelUnprintable(text, strange)
    (bits,) = Code39(text, add_checksum=False).build()
    return Symbol(len(bits), 1, _runs(bits, len(bits), 1))


def qr(text: str) -> Symbol:
    """Return the text (ASCII) as the smallest QR Code with correction level M."""
    return _square(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ecLevel="M"))


def data_matrix(text: str) -> Symbol:
    """Return the text (ASCII) as the smallest square Data Matrix (ECC 200)."""
    return _square(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True)
    )


def _square(drawn: zxingcpp.Barcode) -> Symbol:
    # Any: the stubs hide that the image is a buffer.
    image = cast("Any", drawn.to_image(scale=1, add_quiet_zones=False))
    rows, columns = image.shape
    bits = memoryview(image).tobytes().translate(_TO_BITS).decode("ascii")
    return Symbol(columns, rows, _runs(bits, columns, rows))


def _runs(bits: str, columns: int, rows: int) -> str:
    """Return the runs of 1 in each row; the first row is the uppermost."""
    lines = "\n".join([bits[start : start + columns] for start in range(0, len(bits), columns)])
    corners, lengths = _corners(columns, rows), _LENGTHS
    spans = [run.span() for run in _DARK.finditer(lines)]
    return " ".join([corners[start] + lengths[end - start] for start, end in spans])


@lru_cache
def _corners(columns: int, rows: int) -> tuple[str, ...]:
    """Return where each module of a symbol lies, for lines that end with a line feed."""
    return tuple(
        f"{column} {row} " for row in reversed(range(rows)) for column in range(columns + 1)
    )


_LENGTHS = tuple(f"{length} 1 re" for length in range(200))
