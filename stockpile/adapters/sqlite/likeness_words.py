"""What the words beside a serial are worth for each mark: once for each writing, not each mark."""

from __future__ import annotations

from typing import Final

import numpy as np

from stockpile.adapters.sqlite.likeness import Likeness, Places
from stockpile.adapters.sqlite.likeness_columns import Ids, Writings
from stockpile.adapters.sqlite.likeness_scoring import Costs
from stockpile.domain.matching.agreeing import agreement
from stockpile.domain.matching.asking import Question, Said, Words
from stockpile.domain.matching.weighing import Agreement, weight

_REMEMBERED: Final = 256
_WEIGHED: Final[tuple[Said, ...]] = ("make", "calibre", "model")


class Advantages:
    """What the words of a question are worth for marks of one index."""

    def __init__(self, likeness: Likeness, words: Words) -> None:
        self._likeness = likeness
        self._words = words
        self._counts: dict[tuple[Said, int], Costs] = {}
        self._known: dict[tuple[Said, str, int], Costs] = {}

    def of(self, question: Question, places: Places) -> Costs:
        """Return what to add to the cost of each mark."""
        total = np.zeros(len(places), np.float32)
        for kind in _WEIGHED:
            if question.said(kind):
                _, ids = self._column(kind)
                total += self._weights(kind, question.said(kind))[ids[places]]
        return total

    def worth(self, kind: Said, said: str, written: str) -> float:
        """Return what one writing is worth for what was said."""
        writings, _ = self._column(kind)
        return float(self._weights(kind, said)[writings.number(written)])

    def _column(self, kind: Said) -> tuple[Writings, Ids]:
        index, columns = self._likeness, self._likeness.columns
        return {
            "make": (index.makes, columns.makes), "calibre": (index.calibres, columns.calibres),
        }.get(kind, (index.models, columns.models))  # fmt: skip

    def _weights(self, kind: Said, said: str) -> Costs:
        writings, _ = self._column(kind)
        asked = (kind, said, len(writings.texts))
        if asked not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[asked] = self._weighed(kind, said, writings)
        return self._known[asked]

    def _weighed(self, kind: Said, said: str, writings: Writings) -> Costs:
        agreements = [agreement(kind, said, text, self._words) for text in writings.texts]
        shares = self._shares(kind)
        agreeing: dict[Agreement, float] = {"agrees": 0.0, "near": 0.0}
        for one, share in zip(agreements, shares, strict=False):
            if one in agreeing:
                agreeing[one] += float(share)
        agreeing["near"] += agreeing["agrees"]
        agreeing["differs"] = agreeing["near"]
        worth = {one: weight(one, agreeing.get(one, 0.0)) for one in set(agreements)}
        return np.array([worth[one] for one in agreements], np.float32)

    def _shares(self, kind: Said) -> Costs:
        """Return the share of the marks that has each writing."""
        writings, ids = self._column(kind)
        asked = (kind, len(writings.texts))
        if asked not in self._counts:
            counts = np.bincount(ids[: self._likeness.count], minlength=len(writings.texts))
            self._counts[asked] = (counts / max(1, self._likeness.count)).astype(np.float32)
        return self._counts[asked]
