"""Which chains are this home's own: its node's, and those of the nodes that it continues."""

from __future__ import annotations

from stockpile.domain.successions import lineage
from stockpile.domain.values import NodeId
from stockpile.services.ports import Books


def own_nodes(books: Books, node: NodeId) -> tuple[NodeId, ...]:
    """Return the node and those it continues, the newest first; one look-up for each."""
    return lineage(node, books.reference)
