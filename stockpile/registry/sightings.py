"""Heads of this log that nodes were shown: each node repeats the newest one inside its entries.

Whoever shows two histories to two nodes is found out by whichever of them speaks next: its entry
names a head that this history never had. The entry is signed by the node and stands in the log: it
is the evidence. What is seen is counted, told to people, and stops nobody from being recorded.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import Connection, func, insert, select

from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry.log_rows import SIGHTING, root_at
from stockpile.registry.rows import Checked, Known, log_head
from stockpile.registry.tables import NODE

MOST_HEADS: Final = 50
"""Heads of one batch that are looked at, newest first: an honest node sees one an exchange."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A head that this log never had, and the entry of the node that says it was shown it."""

    size: int
    root: Digest
    node: NodeId
    number: int
    received: Instant


def follow(
    connection: Connection, own: NodeId, known: Known, new: Sequence[Checked], at: Instant
) -> None:
    """Hold the heads that new entries name against the log; runs once they stand in it.

    Heads of other registries' logs, and those of entries that do not say whose they are, are left
    aside. A head longer than this log is none that it had: it was cut back, or another was shown.
    """
    named = {
        one.header.sth: one.header.c
        for one in reversed(new)
        if one.header.sth is not None and one.header.lo == own
    }
    for (size, root), number in islice(named.items(), MOST_HEADS):
        if not _was(connection, size, root):
            _note(connection, Sighting(size, Digest(root), known.node, number, at), known.row)


def count(connection: Connection) -> int:
    """Return how many heads were seen that this log never had."""
    return connection.execute(select(func.count()).select_from(SIGHTING)).scalar_one()


def all_seen(connection: Connection) -> tuple[Sighting, ...]:
    """Return every head that was seen and that this log never had, the newest first."""
    asked = select(SIGHTING, NODE.c.node.label("owner")).join(NODE, NODE.c.id == SIGHTING.c.node)
    rows = connection.execute(asked.order_by(SIGHTING.c.received.desc(), SIGHTING.c.size.desc()))
    return tuple(
        Sighting(row.size, Digest(row.root), NodeId(row.owner), row.no, row.received)
        for row in rows
    )


def _was(connection: Connection, size: int, root: str) -> bool:
    return 0 <= size <= log_head(connection).size and root_at(connection, size) == root


def _note(connection: Connection, seen: Sighting, node: int) -> None:
    place = (SIGHTING.c.size == seen.size) & (SIGHTING.c.root == seen.root)
    if connection.execute(select(SIGHTING.c.size).where(place)).scalar() is not None:
        return
    _log.error("a head of %d entries was shown that this log never had", seen.size)
    row = {
        "size": seen.size, "root": seen.root, "node": node, "no": seen.number,
        "received": seen.received,
    }  # fmt: skip
    connection.execute(insert(SIGHTING), row)
