"""Reading from a copy that follows the registry's database (a standby), wherever that is safe.

A copy may be behind. So it is asked only for what stays true however old it is: pages of the feed,
a node's own chain, proofs about the log. Where it has nothing new to give, is of another registry,
knows the asker otherwise or does not answer, the registry's own database is asked. Who has just
written therefore never reads less than what they wrote, and nobody's cursor goes back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from stockpile.domain.errors import (
    KeysUnreadable,
    NodeUnknown,
    QuantityUnreadable,
    StockpileError,
)
from stockpile.domain.exchange import FeedPage, TreeProof
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE
from stockpile.registry.rows import Known

_log = logging.getLogger(__name__)
Found = TypeVar("Found")


class ReplicaBooks(RegistryBooks):
    """The books as a copy shows them; nothing is ever written through them."""

    def _found(self) -> None:
        """Found nothing; raise KeysUnreadable where the copy is another registry's."""
        if self.nodes()[0].node != self.key.node:
            raise KeysUnreadable(self._database.name)


class Reading:
    """What nodes read: from the copy where there is one and it knows enough."""

    def __init__(self, books: RegistryBooks, copy: RegistryBooks | None = None) -> None:
        self._books = books
        self._copy = copy

    def feed(
        self, asker: Known, after: int, limit: int, most: int = MOST_BYTES_A_PAGE,
        scope: str | None = None,
    ) -> FeedPage:  # fmt: skip
        """Return a page of the feed; at the copy's end, the page that the registry itself gives.

        A copy that knows another feed than the cursor's is not asked either: it may be behind.
        """
        copy = self._copy_for(asker)
        page = self._from(copy, lambda books: books.feed(asker.node, after, limit, most, scope))
        if page is not None and page.last > after and scope in (None, page.scope):
            return page
        return self._books.feed(asker.node, after, limit, most, scope)

    def own_entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Return entries of a node's own chain; at the copy's end, what the registry has."""
        found = self._from(self._copy, lambda books: books.own_entries(node, after))
        return found or self._books.own_entries(node, after)

    def proof(self, old: int, size: int) -> TreeProof:
        """Return the proof that one size of the log begins another; raises QuantityUnreadable."""
        found = self._from(self._copy, lambda books: books.proof(old, size))
        return found or self._books.proof(old, size)

    def _copy_for(self, asker: Known) -> RegistryBooks | None:
        """Return the copy where it knows the asker as the registry does."""
        known = self._from(self._copy, lambda books: books.node(asker.node))
        same = known is not None and replace(known, tip=asker.tip) == asker
        return self._copy if same else None

    def _from(
        self, copy: RegistryBooks | None, question: Callable[[RegistryBooks], Found]
    ) -> Found | None:
        """Ask the copy; None where it is too old to know, or does not answer, which is logged."""
        if copy is None:
            return None
        try:
            return question(copy)
        except (NodeUnknown, QuantityUnreadable):
            return None
        except StockpileError as error:
            _log.warning("the copy that reads does not answer: %s", type(error).__name__)
            return None
