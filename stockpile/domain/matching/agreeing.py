"""Whether two writings of a make, a calibre or a model can be the same, as people write them."""

from __future__ import annotations

from typing import Final

from stockpile.domain.matching.asking import SURE, Said, Words
from stockpile.domain.matching.bores import bores
from stockpile.domain.matching.weighing import Agreement
from stockpile.domain.values import search_key

_PART: Final = 3
"""So long a name at least is looked for inside another."""


def agreement(kind: Said, one: str, other: str, words: Words) -> Agreement:
    """Say how well two writings agree; unknown where either says nothing that is understood."""
    if search_key(one) == search_key(other):
        return "agrees"
    if not one or not other:
        return "unknown"
    first, second = words.of(kind, one), words.of(kind, other)
    if first.code and first.code == second.code:
        return "agrees"
    if kind == "calibre":
        return _of_bores(bores(one), bores(other))
    if _holds(search_key(one), search_key(other)):
        return "near"
    sure = kind == "make" and min(first.confidence, second.confidence) >= SURE
    return "differs" if sure and first.code and second.code else "unknown"


def _of_bores(one: frozenset[str], other: frozenset[str]) -> Agreement:
    if not one or not other:
        return "unknown"
    return "near" if one & other else "differs"


def _holds(one: str, other: str) -> bool:
    """Say whether the shorter of two names stands inside the longer."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and short in long
