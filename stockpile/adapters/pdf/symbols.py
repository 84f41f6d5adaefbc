"""The symbols of a label as runs of whole modules: Code 128, Code 39, Data Matrix and QR.

Code 128 and Data Matrix come in the dress of GS1 too: of elements as people write them, every
application identifier in brackets, ``(01)09501101530003(21)KB-77``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
import zxingcpp
from barcode.codex import Code39, Code128, Gs1_128
from numpy.typing import NDArray

from stockpile.domain.errors import LabelUnprintable

_CODE_39 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%")
_GS1_ELEMENT = re.compile(r"\((\d{2,4})\)([^()]+)")
_GS1_FIXED = ("00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19",
              "20", "31", "32", "33", "34", "35", "36", "41")  # fmt: skip
"""Identifiers whose values have one length: no separator stands after them."""
_DARK = re.compile("1+")
_LETTER = re.compile("(?:1+0+){3}|1[01]*")
_KEPT = 10_000
_SPAN = re.Match.span


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
    return _linear(bits)


def gs1_128(text: str) -> Symbol:
    """Return elements of GS1 as GS1-128; raises LabelUnprintable where they are none."""
    elements = _gs1_elements(text)
    said = "".join(
        ai + value + ("" if at == len(elements) or ai[:2] in _GS1_FIXED else Gs1_128.FNC1_CHAR)
        for at, (ai, value) in enumerate(elements, 1)
    )
    (bits,) = Gs1_128(said).build()
    return _linear(bits)


def gs1_matrix(text: str) -> Symbol:
    """Return elements of GS1 as a square GS1 Data Matrix; raises LabelUnprintable if none."""
    _gs1_elements(text)
    return _square(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True, gs1=True)
    )


def _gs1_elements(text: str) -> list[tuple[str, str]]:
    elements = _GS1_ELEMENT.findall(text)
    if not elements or not text.isascii() or "".join(f"({a}){v}" for a, v in elements) != text:
        raise LabelUnprintable(text, _GS1_ELEMENT.sub("", text))
    return elements


def code_39(text: str) -> Symbol:
    """Return the text as Code 39, wide bars of three modules; it has no check character.

    Raises LabelUnprintable for what Code 39 has no bars for: small letters, which encoders turn
    into capitals without a word.
    """
    if strange := "".join(sorted(set(text) - _CODE_39)):
        raise LabelUnprintable(text, strange)
    (bits,) = Code39(text, add_checksum=False).build()
    return _linear(bits)


def qr(text: str) -> Symbol:
    """Return the text (ASCII) as the smallest QR Code with correction level M."""
    return _square(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ecLevel="M"))


def data_matrix(text: str) -> Symbol:
    """Return the text (ASCII) as the smallest square Data Matrix (ECC 200)."""
    return _square(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True)
    )


def _linear(bits: str) -> Symbol:
    """Return a linear symbol; three bars and their spaces are a letter of Code 128, met again."""
    letters = [_bars(one.start(), one.group()) for one in _LETTER.finditer(bits)]
    return Symbol(len(bits), 1, " ".join(letters))


@lru_cache(_KEPT)
def _bars(start: int, bits: str) -> str:
    spans = map(_SPAN, _DARK.finditer(bits))
    return " ".join([f"{start + first} 0 {_LENGTHS[end - first]}" for first, end in spans])


def _square(drawn: zxingcpp.Barcode) -> Symbol:
    # Any: the stubs hide that the image is a buffer.
    image = cast("Any", drawn.to_image(scale=1, add_quiet_zones=False))
    rows, columns = image.shape
    return Symbol(columns, rows, _runs(np.frombuffer(image, np.uint8).reshape(rows, columns) == 0))


def _runs(dark: NDArray[np.bool_]) -> str:
    """Return the runs of dark modules in each row; the first row is the uppermost.

    Every row ends with a light module that is not drawn, so that no run goes on in the next one.
    """
    rows, columns = dark.shape
    lines = np.zeros(1 + rows * (columns + 1), np.bool_)
    lines[1:].reshape(rows, columns + 1)[:, :columns] = dark
    edges = np.flatnonzero(lines[1:] != lines[:-1])
    starts, ends = edges[::2], edges[1::2]
    return " ".join((_corners(columns, rows)[starts] + _LENGTHS[ends - starts]).tolist())


@lru_cache
def _corners(columns: int, rows: int) -> NDArray[np.object_]:
    """Return where each module of a symbol lies, for lines that are one module longer."""
    lines = reversed(range(rows))
    return np.array(
        [f"{column} {row} " for row in lines for column in range(columns + 1)], dtype=object
    )


_LENGTHS = np.array([f"{length} 1 re" for length in range(200)], dtype=object)
