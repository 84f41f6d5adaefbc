"""Of which facts of a history the time shown is contradicted by something on record.

The rule is that of the cards (``cards.clock_is_doubted``), for a whole history in one go: a page
shows every fact of it, and asking for each by itself would read the history once for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from stockpile.domain import clocks
from stockpile.domain.facts import ClockObserved, Fact
from stockpile.domain.values import Digest, NodeId

_NEVER: Final = -(2**63)


def in_doubt(history: Iterable[Fact], comparisons: Iterable[Fact]) -> frozenset[Digest]:
    """Return the facts of a history whose time is contradicted.

    By the same node's nearest comparison with another clock, or by its own chain: a fact before it
    that shows a later time. ``comparisons`` are what the nodes of the history found when they
    compared their clocks; of two that are equally near the earlier one counts.
    """
    by_node: defaultdict[NodeId, list[Fact]] = defaultdict(list)
    for one in (*history, *comparisons):
        by_node[one.node].append(one)
    return frozenset(one.hash for own in by_node.values() for one in _in_doubt(own))


def _in_doubt(own: Sequence[Fact]) -> Iterator[Fact]:
    ordered = sorted(own, key=lambda one: one.seq)
    numbers = [one.seq for one in ordered]
    latest = [*accumulate((one.at for one in ordered), max, initial=_NEVER)]
    compared = [one for one in ordered if isinstance(one.body, ClockObserved)]
    places = [one.seq for one in compared]
    for fact in ordered:
        if isinstance(fact.body, ClockObserved):
            continue
        before = latest[bisect_left(numbers, fact.seq)]
        if before > fact.at + clocks.JITTER or _was_off(compared, places, fact.seq):
            yield fact


def _was_off(compared: Sequence[Fact], places: Sequence[int], seq: int) -> bool:
    """Say whether the comparison nearest to a place in the chain found the clock off."""
    after = bisect_left(places, seq)
    near = compared[max(after - 1, 0) : after + 1]
    nearest = min(near, key=lambda one: abs(one.seq - seq), default=None)
    return nearest is not None and clocks.is_off(getattr(nearest.body, "offset", 0))
