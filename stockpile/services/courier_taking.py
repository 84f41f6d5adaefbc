"""What a courier file brings is taken in batch by batch, and may be stopped between two of them.

1. A batch is one transaction: of a file that was stopped, or of a program that was killed, the
   batches before stay and nothing else is there. Loaded again, what is here passes quickly.
2. Each batch is a call of its own on the books, so that between two of them others may go on.
3. What a node wrote beside its chain is kept as evidence and stops nothing else of the file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from stockpile.domain import codec, ledger
from stockpile.domain.errors import Cancelled, ChainForked, ChainGap
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.services.courier_previews import Came
from stockpile.services.ports import Books, Progress, Recorded

T = TypeVar("T")

FACTS_AT_ONCE: Final = 1_000
"""Facts after which others may go on, and the taking may stop: a fraction of a second."""


@dataclass(slots=True)
class CourierTaking:
    """Takes in what came; ``progress`` is told how many facts of how many are gone through."""

    books: Books
    progress: Progress
    total: int = 0
    done: int = 0

    def take(self, came: Came) -> tuple[Recorded, ChainForked | None]:
        """Return what was new, with the alarm if a node wrote two histories.

        Raises Cancelled between two batches; ChainBroken where a chain is not what it claims,
        ChainForked where single facts contradict what is held. What was good before stays.
        """
        self.total, self.done = came.count, 0
        whole, forked = self._whole(came.entries)
        facts = list(whole.facts)
        for some in self._batches(came.excerpts, _parts_of):
            facts += self.books.receive_excerpts(some, self.progress).facts
        with contextlib.suppress(Cancelled):  # all of it came: nothing is left to be stopped
            self.progress(self.total, self.total)
        return Recorded(whole.entries, tuple(facts)), forked

    def _whole(self, came: Sequence[Entry]) -> tuple[Recorded, ChainForked | None]:
        """Take entries in; behind one that is of no chain, others of that chain find a gap."""
        entries: list[Entry] = []
        facts: list[Fact] = []
        forked: ChainForked | None = None
        for some in self._batches(came, _facts_of):
            try:
                one, found = self._received(some)
            except ChainGap:
                if forked is None:
                    raise
                break
            entries += one.entries
            facts += one.facts
            forked = forked or found
        return Recorded(tuple(entries), tuple(facts)), forked

    def _received(self, some: Sequence[Entry]) -> tuple[Recorded, ChainForked | None]:
        before = {node: tip.number for node, tip in self.books.tips()}
        try:
            return self.books.receive(some, self.progress), None
        except ChainForked as error:
            taken = tuple(one for one in some if self._is_taken(one, before))
            facts = tuple(codec.decode(raw) for one in taken for raw in one.facts)
            return Recorded(taken, facts), error

    def _is_taken(self, entry: Entry, before: Mapping[NodeId, int]) -> bool:
        header = ledger.read_header(entry.header)
        node = NodeId(header.n)
        held = self.books.entries(node, header.c - 1, 1)
        is_held = bool(held) and held[0].header == entry.header
        return is_held and header.c > before.get(node, 0)

    def _batches(self, came: Sequence[T], facts_in: Callable[[T], int]) -> Iterator[list[T]]:
        """Give what came by about so many facts, and tell before each how far it is."""
        some: list[T] = []
        weight = 0
        for one in came:
            some.append(one)
            weight += facts_in(one)
            if weight >= FACTS_AT_ONCE:
                self.progress(self.done, self.total)
                yield some
                self.done += weight
                some, weight = [], 0
        if some:
            self.progress(self.done, self.total)
            yield some
            self.done += weight


def _facts_of(entry: Entry) -> int:
    return len(entry.facts)


def _parts_of(excerpt: Excerpt) -> int:
    return len(excerpt.parts)
