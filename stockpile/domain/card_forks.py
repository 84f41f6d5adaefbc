"""The card of a node that wrote two histories: a cloned disk, or an old copy that was switched on.

Nobody but a person can say which of the two computers is the one that people use. The history in
the chain here stands; the other one is evidence, and its computer is enrolled anew.

That the other one is right no desk decides. A registry may have signed for what stands in a chain,
and two officers of one depot would undo what its log testifies. The authority alone cuts a chain
off, by two of its officials' keys, after the last entry that both histories share: the card names
that entry, and both histories travel to the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from stockpile.domain import codec, ledger
from stockpile.domain.card_parts import Choice, History, Saying, Side
from stockpile.domain.facts import Draft, EntryJudged, Fact
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, NodeId

MOST: Final = 200
"""Entries of a history that a card tells; all of them are kept."""


def histories(
    number: int,
    chain: Sequence[Entry],
    beside: Sequence[Entry],
    judged: Callable[[Digest], Sequence[Fact]],
) -> list[History]:
    """Return what was written from a number on: in the chain, and in each history beside it.

    ``chain`` are the entries held from that number on, or the last one before it where it ends
    there; ``judged`` gives the decisions about an entry.
    """
    found = [_history(chain[:MOST], _shared(number, chain[0]), stands=True)] if chain else []
    by_hash = {ledger.entry_hash(one.header): one for one in beside}
    before = {digest: ledger.read_header(one.header).p for digest, one in by_hash.items()}
    for digest, one in by_hash.items():
        if before[digest] in by_hash or ledger.read_header(one.header).c != number:
            continue
        own, line = [one], {digest}
        for other, entry in by_hash.items():  # they come by number: what follows comes later
            if before[other] in line:
                line.add(other)
                own.append(entry)
        found.append(_history(own[:MOST], _shared(number, one), judged=tuple(judged(digest))))
    return found


def _shared(number: int, entry: Entry) -> str:
    """Return the code of the last entry before a number, as the first of a history tells it."""
    header = ledger.read_header(entry.header)
    last = header.p if header.c == number else ledger.entry_hash(entry.header)
    return ledger.head_code(Tip(number - 1, 0, Digest(last))) if number > 1 else ""


def _history(
    entries: Sequence[Entry], shared: str, *, stands: bool = False, judged: tuple[Fact, ...] = ()
) -> History:
    headers = [ledger.read_header(one.header) for one in entries]
    facts = tuple(codec.decode(raw) for one in entries for raw in one.facts)
    digest = ledger.entry_hash(entries[0].header)
    return History(digest, headers[0].c, headers[-1].c, facts, stands, judged, shared)


def forked(
    node: NodeId, histories: Sequence[History], is_doubted: Callable[[Fact], bool]
) -> tuple[list[Side], list[Choice]]:
    """Return each history as a side, in the order of their entries' hashes, and what may be said.

    None is offered where nothing of the node's chain is held here.
    """
    ordered = sorted(histories, key=lambda one: one.entry)
    sides = [_side(one, doubted=any(map(is_doubted, one.facts))) for one in ordered]
    others = [one for one in ordered if not one.stands]
    make = partial(_refuse, node, others)
    return sides, [
        Choice("history_stands", "judge_entry", at, make=make)
        for at, one in enumerate(ordered)
        if one.stands
    ]


def _side(one: History, *, doubted: bool) -> Side:
    numbers = str(one.first) if one.first == one.last else f"{one.first}\u2013{one.last}"
    stands = "in_chain" if one.stands else "beside"
    said: tuple[Saying, ...] = (("entries", numbers), ("history", stands), ("shared", one.shared))
    return Side(said, one.facts[0], entries=one.facts, clock_doubted=doubted)


def _refuse(node: NodeId, others: Sequence[History], reason: str) -> list[Draft]:
    return [
        Draft(one.entry, EntryJudged(node, one.first, accepted=False, reason=reason), _heads(one))
        for one in others
    ]


def _heads(one: History) -> tuple[Digest, ...]:
    replaced = {cause for fact in one.judged for cause in fact.replaces}
    return tuple(sorted(fact.hash for fact in one.judged if fact.hash not in replaced))
