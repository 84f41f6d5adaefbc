"""Whether something on record contradicts the time that a fact shows: the one rule, for cards too.

1. Numbers come first: what a node wrote before and after is said by its own numbers, and of its
   comparisons with another clock that count which are nearest by number. Of two equally near it is
   the earlier; of two with one number, as only a node with two histories wrote them, the one that
   is farther off.
2. Times come second: a fact is doubted where that comparison found the clock off, where a fact
   before it in its chain shows a later time, or where it is dated after it came to who asks.
3. What was written before a clock was found right speaks against nothing that came after: a clock
   that once ran years ahead would put all in doubt until those years have passed.
4. A comparison is judged as any other fact: it was made by the clock that it speaks of.

A doubt is shown and changes nothing: no order hangs on a clock, and no two nodes' clocks are held
against each other (ledger.md 5.6).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from stockpile.domain import clocks
from stockpile.domain.facts import ClockObserved, Fact
from stockpile.domain.values import Digest, Instant, NodeId

_NEVER: Final = -(2**63)


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """What is on record of each node's clock: its comparisons, and the times in its chain.

    Read through once, however many facts it is asked about.
    """

    _chains: Mapping[NodeId, _Chain]

    @classmethod
    def of(cls, known: Iterable[Fact]) -> ClockRecord:
        """Return the record that these facts make; twice the same fact is once."""
        by_node: defaultdict[NodeId, list[Fact]] = defaultdict(list)
        for one in known:
            by_node[one.node].append(one)
        return cls({node: _Chain.of(own) for node, own in by_node.items()})

    def doubts(self, fact: Fact) -> bool:
        """Say whether its node's nearest comparison or its own chain contradicts a fact's time."""
        chain = self._chains.get(fact.node, _NOTHING)
        return clocks.is_off(chain.nearest(fact.seq)) or is_dated_after(
            chain.latest_before(fact.seq), fact.at
        )

    def offset(self, fact: Fact) -> int:
        """Return what the nearest comparison found: that clock less the node's; 0 for none."""
        return self._chains.get(fact.node, _NOTHING).nearest(fact.seq)


def in_doubt(
    history: Iterable[Fact],
    comparisons: Iterable[Fact],
    came: Mapping[Digest, Instant] | None = None,
) -> frozenset[Digest]:
    """Return the facts of a history whose time is contradicted.

    ``comparisons`` are what the nodes of the history found when they compared their clocks;
    ``came`` is when facts were received, each by its hash, where somebody wrote that down.
    """
    facts, received = list(history), came or {}
    record = ClockRecord.of([*facts, *comparisons])
    return frozenset(
        one.hash
        for one in facts
        if record.doubts(one) or is_dated_after(one.at, received.get(one.hash, one.at))
    )


def is_dated_after(at: Instant, other: Instant) -> bool:
    """Say whether a time is later than one it cannot be after, beyond what time servers correct.

    So is a fact's that is later than when it came, and one's before it in its chain.
    """
    return at > other + clocks.JITTER


@dataclass(frozen=True, slots=True)
class _Chain:
    """A node's facts by their numbers, the latest time that counts up to each, its comparisons."""

    numbers: Sequence[int]
    latest: Sequence[Instant]
    places: Sequence[int]
    offsets: Sequence[int]

    @classmethod
    def of(cls, own: Iterable[Fact]) -> _Chain:
        # of several with one number all count that were not found right
        ordered = sorted(own, key=lambda one: (one.seq, not _found_right(one), one.at))
        latest = accumulate(ordered, _later, initial=_NEVER)
        found: dict[int, int] = {}
        for one in ordered:
            if isinstance(one.body, ClockObserved):
                found[one.seq] = max(found.get(one.seq, 0), one.body.offset, key=_by_distance)
        return cls([one.seq for one in ordered], [*latest], [*found], [*found.values()])

    def latest_before(self, seq: int) -> Instant:
        """Return the latest time of what was written before a place."""
        return self.latest[bisect_left(self.numbers, seq)]

    def nearest(self, seq: int) -> int:
        """Return what the comparison nearest to a place found; 0 for none."""
        after = bisect_left(self.places, seq)
        near = range(max(after - 1, 0), min(after + 1, len(self.places)))
        at = min(near, key=lambda one: abs(self.places[one] - seq), default=None)
        return 0 if at is None else self.offsets[at]


def _later(latest: Instant, one: Fact) -> Instant:
    return one.at if _found_right(one) else max(latest, one.at)


def _found_right(one: Fact) -> bool:
    return isinstance(one.body, ClockObserved) and not clocks.is_off(one.body.offset)


def _by_distance(offset: int) -> tuple[int, int]:
    return abs(offset), offset


_NOTHING: Final = _Chain((), (_NEVER,), (), ())
