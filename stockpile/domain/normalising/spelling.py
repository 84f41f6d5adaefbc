"""The nearest known word to a misspelt one, and never a guess between two that are as near."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 9
"""Words of so many letters may be one or two slips away: a letter lost, added, wrong, swapped."""


class Speller:
    """Known words with their meanings, found by words that are a slip or two away."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = meanings
        self._by_length: dict[int, list[str]] = {}
        for word in meanings:
            if len(word) >= _ONE_SLIP - 1:
                self._by_length.setdefault(len(word), []).append(word)

    def nearest(self, word: str) -> str | None:
        """Return the known word nearest to this one, or None for none, or two meanings as near.

        The first or the last letter must be right, and digits may not differ: 17 is not 19.
        """
        allowed = slips_allowed(word)
        if not allowed:
            return None
        found = {known: slips for known, slips in self._within(word, allowed) if _fits(word, known)}
        if not found:
            return None
        fewest = min(found.values())
        best = [known for known, slips in found.items() if slips == fewest]
        return best[0] if len({self._meanings[known] for known in best}) == 1 else None

    def _within(self, word: str, allowed: int) -> list[tuple[str, int]]:
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        known = [one for length in lengths for one in self._by_length.get(length, ())]
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        return [(one, int(slips)) for one, slips, _place in found]


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may have."""
    length = len(word)
    return 2 if length >= _TWO_SLIPS else 1 if length >= _ONE_SLIP else 0


def _fits(word: str, known: str) -> bool:
    ends = known[0] == word[0] or known[-1] == word[-1]
    return ends and _digits(word) == _digits(known)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
