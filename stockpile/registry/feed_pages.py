"""Pages of the feed: of the log for who is told everything, of a scope's own feed for the others.

A page is bounded in entries, in bytes and in the facts that must be read to make it; its first item
always goes. What the asker wrote itself is passed over, a long stretch at a time: after its first
exchange it asks for one page, not for twenty empty ones. A node that does not speak of scopes and
has one is told no more for that: the chains of its own sites and the registry's, whole, at their
places in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, false, not_, or_, select, true

from stockpile.domain import excerpts
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import MOST_FACTS_A_PAGE, FeedItem, FeedPage
from stockpile.domain.held_chains import NOTHING_HELD, Held
from stockpile.domain.ledger import Entry
from stockpile.registry import feeds, log
from stockpile.registry.database import among
from stockpile.registry.feeds import Feed
from stockpile.registry.rows import Known, entry_of, log_head, raws_at
from stockpile.registry.tables import CM, FEED, LEAF, NODE

MOST_BYTES_A_PAGE: Final = 2 << 20
MOST_ITEMS_A_PAGE: Final = 500
REACH: Final = 20_000
"""Places that one page looks at for what is to be told: so much is read in milliseconds."""
_PATH_BYTES: Final = 44
"""Bytes of one step of a Merkle path as it is written down."""

Weight = Callable[[Row[Any]], tuple[int, int]]
"""What a row costs on a page: bytes told, facts read."""


def page(
    connection: Connection, own: int, asker: Known, after: int, limit: int,
    most: int = MOST_BYTES_A_PAGE, token: str | None = None, held: Held = NOTHING_HELD,
) -> FeedPage:  # fmt: skip
    """Return what comes after a cursor; from the start where the cursor is another feed's.

    ``token`` names the feed that the cursor belongs to: empty for none yet, None for an asker that
    knows of no scopes. ``most`` are bytes, before they are squeezed. Of chains that the asker says
    to have ``held`` so far, no entry is told whole again.
    """
    head, count = log_head(connection), min(limit, MOST_ITEMS_A_PAGE)
    most = min(most, MOST_BYTES_A_PAGE)
    lacking = _lacking(connection, held)
    feed = feeds.feed_of(connection, asker.scope) if asker.scope and token is not None else None
    if feed is not None:
        begin = after if token == feed.token else 0
        return _scoped(connection, asker, feed, head, begin, count, most, lacking)
    begin = 0 if token else after
    return _of_log(connection, own, asker, head, begin, count, most, lacking)


def that_fit(rows: Sequence[Row[Any]], weight: Weight, most: int) -> Iterator[Row[Any]]:
    """Give rows until a page is full; the first always goes."""
    size = facts = 0
    for row in rows:
        more, read = weight(row)
        if facts and (size + more > most or facts + read > MOST_FACTS_A_PAGE):
            return
        size, facts = size + more, facts + read
        yield row


def _of_log(
    connection: Connection, own: int, asker: Known, head: log.Head, after: int, count: int,
    most: int, lacking: ColumnElement[bool],
) -> FeedPage:  # fmt: skip
    end = _end(after, head.size)
    asked = _log_rows(asker, after, end, count).where(lacking)
    if asker.scope:
        asked = asked.where((NODE.c.id == own) | NODE.c.site.in_(asker.scope))
    rows = connection.execute(asked).all()
    told = list(that_fit(rows, lambda row: (row.size, row.n), most))
    raws = raws_at(connection, [row.pos for row in told])
    items = tuple(
        FeedItem(row.leaf_pos, row.public_key, entry_of(row, raws[row.pos])) for row in told
    )
    last = end if len(told) == len(rows) < count else told[-1].leaf_pos
    return FeedPage(items, last, head.size, head.root)


def _scoped(
    connection: Connection, asker: Known, feed: Feed, head: log.Head, after: int, count: int,
    most: int, lacking: ColumnElement[bool],
) -> FeedPage:  # fmt: skip
    def weight(row: Row[Any]) -> tuple[int, int]:
        parts = feeds.parts_of(row.parts)
        if parts is None:
            return row.size, row.n
        path = _PATH_BYTES * row.n.bit_length()
        return len(row.header) + len(parts) * (row.size // row.n + path), row.n

    end = _end(after, feed.size)
    asked = _feed_rows(asker, feed.row, after, end, count).where((FEED.c.parts != "") | lacking)
    rows = connection.execute(asked).all()
    told = list(that_fit(rows, weight, most))
    raws = raws_at(connection, sorted({row.pos for row in told}))
    items = tuple(FeedItem(row.place, row.public_key, _told(row, raws[row.pos])) for row in told)
    last = end if len(told) == len(rows) < count else told[-1].place
    return FeedPage(items, last, head.size, head.root, feed.token, feed.size)


def _lacking(connection: Connection, held: Held) -> ColumnElement[bool]:
    """Return the condition that an entry is none that the asker holds already."""
    if not held:
        return true()
    asked = select(NODE.c.id, NODE.c.node).where(among(connection, NODE.c.node, sorted(held)))
    known = [
        (CM.c.node == row.id) & (CM.c.no <= held[row.node]) for row in connection.execute(asked)
    ]
    return not_(or_(false(), *known))


def _end(after: int, size: int) -> int:
    """Return the last place that a page looks at; all of them are in place where a head is read."""
    return max(after, min(after + REACH, size))


def _told(row: Row[Any], raws: tuple[bytes, ...]) -> Entry | Excerpt:
    entry, parts = entry_of(row, raws), feeds.parts_of(row.parts)
    return entry if parts is None else excerpts.excerpt_of(entry, parts)


def _log_rows(asker: Known, after: int, end: int, limit: int) -> Select[Any]:
    return (
        select(CM, NODE.c.public_key)
        .select_from(LEAF)
        .join(CM, (CM.c.node == LEAF.c.node) & (CM.c.no == LEAF.c.no))
        .join(NODE, NODE.c.id == LEAF.c.node)
        .where(LEAF.c.pos > after, LEAF.c.pos <= end, LEAF.c.node != asker.row)
        .order_by(LEAF.c.pos)
        .limit(limit)
    )


def _feed_rows(asker: Known, scope: int, after: int, end: int, limit: int) -> Select[Any]:
    return (
        select(CM, FEED.c.place, FEED.c.parts, NODE.c.public_key)
        .select_from(FEED)
        .join(CM, CM.c.pos == FEED.c.pos)
        .join(NODE, NODE.c.id == CM.c.node)
        .where(FEED.c.scope == scope, FEED.c.place > after, FEED.c.place <= end)
        .where(CM.c.node != asker.row)
        .order_by(FEED.c.place)
        .limit(limit)
    )
