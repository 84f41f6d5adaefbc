"""What an act would change, by the books of this desk."""

from __future__ import annotations

from collections.abc import Iterable

from stockpile import plan_words
from stockpile.domain.facts import Fact
from stockpile.plan_words import PlanLine
from stockpile.services.places import known_names
from stockpile.services.ports import Books


def plan_lines(books: Books, known: Iterable[Fact]) -> tuple[PlanLine, ...]:
    """Return what facts that do not count yet say, and what they would change."""
    return plan_words.plan_lines(books, known_names(books), known)
