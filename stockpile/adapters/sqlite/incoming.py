"""What others send, judged entry by entry before anything of it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockpile.adapters.sqlite.chains import Chains
from stockpile.domain import ledger, mandates
from stockpile.domain.errors import ChainBroken, ChainForked
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.mandates import Roll, Shortfall
from stockpile.domain.values import NodeId


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry found genuine: the tip it makes, its facts, and what right to them it lacks."""

    entry: Entry
    tip: Tip
    facts: tuple[Fact, ...]
    lacks: Shortfall | None = None


def judged(chains: Chains, entries: Sequence[Entry]) -> Iterator[Arrival]:
    """Yield the entries that continue their chains, in order; those held already are left out.

    Raises ChainBroken (also for a node that is not trusted), ChainGap, ChainForked at the first
    one that is none of that.
    """
    tips: dict[NodeId, Tip] = {}
    rolls: dict[NodeId, Roll] = {}
    seen: dict[tuple[NodeId, int], str] = {}
    for entry in entries:
        header = ledger.read_header(entry.header)
        node = NodeId(header.n)
        chain = chains.held.get(node)
        if chain is None:
            raise ChainBroken(node, header.c, "not trusted")
        digest = ledger.entry_hash(entry.header)
        tip = tips.get(node, chain.tip)
        if 0 < header.c <= tip.number:
            if seen.get((node, header.c)) != digest and not chains.holds(node, header.c, digest):
                raise ChainForked(node, header.c)
            continue
        tips[node] = ledger.check(entry, tip, chain.public_key)
        seen[node, header.c] = digest
        known = ledger.demand_well_formed(entry)
        roll = rolls[node] if node in rolls else chains.roll(node)
        lacks = mandates.shortfall(roll, entry, known)
        rolls[node] = roll if lacks else mandates.after(roll, known)
        yield Arrival(entry, tips[node], known, lacks)
