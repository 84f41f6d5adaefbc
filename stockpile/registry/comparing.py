"""What a node should hold by now, as the registry sees it; and what is done where it does not."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from stockpile.domain.sharing import ChainHeld, Shares
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry import feeds
from stockpile.registry.rows import known_node, log_head
from stockpile.registry.tables import NODE

NOT_AGAIN_FOR: Final[Instant] = 60_000
"""Milliseconds for which a feed that was looked through is not looked through again."""


def shares(connection: Connection, own: NodeId, asker: NodeId) -> Shares:
    """Return what the asker should hold: the chains it is told whole, and what else it was told."""
    known = known_node(connection, asker)
    asked = select(NODE.c.node, NODE.c.tip_no, NODE.c.tip_hash).where(NODE.c.node != asker)
    if known.scope:
        asked = asked.where((NODE.c.node == own) | NODE.c.site.in_(known.scope))
    rows = connection.execute(asked.where(NODE.c.tip_no > 0).order_by(NODE.c.node))
    chains = tuple(ChainHeld(NodeId(row.node), row.tip_no, Digest(row.tip_hash)) for row in rows)
    feed = feeds.feed_of(connection, known.scope) if known.scope else None
    if feed is None:
        return Shares("", log_head(connection).size, chains=chains)
    return Shares(feed.token, feed.size, feed.sealed.told, feed.sealed.seal, chains)


def is_doubted(said: Shares, found: Shares) -> bool:
    """Say whether what a node says of this very feed cannot be if the feed is what it should be."""
    if not found.scope or said.scope != found.scope:
        return False
    return said.amiss or (said.size == found.size and said.sealed != found.sealed)


def look_through(connection: Connection, own: NodeId, asker: NodeId, now: Instant) -> None:
    """Look a node's feed through, not too often; one that lacks something is made anew.

    Under the fold lock. A count that the asker got wrong by itself costs the registry little.
    """
    feed = feeds.feed_of(connection, known_node(connection, asker).scope)
    if feed is not None and abs(now - feed.checked) >= NOT_AGAIN_FOR:
        feeds.check(connection, known_node(connection, own).row, feed, now)
