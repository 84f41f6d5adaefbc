"""What calibres written differently have in common: the number by which a bore is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stockpile.domain.values import REMEMBERED

_NUMBER: Final = re.compile(r"(\d*)(?:[.,](\d+))?(\s*[xX\u0445\u0425\u00d7*]\s*\d+)?")
_METRIC: Final = {"556": "223", "762": "308", "765": "32", "635": "25"}
"""Bores in hundredths of a millimetre that are also called in hundredths of an inch."""


@lru_cache(maxsize=REMEMBERED)
def bores(text: str) -> frozenset[str]:
    """Return the bores a calibre names: ".38 SPL", "38" and "0.38" share one, a "12" does not."""
    found: set[str] = set()
    for whole, part, across in _NUMBER.findall(text):
        digits = (
            (whole.lstrip("0") + part).rstrip("0" if whole.strip("0") else "")
            if part
            else whole.lstrip("0")
        )
        if digits and (not found or across):
            found.add(_METRIC.get(digits, digits) if whole.strip("0") else digits)
    return frozenset(found)
