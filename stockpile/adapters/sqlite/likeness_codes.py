"""Marks as bytes: one code a symbol, the class of its looks, and how many of each a mark holds."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.domain.matching.symbols import ALPHABET, CLASSES, look, misread, symbols

WIDTH: Final = 16
"""So many symbols of a mark are compared at first; longer ones are rare, compared at the end."""
_OTHER: Final = 255
_CODES: Final = {symbol: number for number, symbol in enumerate(ALPHABET, 1)}
_HEADS: Final = tuple(alike[0] for alike in CLASSES)
_OF_DIGITS: Final = 5
"""So many of one digit are counted, and only two of a letter: 58 bits in all."""

_BREAK: Final = "\n"
_AT_ONCE: Final = 1 << 15
"""So many rows at once fit the processor's cache."""

Codes = npt.NDArray[np.uint8]
Bags = npt.NDArray[np.uint64]
Tails = npt.NDArray[np.uint32]
Spans = npt.NDArray[np.int64]
"""Where texts begin in a row of codes, or how long they are."""


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
    for (one, row), (other, column) in combinations_with_replacement(_CODES.items(), 2):
        table[row, column] = table[column, row] = misread(one, other)
    return table


def _bits() -> dict[int, tuple[int, int]]:
    bits, at = {}, 0
    for head in _HEADS:
        width = _OF_DIGITS if head.isdigit() else 2
        bits[ord(head)] = (at, width)
        at += width
    return bits


def _fields() -> tuple[Bags, Bags]:
    """Return for every code the bits in which its class is counted, and the lowest of them."""
    fields, lowest = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    for head, (at, width) in _BITS.items():
        fields[head == CLASS_OF] = ((1 << width) - 1) << at
        lowest[head == CLASS_OF] = 1 << at
    return fields, lowest


def _digits() -> tuple[Bags, Bags]:
    """Return for every code what it multiplies the number before it by, and adds to it."""
    times, plus = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    times[0] = 1
    for digit in range(10):
        times[_CODES[str(digit)]], plus[_CODES[str(digit)]] = 10, digit
    return times, plus


CLASS_OF: Final = _classes()
COST_OF: Final = _costs()
_BITS: Final = _bits()
_FIELD_OF, _LOWEST_OF = _fields()
_TIMES, _PLUS = _digits()
_LETTER: Final = np.zeros(256, np.bool_)
_LETTER[[code for symbol, code in _CODES.items() if symbol.isalpha()]] = True
ZERO: Final = _CODES["0"]


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


def flattened(keys: str) -> tuple[Codes, Spans, Spans]:
    """Return keys that stand line by line as one row of codes: where each begins, how long it is.

    Letters that are not Latin ones are brought to their symbols first; such keys are rare.
    """
    if not keys.isascii():
        lines = keys.split(_BREAK)
        keys = _BREAK.join([one if one.isascii() else symbols(one) for one in lines])
    raw = np.frombuffer(keys.translate(_TO_LATIN).encode("latin-1", "replace"), np.uint8)
    ends = np.append(np.flatnonzero(raw == ord(_BREAK)), len(raw))
    starts = np.concatenate((np.zeros(1, ends.dtype), ends[:-1] + 1))
    return _FROM_LATIN[raw], starts, ends - starts


def spread(flat: Codes, starts: Spans, lengths: Spans) -> Codes:
    """Return spans of a row of codes as rows of their own, WIDTH wide, zero where one has ended."""
    rows = np.zeros((len(starts), WIDTH), np.uint8)
    padded = np.concatenate((flat, np.zeros(WIDTH, np.uint8)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WIDTH)
    ended = np.arange(WIDTH) >= np.arange(WIDTH + 1)[:, None]
    for start in range(0, len(rows), _AT_ONCE):
        use = slice(start, start + _AT_ONCE)
        rows[use] = windows[starts[use]]
        rows[use][ended[np.minimum(lengths[use], WIDTH)]] = 0
    return rows


def padding(flat: Codes, starts: Spans, lengths: Spans) -> Spans:
    """Return how many zeros each span begins with."""
    zeros = np.zeros_like(starts)
    active = np.flatnonzero(lengths)
    while len(active):
        active = active[flat[starts[active] + zeros[active]] == ZERO]
        zeros[active] += 1
        active = active[zeros[active] < lengths[active]]
    return zeros


def bags(codes: Codes) -> Bags:
    """Return how many symbols of each class each row holds, in unary: bits that differ count."""
    found = np.zeros(len(codes), np.uint64)
    one = np.uint64(1)
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        bag = found[start : start + _AT_ONCE]
        for column in _columns(part):
            field = _FIELD_OF[column]
            bag |= (((bag & field) << one) | _LOWEST_OF[column]) & field
    return found


def tails(codes: Codes) -> Tails:
    """Return the number that ends each row, at most nine digits of it; 0 where none does."""
    found = np.zeros(len(codes), np.uint32)
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        total = np.zeros(len(part), np.uint64)
        for column in _columns(part):
            total = total * _TIMES[column] + _PLUS[column]
        found[start : start + _AT_ONCE] = total % np.uint64(10**9)
    return found


def _columns(codes: Codes) -> Codes:
    """Return the columns in use, each in one piece: rows end in zeros."""
    return np.ascontiguousarray(codes[:, : np.count_nonzero(codes.any(axis=0))].T)


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
