"""The nearest known word to a misspelt one, and never a guess between two that are as near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz.distance import OSA

_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 9
"""Words of so many letters may be one or two slips away: a letter lost, added, wrong, swapped."""


def nearest(word: str, meanings: Mapping[str, str]) -> str | None:
    """Return the known word nearest to this one, or None for none near or two meanings as near.

    The first or the last letter must be right, and digits may not differ: 17 is not 19.
    """
    allowed = slips_allowed(word)
    if not allowed:
        return None
    found = _within(word, meanings, allowed)
    if not found:
        return None
    fewest = min(found.values())
    best = [known for known, slips in found.items() if slips == fewest]
    return best[0] if len({meanings[known] for known in best}) == 1 else None


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may have."""
    length = len(word)
    return 2 if length >= _TWO_SLIPS else 1 if length >= _ONE_SLIP else 0


def _within(word: str, known: Iterable[str], allowed: int) -> dict[str, int]:
    digits = _digits(word)
    found = {}
    for one in known:
        if abs(len(one) - len(word)) > allowed or len(one) < _ONE_SLIP - 1:
            continue
        if (one[0] != word[0] and one[-1] != word[-1]) or _digits(one) != digits:
            continue
        slips = OSA.distance(word, one, score_cutoff=allowed)
        if slips <= allowed:
            found[one] = slips
    return found


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdigit())
