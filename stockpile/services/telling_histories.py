"""Computers that wrote two histories are told of to the registry, with the next exchange.

The registry is asked which entries it lacks, and given just those: the two that part first, so that
whatever it holds of that computer, they prove themselves. Nothing about it is stored here. A
registry of an earlier version knows no such question, and no line too thin keeps the exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    NodeUnknown,
    RegistryRefused,
    RegistrySlow,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH
from stockpile.domain.history_messages import (
    MOST_TOLD,
    EntryNamed,
    HistoriesAsked,
    HistoriesHeard,
    HistoriesWanted,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, NodeId
from stockpile.services.ports import Books, RegistryLink
from stockpile.services.turns import Turn, turn

PORTION: Final = 256 << 10
"""Bytes of one portion before they are squeezed."""
Then = Callable[[], Turn]
Answer = TypeVar("Answer")


def tell_histories(books: Books, link: RegistryLink, then: Then, but: NodeId | None = None) -> Turn:
    """Return the turns that tell of every computer with two histories, then what comes next.

    ``but`` is one that is not told of so: this node, whose own entries go another way.
    """
    nodes = iter([one for one in books.forked() if one != but])

    def ask(node: NodeId | None) -> Turn:
        if node is None:
            return then()
        held = evidence_of(books, node)
        named = tuple(
            EntryNamed(ledger.read_header(one.header).c, digest) for digest, one in held.items()
        )

        def heard(answer: HistoriesWanted | None) -> Turn:
            lacking = frozenset(answer.entries if answer else ())
            return tell([one for digest, one in held.items() if digest in lacking])

        asked = HistoriesAsked(node, named)
        return turn(lambda: _unless_refused(lambda: link.histories_wanted(asked)), heard)

    def tell(entries: Sequence[Entry]) -> Turn:
        if not entries:
            return ask(next(nodes, None))
        portion = tuple(_portion(entries))

        def heard(answer: HistoriesHeard | None) -> Turn:
            goes_on = answer is not None and answer.kept
            return tell(entries[len(portion) :] if goes_on else ())

        return turn(lambda: _unless_refused(lambda: link.tell_histories(portion)), heard)

    return ask(next(nodes, None))


def evidence_of(books: Books, node: NodeId) -> dict[Digest, Entry]:
    """Return both histories of a computer by their hashes, from where they part, in their order."""
    beside = books.beside(node)
    first = min((ledger.read_header(one.header).c for one in beside), default=0)
    chain = books.entries(node, first - 1, MOST_TOLD // 2) if first else ()
    found = {ledger.entry_hash(one.header): one for one in (*chain, *beside[: MOST_TOLD // 2])}
    return dict(sorted(found.items(), key=_place))


def _place(one: tuple[Digest, Entry]) -> tuple[int, Digest]:
    return ledger.read_header(one[1].header).c, one[0]


def _portion(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give as many entries as travel at once, and both of the two with which they begin."""
    size = facts = 0
    for place, entry in enumerate(entries):
        size += sum(map(len, entry.facts))
        facts += len(entry.facts)
        if place > 1 and (size > PORTION or facts > MOST_FACTS_A_BATCH):
            return
        yield entry


def _unless_refused(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except (BatchTooLarge, ChainBroken, NodeUnknown, RegistryRefused, RegistrySlow):
        return None
