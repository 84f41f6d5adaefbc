"""Reading from a copy that follows the registry's database (a standby), wherever that is safe.

A copy may be behind. So it is asked only for what stays true however old it is: pages of the feed,
a node's own chain, proofs about the log. Where it has nothing new to give, is of another registry,
knows the asker otherwise or does not answer, the registry's own database is asked. Who has just
written therefore never reads less than what they wrote, and nobody's cursor goes back.

A copy that is away costs nobody their patience: after one question in vain it is left alone for a
while. Nor does it keep the registry from starting: it is opened as soon as it answers.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Final, TypeVar

from stockpile.domain.errors import (
    KeysUnreadable,
    NodeUnknown,
    QuantityUnreadable,
    RegistryBusy,
    StockpileError,
)
from stockpile.domain.exchange import FeedPage, TreeProof
from stockpile.domain.held_chains import NOTHING_HELD, Held
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE
from stockpile.registry.rows import Known

_log = logging.getLogger(__name__)
Found = TypeVar("Found")
REST: Final = 15.0
"""Seconds for which a copy that did not answer is not asked again."""

Seconds = Callable[[], float]


class ReplicaBooks(RegistryBooks):
    """The books as a copy shows them; nothing is ever written through them."""

    def _found(self) -> None:
        """Found nothing; raise KeysUnreadable where the copy is another registry's."""
        nodes = self.nodes()
        if not nodes:
            raise RegistryBusy("nothing of the registry is there yet")
        if nodes[0].node != self.key.node:
            raise KeysUnreadable(self._database.name)


class Standby:
    """A copy that follows: opened once it answers, left alone for a while where it does not."""

    def __init__(
        self, opens: Callable[[], RegistryBooks], seconds: Seconds = time.monotonic
    ) -> None:
        self._opens = opens
        self._seconds = seconds
        self._books: RegistryBooks | None = None
        self._asked_again = -math.inf
        self._opening = Lock()

    def begin(self) -> None:
        """Open the copy, or wait for one that is away; raises KeysUnreadable, BooksTooNew."""
        try:
            self._open()
        except RegistryBusy as error:
            self._leave(error)

    def ask(self, question: Callable[[RegistryBooks], Found]) -> Found | None:
        """Ask the copy; None where it is too old to know, or does not answer, which is logged."""
        if self._seconds() < self._asked_again:
            return None
        try:
            self._open()
            return question(self._books) if self._books is not None else None
        except (NodeUnknown, QuantityUnreadable):
            return None
        except StockpileError as error:
            self._leave(error)
            return None

    def _open(self) -> None:
        """Open the copy once; who comes while another one is at it does without."""
        if self._books is None and self._opening.acquire(blocking=False):
            try:
                self._books = self._opens()
            finally:
                self._opening.release()

    def _leave(self, error: StockpileError) -> None:
        self._asked_again = self._seconds() + REST
        _log.warning("the copy that reads does not answer: %s", type(error).__name__)


class Reading:
    """What nodes read: from the copy where there is one and it knows enough."""

    def __init__(self, books: RegistryBooks, copy: Standby | None = None) -> None:
        self._books = books
        self._copy = copy

    @property
    def follows(self) -> bool:
        """Say whether there is a copy to read from, be it there just now or not."""
        return self._copy is not None

    def behind(self) -> int | None:
        """Return how many entries of the log the copy lacks; None where it does not answer."""
        size = self._from(lambda books: books.head().size)
        return None if size is None else max(self._books.head().size - size, 0)

    def feed(
        self, asker: Known, after: int, limit: int, most: int = MOST_BYTES_A_PAGE,
        scope: str | None = None, held: Held = NOTHING_HELD,
    ) -> FeedPage:  # fmt: skip
        """Return a page of the feed; at the copy's end, the page that the registry itself gives.

        A copy that knows another feed than the cursor's is not asked either: it may be behind.
        """
        if self._copy_knows(asker):
            page = self._from(lambda books: books.feed(asker.node, after, limit, most, scope, held))
            if page is not None and page.last > after and scope in (None, page.scope):
                return page
        return self._books.feed(asker.node, after, limit, most, scope, held)

    def own_entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Return entries of a node's own chain; at the copy's end, what the registry has."""
        found = self._from(lambda books: books.own_entries(node, after))
        return found or self._books.own_entries(node, after)

    def proof(self, old: int, size: int) -> TreeProof:
        """Return the proof that one size of the log begins another; raises QuantityUnreadable."""
        found = self._from(lambda books: books.proof(old, size))
        return found or self._books.proof(old, size)

    def _copy_knows(self, asker: Known) -> bool:
        """Say whether the copy knows the asker as the registry does."""
        known = self._from(lambda books: books.node(asker.node))
        return known is not None and replace(known, tip=asker.tip) == asker

    def _from(self, question: Callable[[RegistryBooks], Found]) -> Found | None:
        return self._copy.ask(question) if self._copy is not None else None
