"""The order in which facts are folded: causes first, and on every node the same."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest


def in_causal_order(known: Iterable[Fact]) -> list[Fact]:
    """Return each fact once, after all it replaces or saw; ties by Lamport counter, node, seq."""
    by_hash = {fact.hash: fact for fact in known}
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
