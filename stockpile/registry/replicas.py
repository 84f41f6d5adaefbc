"""Reading from a copy that follows the registry's database (a standby), wherever that is safe.

A copy may be behind. So it is asked only for what stays true however old it is: pages of the feed,
a node's own chain, proofs about the log. Where it has nothing new to give, is of another registry,
knows the asker otherwise or does not answer, the registry's own database is asked. Who has just
written therefore never reads less than what they wrote, and nobody's cursor goes back.
"""

from __future__ import annotations

from dataclasses import replace

from stockpile.domain.errors import KeysUnreadable, StockpileError
from stockpile.domain.exchange import FeedPage, TreeProof
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE
from stockpile.registry.rows import Known


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
        if copy is not None:
            try:
                page = copy.feed(asker.node, after, limit, most, scope)
            except StockpileError:
                pass
            else:
                if page.last > after and scope in (None, page.scope):
                    return page
        return self._books.feed(asker.node, after, limit, most, scope)

    def own_entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Return entries of a node's own chain; at the copy's end, what the registry has."""
        if self._copy is not None:
            try:
                found = self._copy.own_entries(node, after)
            except StockpileError:
                found = ()
            if found:
                return found
        return self._books.own_entries(node, after)

    def proof(self, old: int, size: int) -> TreeProof:
        """Return the proof that one size of the log begins another; raises QuantityUnreadable."""
        if self._copy is not None:
            try:
                return self._copy.proof(old, size)
            except StockpileError:
                pass
        return self._books.proof(old, size)

    def _copy_for(self, asker: Known) -> RegistryBooks | None:
        """Return the copy where it knows the asker as the registry does."""
        if self._copy is None:
            return None
        try:
            known = self._copy.node(asker.node)
        except StockpileError:
            return None
        same = replace(known, tip=asker.tip) == asker
        return self._copy if same else None
