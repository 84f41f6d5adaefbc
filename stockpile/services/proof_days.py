"""When the record is to be proved again: a check that nobody runs protects nobody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain.ledger import read_header
from stockpile.domain.values import Instant, NodeId
from stockpile.services.ports import Books

MOST_DAYS: Final = 31
"""So many days may pass between two deep checks."""
EVERY: Final[Mapping[str, int]] = MappingProxyType({"week": 7, "month": 30, "never": 0})
"""Days between two deep checks by itself, by the word of the setting; 0 for never."""
_DAY: Final[Instant] = 24 * 3_600_000


def days_unproved(books: Books, own: NodeId, now: Instant) -> int:
    """Return for how many days nobody proved the record; counted from its first entry at most."""
    first = books.entries(own, 0, 1)
    begun = read_header(first[0].header).t if first else now
    return max(0, now - max(begun, books.proved())) // _DAY


def days_between(every: str) -> int:
    """Return the days between two deep checks by itself; those of a week for what is no word."""
    return EVERY.get(every, EVERY["week"])


def is_due(books: Books, own: NodeId, now: Instant) -> bool:
    """Say whether the record is to be proved again."""
    return days_unproved(books, own, now) >= MOST_DAYS
