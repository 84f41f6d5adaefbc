"""Marks as bytes: one code a symbol, the class of its looks, and how many of each a mark holds."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.domain.matching.symbols import ALPHABET, CLASSES, look, misread

WIDTH: Final = 16
"""So many symbols of a mark are compared at first; longer ones are rare, compared at the end."""
_OTHER: Final = 255
_CODES: Final = {symbol: number for number, symbol in enumerate(ALPHABET, 1)}
_HEADS: Final = tuple(alike[0] for alike in CLASSES)
_OF_DIGITS: Final = 5
"""So many of one digit are counted, and only two of a letter: 58 bits in all."""

Codes = npt.NDArray[np.uint8]
Bags = npt.NDArray[np.uint64]


def _classes() -> Codes:
    """Return the class of every code, as a printable byte; 255 where the symbol has none."""
    table = np.full(256, _OTHER, np.uint8)
    table[0] = 0
    for symbol, code in _CODES.items():
        table[code] = min(ord(look(symbol)), _OTHER)
    return table


def _costs() -> npt.NDArray[np.float32]:
    table = np.full((256, 256), misread("1", "M"), np.float32)
    np.fill_diagonal(table, 0.0)
    for one, row in _CODES.items():
        for other, column in _CODES.items():
            table[row, column] = misread(one, other)
    return table


def _bits() -> dict[int, tuple[int, int]]:
    bits, at = {}, 0
    for head in _HEADS:
        width = _OF_DIGITS if head.isdigit() else 2
        bits[ord(head)] = (at, width)
        at += width
    return bits


CLASS_OF: Final = _classes()
COST_OF: Final = _costs()
_BITS: Final = _bits()
_LETTER: Final = np.zeros(256, np.bool_)
_LETTER[[code for symbol, code in _CODES.items() if symbol.isalpha()]] = True
ZERO: Final = _CODES["0"]
DIGIT_CODES: Final = (_CODES["0"], _CODES["9"])


def encoded(symbols: str) -> bytes:
    """Return a code for each symbol."""
    return bytes(_CODES.get(symbol, _OTHER) for symbol in symbols)


def matrix(texts: list[str]) -> Codes:
    """Return texts as rows of codes, WIDTH wide, zero where the text has ended."""
    rows = np.array([text.translate(_TO_LATIN)[:WIDTH].encode("latin-1", "replace")
                     for text in texts], dtype=f"S{WIDTH}")  # fmt: skip
    return _FROM_LATIN[rows.view(np.uint8).reshape(len(texts), WIDTH)]


def texts_of(codes: Codes) -> list[str]:
    """Return rows of codes as the symbols they stand for."""
    rows = np.ascontiguousarray(_INTO_LATIN[codes]).view(f"S{WIDTH}").ravel().tolist()
    return [row.decode("latin-1").translate(_OUT_OF_LATIN) for row in rows]


def bags(codes: Codes) -> Bags:
    """Return how many symbols of each class each row holds, in unary: bits that differ count."""
    classes = CLASS_OF[codes]
    found = np.zeros(len(codes), np.uint64)
    for head, (at, width) in _BITS.items():
        count = np.minimum((classes == head).sum(axis=1), width).astype(np.uint64)
        found |= ((np.uint64(1) << count) - np.uint64(1)) << np.uint64(at)
    return found


def tails(codes: Codes) -> npt.NDArray[np.uint32]:
    """Return the number that ends each row, at most nine digits of it; 0 where none does."""
    low, high = DIGIT_CODES
    total = np.zeros(len(codes), np.uint64)
    unit = np.ones(len(codes), np.uint64)
    running = np.ones(len(codes), np.bool_)
    for column in range(WIDTH - 1, -1, -1):
        code = codes[:, column]
        is_digit = (code >= low) & (code <= high)
        use = running & is_digit & (unit < 10**9)
        total += np.where(use, (code - low).astype(np.uint64) * unit, 0).astype(np.uint64)
        unit = np.where(use, unit * np.uint64(10), unit)
        running &= is_digit | (code == 0)
    return total.astype(np.uint32)


def are_letters(codes: Codes) -> npt.NDArray[np.bool_]:
    """Say for each code whether it is a letter's."""
    return _LETTER[codes]


_TO_LATIN: Final = {
    ord(symbol): 127 + code for symbol, code in _CODES.items() if not symbol.isascii()
}
_OUT_OF_LATIN: Final = {latin: symbol for symbol, latin in _TO_LATIN.items()}
_INTO_LATIN: Final = np.full(256, ord("?"), np.uint8)
_INTO_LATIN[0] = 0
_FROM_LATIN: Final = np.full(256, _OTHER, np.uint8)
_FROM_LATIN[0] = 0
for _symbol, _code in _CODES.items():
    _latin = ord(_symbol) if _symbol.isascii() else 127 + _code
    _FROM_LATIN[_latin], _INTO_LATIN[_code] = _code, _latin
