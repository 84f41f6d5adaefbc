"""A batch that comes before the one that it continues waits for it, for a moment, holding nothing.

A quick node sends its next batch while the one before is under way, perhaps to another process.
While that one is being written its node's row is locked, and whoever comes next waits there by
itself; here waits who was quicker than that. In one process batches of one chain are written one
after the other, so that none of them keeps a connection only to wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from typing import Final

from stockpile.domain.errors import ChainGap, RegistryBusy
from stockpile.domain.exchange import Receipt
from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.rows import Checked

_LONGEST_TURN: Final = 10.0
"""Seconds that a batch waits for another one of its chain to be written, as for a lock."""
_GLANCE: Final = 0.02
"""Seconds between two looks at what other processes wrote."""


class Arrivals:
    """Puts the batches of each chain in order.

    ``most`` of them may wait ``patience`` seconds for one that is not here yet. Of one chain one
    batch waits: who sends more of what does not fit learns so at once and takes nobody's place.
    """

    def __init__(self, most: int = 0, patience: float = 0.0) -> None:
        self._most = most
        self._patience = patience
        self._news = Condition()
        self._written: set[NodeId] = set()
        self._awaiting: set[NodeId] = set()

    def take(self, books: RegistryBooks, node: NodeId, batch: Sequence[Checked]) -> Receipt:
        """Let the books take the batch in, once the one before it is.

        Raises what the books raise: ChainGap where that one does not come in time; RegistryBusy.
        """
        ready = books.ready(node, batch)

        def taken() -> Receipt:
            with self._alone(node):
                return books.take(node, batch, ready)

        try:
            return taken()
        except ChainGap as early:
            with self._place(node) as may_wait:
                if not may_wait:
                    raise
                return self._taken_later(books, taken, early)

    def _taken_later(
        self, books: RegistryBooks, taken: Callable[[], Receipt], early: ChainGap
    ) -> Receipt:
        until = time.monotonic() + self._patience
        while self._moved(books, early, until):
            try:
                return taken()
            except ChainGap as still:
                early = still
        raise early

    def _moved(self, books: RegistryBooks, early: ChainGap, until: float) -> bool:
        """Wait until more of the chain is held than when the batch came; say if it ever was."""
        node = NodeId(early.node)
        while books.tip(node).number <= early.have:
            if time.monotonic() >= until:
                return False
            with self._news:
                self._news.wait(_GLANCE)
        return True

    @contextmanager
    def _alone(self, node: NodeId) -> Iterator[None]:
        """Be the only one in this process that writes to a chain."""
        with self._news:
            if not self._news.wait_for(lambda: node not in self._written, _LONGEST_TURN):
                raise RegistryBusy("another batch of this chain is being written")
            self._written.add(node)
        try:
            yield
        finally:
            with self._news:
                self._written.discard(node)
                self._news.notify_all()

    @contextmanager
    def _place(self, node: NodeId) -> Iterator[bool]:
        """Have one of the places of those who wait; say if one was free."""
        with self._news:
            may_wait = node not in self._awaiting and len(self._awaiting) < self._most
            if may_wait:
                self._awaiting.add(node)
        try:
            yield may_wait
        finally:
            if may_wait:
                with self._news:
                    self._awaiting.discard(node)
