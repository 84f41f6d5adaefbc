"""Which candidates are worth a person's look: likelihoods added up, and a cut that adapts.

1. The distance of the reading is lowered by what agrees (make, calibre, model) and raised by what
   differs, each by how telling it is: a rare make that agrees says more than a frequent one. What
   differs lowers a candidate and never excludes it.
2. Shown are the candidates that could well be the one: near the best, a handful at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

Agreement = Literal["agrees", "near", "unknown", "differs"]
_TRULY: Final = 0.93
_NEARLY: Final = 0.85
_WRONGLY: Final = 0.04
"""How often what is said of a weapon agrees, agrees nearly, or differs though it is the one."""
_RAREST: Final = 0.002
CERTAIN_SHARE: Final = 0.985
"""So much of the likelihood is shown, if few enough candidates hold it."""
LEAST_SHARE: Final = 0.012
MOST: Final = 5


def weight(agreement: Agreement, share: float) -> float:
    """Return what to add to the cost; ``share`` is the share of the register that would agree."""
    common = min(max(share, _RAREST), 0.95)
    if agreement == "agrees":
        return math.log(common / _TRULY)
    if agreement == "near":
        return math.log(common / _NEARLY)
    return 0.0 if agreement == "unknown" else math.log((1.0 - common) / _WRONGLY)


def shown(costs: Sequence[float], most: int = MOST) -> int:
    """Return how many candidates to show, of costs in ascending order."""
    if not costs:
        return 0
    likelihoods = [math.exp(costs[0] - cost) for cost in costs]
    total = sum(likelihoods)
    reached = 0.0
    for count, likelihood in enumerate(likelihoods[:most]):
        if reached >= CERTAIN_SHARE * total or (count and likelihood < LEAST_SHARE * total):
            return count
        reached += likelihood
    return min(most, len(costs))


def score(cost: float) -> float:
    """Return a cost as a score between 0 and 1: higher is better, 0.9 for what costs nothing."""
    return 0.9 * math.exp(-cost / 14.0) if cost > 0 else 0.9 - 0.04 * math.expm1(cost / 4.0)
