"""What words beside a serial are worth for marks."""

from __future__ import annotations

import numpy as np

from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_words import Advantages
from stockpile.domain.matching.asking import AsWritten, Question

MAKES = frozenset({("make", "TAURUS"), ("make", "ROSSI")})


def test_what_agrees_is_worth_more_than_what_differs():
    index = Likeness()
    index.learn([
        (1, "A1", "Taurus", ".38 SPL", ""), (2, "A2", "Rossi", ".40", ""),
        (3, "A3", "", "", ""),
    ])  # fmt: skip
    advantages = Advantages(index, AsWritten(MAKES))
    places = np.arange(3)
    agreeing, differing, silent = advantages.of(Question("A1", "TAURUS", "38"), places).tolist()
    assert agreeing < silent == 0 < differing
    assert advantages.of(Question("A1"), places).tolist() == [0, 0, 0]
    assert (
        advantages.worth("make", "TAURUS", "Taurus")
        < 0
        < advantages.worth("make", "TAURUS", "Rossi")
    )
