"""What a long piece of work writes into the books, kept so that every screen can be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from stockpile.domain.excerpts import Excerpt
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Entry
from stockpile.services.ports import Books, Progress, Recorded, silent

NOTHING = Recorded((), ())


class Overheard:
    """The books, with an ear at what is written into them."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._heard: list[Recorded] = []

    @property
    def books(self) -> Books:
        """Return the books to be handed to a service."""
        return cast("Books", self)

    @property
    def recorded(self) -> Recorded:
        """Return all that was written so far, as one."""
        entries = tuple(entry for one in self._heard for entry in one.entries)
        facts = tuple(fact for one in self._heard for fact in one.facts)
        return Recorded(entries, facts)

    def record(self, drafts: Sequence[Draft], **how: Any) -> Recorded:  # noqa: ANN401 - as the books
        """Write an act of this node."""
        return self._hear(self._books.record(drafts, **how))

    def receive(self, entries: Sequence[Entry], progress: Progress = silent) -> Recorded:
        """Take entries of other nodes in."""
        return self._hear(self._books.receive(entries, progress))

    def receive_excerpts(
        self, excerpts: Sequence[Excerpt], progress: Progress = silent
    ) -> Recorded:
        """Take single facts of other nodes in."""
        return self._hear(self._books.receive_excerpts(excerpts, progress))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the books have
        return getattr(self._books, name)

    def _hear(self, recorded: Recorded) -> Recorded:
        self._heard.append(recorded)
        return recorded
