"""A node that is an old copy of itself: it takes back what it sent, and writes no more.

A restored folder or a cloned disk holds less than the registry signed for, or something else. What
the registry shows bears our own signature, so no registry can stop a node by saying so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BooksRolledBack,
    ChainForked,
    NodeOvertaken,
    StockpileError,
)
from stockpile.domain.exchange import PROTOCOL_4, RemoteTip
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import NodeId
from stockpile.services.feeding import Line
from stockpile.services.ports import Books
from stockpile.services.turns import Turn, turn


class TakingBack:
    """Takes back entries of ours that the registry holds and we do not; ``step`` counts them.

    ``stopped`` gives what is to be told before this node is stopped by what came out.
    """

    def __init__(
        self, books: Books, line: Line, public_key: bytes, own: Tip, step: Callable[[int], None],
        stopped: Callable[[StockpileError], Turn],
    ) -> None:  # fmt: skip
        self._books = books
        self._line = line
        self._key = public_key
        self._own = own
        self._step = step
        self._stopped = stopped

    def up_to(self, tip: RemoteTip, shared: int = 0) -> Turn:
        """Return the turn that asks for what is missing here, from what both sides surely share.

        That is what the registry once signed for: where the two histories part is then known here.
        Their signatures show that this is an old copy of ourselves, and no lie of the registry's:
        from then on nothing more is written with this key. It ends, by way of ``stopped``, with
        NodeOvertaken, or ChainForked where this copy wrote on already; BooksRolledBack where
        nothing shows that the registry is right. Raises them where it speaks too old a version.
        """
        had, node = self._own.number, self._line.node
        is_shorter = tip.number > had
        trouble = BooksRolledBack(tip.number, had) if is_shorter else ChainForked(node, tip.number)
        if self._line.spoken < PROTOCOL_4:
            raise trouble

        def heard(after: int, entries: Sequence[Entry]) -> Turn:
            try:
                self._take(entries)
            except ChainForked as error:
                return self._stopped(error)
            reached = self._reached(entries)
            if after < reached < tip.number:
                return ask(reached)
            is_overtaken = self._books.overtaken(node) is not None
            return self._stopped(
                NodeOvertaken(self._books.tip().number) if is_overtaken else trouble
            )

        def ask(after: int) -> Turn:
            return turn(lambda: self._line.link.entries(node, after), partial(heard, after))

        return ask(min(had, tip.number - 1, shared))

    def _take(self, entries: Sequence[Entry]) -> None:
        taken = take_back(self._books, self._line.node, self._key, self._own, entries)
        if taken:
            self._step(taken)

    def _reached(self, entries: Sequence[Entry]) -> int:
        """Return the number of the last of them that we signed; 0 where none is."""
        ours = (one for one in reversed(entries) if ledger.is_signed(one, self._key))
        last = next(ours, None)
        return ledger.read_header(last.header).c if last else 0


def take_back(
    books: Books, node: NodeId, public_key: bytes, own: Tip, entries: Iterable[Entry]
) -> int:
    """Take in what we signed ourselves; whatever of it is new here says that we are old.

    Returns how many entries were new. Raises ChainForked where this copy wrote on already.
    """
    ours = [one for one in entries if ledger.is_signed(one, public_key)]
    try:
        taken = books.receive(ours).entries
    except ChainForked:
        books.note_overtaken(node, own)
        raise
    if taken:
        books.note_overtaken(node, books.tip())
    return len(taken)
