"""The order in which facts are folded: causes first, and on every node the same."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest


def in_causal_order(known: Iterable[Fact]) -> list[Fact]:
    """Return each fact once, after all it replaces or saw; ties by Lamport counter, node, seq."""
    by_hash = {fact.hash: fact for fact in known}
    by_counter = sorted(by_hash.values(), key=lambda one: (one.order, one.hash))
    if _is_causal(by_counter):
        return by_counter
    return _sorted_by_cause(by_hash)


def _is_causal(ordered: Iterable[Fact]) -> bool:
    """Say whether no fact names a later one: by counters it is so, but for hostile ones."""
    named: set[Digest] = set()
    for fact in ordered:
        if fact.hash in named:
            return False
        named.update(fact.replaces, fact.saw)
    return True


def _sorted_by_cause(by_hash: Mapping[Digest, Fact]) -> list[Fact]:
    waiting: dict[Digest, int] = {}
    freed: defaultdict[Digest, list[Fact]] = defaultdict(list)
    ready: list[tuple[tuple[int, str, int], Digest]] = []
    for fact in by_hash.values():
        causes = {cause for cause in (*fact.replaces, *fact.saw) if cause in by_hash}
        waiting[fact.hash] = len(causes)
        for cause in causes:
            freed[cause].append(fact)
        if not causes:
            heapq.heappush(ready, (fact.order, fact.hash))
    ordered = []
    while ready:
        _, digest = heapq.heappop(ready)
        ordered.append(by_hash[digest])
        for fact in freed[digest]:
            waiting[fact.hash] -= 1
            if not waiting[fact.hash]:
                heapq.heappush(ready, (fact.order, fact.hash))
    return ordered
