"""The numbers of papers: the next of a series that this site makes out, and who bears one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.issuing import local_minute
from stockpile.domain.numbers import paper_number
from stockpile.domain.references import Reference
from stockpile.domain.values import tidied
from stockpile.services.people import People
from stockpile.services.places import Places
from stockpile.services.ports import Books, Clock

_LAST: Final = 60
"""So many of the newest papers of a kind are looked through for the next number."""


@dataclass(frozen=True, slots=True)
class PaperNumbers:
    """The book of numbers: every series counts for itself, by site and year."""

    books: Books
    people: People
    places: Places
    clock: Clock

    def next(self, prefix: str, kind: type, beside: Iterable[str] = ()) -> str:
        """Return the next number of a series whose papers are facts of a kind with a ``number``.

        ``beside`` are numbers that were given out and stand in no fact yet.
        """
        site = self.places.one(self.people.site())
        year = int(self.now()[:4])
        last = self.books.references(kind, about=f'"{prefix}-', newest=_LAST)
        taken = [*_numbers(last), *beside]
        number = paper_number(prefix, site.code, year, taken)
        while self.numbered(number, kind) is not None:  # a clock that was set back
            taken.append(number)
            number = paper_number(prefix, site.code, year, taken)
        return number

    def numbered(self, text: str, kind: type) -> Reference | None:
        """Return what bears a number as typed or scanned, among the facts of a kind; else None."""
        number = tidied(text).upper()
        found = self.books.references(kind, about=f'"{number}"') if number else ()
        return next((one for one in found if number in _numbers([one])), None)

    def now(self) -> str:
        """Return the local minute at this desk: ``YYYY-MM-DD HH:MM``."""
        return local_minute(self.clock.now(), self.clock.zone())


def _numbers(references: Iterable[Reference]) -> tuple[str, ...]:
    bodies = ((one.opened, one.now) for one in references)
    return tuple(
        str(getattr(body, "number", "")) for pair in bodies for body in pair if body is not None
    )
