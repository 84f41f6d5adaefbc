"""When the record is to be proved again: a check that nobody runs protects nobody."""

from __future__ import annotations

from typing import Final

from stockpile.domain.ledger import read_header
from stockpile.domain.values import Instant, NodeId
from stockpile.services.ports import Books

MOST_DAYS: Final = 31
"""So many days may pass between two deep checks."""
_DAY: Final[Instant] = 24 * 3_600_000


def days_unproved(books: Books, own: NodeId, now: Instant) -> int:
    """Return for how many days nobody proved the record; counted from its first entry at most."""
    first = books.entries(own, 0, 1)
    begun = read_header(first[0].header).t if first else now
    return max(0, now - max(begun, books.proved())) // _DAY


def is_due(books: Books, own: NodeId, now: Instant) -> bool:
    """Say whether the record is to be proved again."""
    return days_unproved(books, own, now) >= MOST_DAYS
