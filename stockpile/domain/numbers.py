"""The registry number: what people call a weapon by, drawn from its id and never assigned.

Sixty random bits of the id in Crockford's base 32 (no I, L, O, U), in three groups of four. It can
be made offline by anybody who holds the id, and read back from speech and handwriting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from stockpile.domain.values import WeaponId, is_id, search_key

NUMBER_LENGTH: Final = 12
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS: Final = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_MISREAD: Final = str.maketrans("OIL", "011")
_HEX_DIGITS: Final = 15


def registry_number(weapon_id: WeaponId) -> str:
    """Return the number that belongs to the id, written ``XXXX-XXXX-XXXX``.

    An id that is none of ours (only a hostile chain holds one) is numbered by its digest.
    """
    if is_id(weapon_id):
        digits = weapon_id.replace("-", "")[-_HEX_DIGITS:]
    else:
        digits = hashlib.sha256(weapon_id.encode()).hexdigest()[:_HEX_DIGITS]
    value = int(digits, 16)
    text = "".join(_PAIRS[value >> shift & 0x3FF] for shift in (50, 40, 30, 20, 10, 0))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def paper_number(prefix: str, site: str, year: int, taken: Iterable[str]) -> str:
    """Return the next number of a paper that this site makes out: ``HR-KLA-26-0001``.

    Each site counts for itself and anew each year, so that two that never met give no number twice.
    """
    series = f"{prefix}-{site}-{year % 100:02}-"
    tails = (number.removeprefix(series) for number in taken if number.startswith(series))
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    return f"{series}{last + 1:04}"


def read_number(text: str) -> str:
    """Return the registry number that a text can only mean, or "" where it is none."""
    key = search_key(text).translate(_MISREAD)
    if len(key) != NUMBER_LENGTH or not set(key).issubset(_ALPHABET):
        return ""
    return f"{key[:4]}-{key[4:8]}-{key[8:]}"
