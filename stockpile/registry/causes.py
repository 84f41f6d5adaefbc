"""The highest Lamport counter that stands in the log: what the registry writes comes after it.

Of entries that do not name each other the one with the lower counter comes first, on every computer
alike. So a writer's counter is one more than the highest it has seen, and the registry has seen all
that stands in its log. The highest is kept where the log ends, in the row that every batch moves
anyway and that all processes share. A node that drives it to the largest integer gains nothing: it
stays there, and the node's name and the entry's number decide, as they do wherever counters are
the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from stockpile.domain.codec import LARGEST_INTEGER
from stockpile.registry.rows import Checked
from stockpile.registry.tables import LOG_HEAD


def heard_in(entries: Iterable[Checked]) -> int:
    """Return the highest counter in some entries, in their headers and facts; 0 where none is."""
    counters = (max(one.header.lc, *(fact.lamport for fact in one.facts)) for one in entries)
    return max(0, max(counters, default=0))


def highest(connection: Connection) -> int:
    """Return the highest counter in the log.

    The log's end is not locked for it: whoever holds it may wait for the caller. What is being
    written in this moment is not seen yet, so nothing that the caller writes can rest on it.
    """
    return int(connection.execute(select(LOG_HEAD.c.lamport)).scalar_one())


def counters_after(heard: int, count: int) -> tuple[int, ...]:
    """Return the counters of so many facts written after the highest that was heard."""
    return tuple(min(heard + nth, LARGEST_INTEGER) for nth in range(1, count + 1))


def keep(connection: Connection, heard: int) -> None:
    """Say what the highest counter is, once it was derived from the whole log anew."""
    connection.execute(update(LOG_HEAD).values(lamport=heard))
