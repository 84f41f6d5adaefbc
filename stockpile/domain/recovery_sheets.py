"""The recovery sheet: a secret split between two people, each with a half on paper.

1. A random secret of 256 bits is drawn anew for each sheet; half 1 is random, half 2 is what makes
   the secret of it (exclusive or). One half tells nothing at all about the secret.
2. A half is typed in Crockford's base 32: four characters of the sheet's number, the half's number,
   then four rows of thirteen characters and a check character each. The check covers the sheet, the
   half and the row too: a slip, a row in the wrong place and a half of another sheet are noticed.
3. Neither half is kept anywhere by the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.check_characters import hybrid_check, hybrid_holds
from stockpile.domain.errors import SheetHalfMistyped, SheetHalvesApart
from stockpile.domain.tags import ALPHABET

SECRET_BYTES: Final = 32
ROWS: Final = 4
ROW_LENGTH: Final = 13
_BITS: Final = 5
_ROW_BITS: Final = ROW_LENGTH * _BITS
_SHEET_LENGTH: Final = 4
_LENGTH: Final = _SHEET_LENGTH + 1 + ROWS * (ROW_LENGTH + 1)
_MISTAKEN: Final = str.maketrans("OIL", "011")
_GROUPING: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_AIM: Final = re.compile(r"\s*\][A-Za-z][0-9A-Za-z]")
"""What a scanner that is set to say so puts in front: which kind of symbol it read."""


@dataclass(frozen=True, slots=True)
class Half:
    """A half of a sheet: of which, which of the two, and its 32 bytes."""

    sheet: str
    number: int
    share: bytes

    def __repr__(self) -> str:
        return f"Half({self.sheet}, {self.number})"

    @property
    def text(self) -> str:
        """The half as it is scanned: 61 characters."""
        return self.sheet + str(self.number) + "".join(self.rows)

    @property
    def rows(self) -> tuple[str, ...]:
        """The four rows, each with its check character."""
        value = int.from_bytes(self.share, "big")
        places = range((ROWS - 1) * _ROW_BITS, -1, -_ROW_BITS)
        bodies = [_in_base_32(value >> place, ROW_LENGTH) for place in places]
        return tuple(
            body + hybrid_check(self._covers(row) + body, ALPHABET)
            for row, body in enumerate(bodies, 1)
        )

    def _covers(self, row: int) -> str:
        return f"{self.sheet}{self.number}{row}"


def split(draw: Callable[[int], bytes]) -> tuple[bytes, Half, Half]:
    """Return a fresh secret and its halves, from a source of random bytes."""
    sheet = _in_base_32(int.from_bytes(draw(3), "big"), _SHEET_LENGTH)
    secret, first = draw(SECRET_BYTES), draw(SECRET_BYTES)
    return secret, Half(sheet, 1, first), Half(sheet, 2, _xor(secret, first))


def joined(one: Half, other: Half) -> bytes:
    """Return the secret of two halves, in either order; raises SheetHalvesApart."""
    if one.sheet != other.sheet or {one.number, other.number} != {1, 2}:
        raise SheetHalvesApart
    return _xor(one.share, other.share)


def read_half(text: str, place: int = 1) -> Half:
    """Return the half that was typed or scanned in a place; raises SheetHalfMistyped with the row.

    Groups, lower case, and the letters O, I and L for 0 and 1 are understood.
    """
    said = _AIM.match(text)
    plain = _GROUPING.sub("", text[said.end() :] if said else text).upper().translate(_MISTAKEN)
    sheet, number, rest = plain[:_SHEET_LENGTH], plain[_SHEET_LENGTH : _SHEET_LENGTH + 1], ""
    if len(plain) != _LENGTH or not set(plain) <= set(ALPHABET) or number not in {"1", "2"}:
        raise SheetHalfMistyped(place, 0)
    rest = plain[_SHEET_LENGTH + 1 :]
    value = 0
    for row in range(ROWS):
        written = rest[row * (ROW_LENGTH + 1) : (row + 1) * (ROW_LENGTH + 1)]
        if not hybrid_holds(f"{sheet}{number}{row + 1}{written}", ALPHABET):
            raise SheetHalfMistyped(place, row + 1)
        for character in written[:-1]:
            value = value << _BITS | ALPHABET.index(character)
    if value >> SECRET_BYTES * 8:
        raise SheetHalfMistyped(place, 1)
    return Half(sheet, int(number), value.to_bytes(SECRET_BYTES, "big"))


def grouped_row(row: str) -> str:
    """Return a row as it is printed and read aloud: K8Z1-PN3K-1VKN-D0."""
    return "-".join(row[place : place + 4] for place in range(0, len(row), 4))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _in_base_32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> _BITS * place & 31] for place in reversed(range(length)))
