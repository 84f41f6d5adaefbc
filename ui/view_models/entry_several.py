"""Several serials at once: a run or a pasted column, each line judged as soon as it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.receiving import Description
from stockpile.domain.values import tidied
from stockpile.services.judging import Judged, Known, found, judged
from stockpile.services.ports import Hit
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

AT_ONCE: Final = 50
"""So many serials are looked up in one go, so that a weapon saved meanwhile need not wait."""
MOST: Final = 5_000
"""Lines of one paste; a longer list is imported, where it can be stopped and taken back."""


class SeveralModel(QObject):
    """The lines before they are saved.

    Signals:
        changed: the lines are others, or more of them are judged.
    """

    changed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._texts: tuple[str, ...] = ()
        self._known: dict[str, tuple[Hit, ...]] = {}
        self._lines: tuple[Judged, ...] = ()
        self._turn = 0

    @property
    def lines(self) -> tuple[Judged, ...]:
        """Return every line with its verdict as far as it is known."""
        return self._lines

    @property
    def is_judged(self) -> bool:
        """Whether every line has its verdict."""
        return all(text in self._known for text in self._texts)

    @property
    def doubles(self) -> int:
        """Return how many lines are on record already, or twice in the list."""
        return sum(line.is_double for line in self._lines)

    @property
    def warned(self) -> int:
        """Return how many lines look like a weapon on record, or are on record."""
        return sum(bool(line.hits) for line in self._lines)

    def take(self, texts: Sequence[str]) -> None:
        """Judge these serials instead of those before; what was looked up is looked up anew."""
        self._known = {}
        self._put(tuple(texts[:MOST]))

    def edit(self, number: int, text: str) -> None:
        """Say a line otherwise."""
        self._put((*self._texts[:number], tidied(text), *self._texts[number + 1 :]))

    def drop(self, number: int) -> None:
        """Take a line out."""
        self._put((*self._texts[:number], *self._texts[number + 1 :]))

    def chosen(self, *, with_doubles: bool) -> tuple[Judged, ...]:
        """Return the lines to save: all of them, or those that are not there already."""
        return tuple(line for line in self._lines if with_doubles or not line.is_double)

    def _put(self, texts: tuple[str, ...]) -> None:
        self._texts = texts
        self._turn += 1
        self._judge()
        self._look_up()

    def _judge(self) -> None:
        self._lines = judged(self._texts, self._known)
        self.changed.emit()

    def _look_up(self) -> None:
        wanted = tuple(dict.fromkeys(text for text in self._texts if text not in self._known))
        if wanted:
            register = self._session.stockpile.register
            self._desk.ask(
                self,
                partial(found, register, wanted[:AT_ONCE]),
                partial(self._came, self._turn),
                self._notices.trouble,
            )

    def _came(self, turn: int, known: Known) -> None:
        if turn == self._turn:
            self._known.update(known)
            self._judge()
            self._look_up()


def pasted(text: str) -> tuple[str, ...]:
    """Return the serials of a pasted column: the first cell of every line that is not empty."""
    cells = (line.split("\t")[0] for line in text.splitlines())
    return tuple(tidied(cell) for cell in cells if cell.strip())


def described(lines: Sequence[Judged], header: Description) -> tuple[Description, ...]:
    """Return what is said of each weapon: the header, and its own serial."""
    return tuple(replace(header, serial=line.text) for line in lines)
