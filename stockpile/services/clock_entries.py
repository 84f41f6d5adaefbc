"""Open contradictions as they are cards: what a revoked computer wrote of its clock is one."""

from __future__ import annotations

from collections.abc import Sequence

from stockpile.domain import clock_entries
from stockpile.domain.clock_entries import Gathered
from stockpile.domain.conflicts import Conflict
from stockpile.services.ports import Books


def gathered(books: Books, found: Sequence[Conflict]) -> list[Gathered]:
    """Return what is a card each of all conflicts that are open, or of those of one weapon."""
    entries = books.clock_entries()
    groups = clock_entries.among(found, entries)
    return clock_entries.gathered(found, entries, groups.__getitem__)


def standing_for(books: Books, conflict: Conflict, found: Sequence[Conflict]) -> Gathered:
    """Return what is on the card that shows a conflict; ``found`` are all that are open."""
    entries = books.clock_entries()
    groups = clock_entries.among(found, entries)
    return clock_entries.standing_for(conflict, entries, groups.__getitem__)


def count(books: Books) -> int:
    """Return how many cards the open conflicts of weapons and entries are; none of them is read."""
    nodes = books.clock_entries().values()
    return books.count_conflicts() - len(nodes) + len(set(nodes))
