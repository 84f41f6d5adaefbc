"""What a count leaves on paper: its sheet, its report, and a sheet that was filled by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from stockpile.domain.opening_counts import Stocktake
from stockpile.services.count_papers import CountPapers
from stockpile.services.documents import Paper
from stockpile.services.printed import among_papers, free_file
from ui.desk import Desk, Work
from ui.session import Session

_LANE: Final = "papers"
_PATIENCE: Final = 400
"""Milliseconds until a paper that is not there yet is shown as work."""


class CountingPapersModel(QObject):
    """The papers of a count.

    Signals:
        printed: a paper was drawn: its file.
        refused: it was not: the error.
        listed: the rows of the sheet, as it was printed.
        slow: a paper takes longer than one waits without a sign: the work, to be followed.
        done: it takes no longer, whatever came of it.
    """

    printed = Signal(object)
    refused = Signal(object)
    listed = Signal(object)
    slow = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._work: Work | None = None

    def print_sheet(self, stocktake: Stocktake) -> None:
        """Draw the sheet to count by hand."""
        papers, by = self._papers, self._session.officer
        self._draw(partial(papers.sheet, stocktake, by), f"{stocktake.number}-sheet")

    def print_report(self, stocktake: Stocktake) -> None:
        """Draw the report of a count."""
        papers, by = self._papers, self._session.officer
        self._draw(partial(papers.report, stocktake, by), stocktake.number)

    def list_rows(self, stocktake: Stocktake) -> None:
        """Ask for the rows of the sheet, in the order in which it is printed."""
        self._desk.ask(
            self, partial(self._papers.rows, stocktake), self.listed.emit, self.refused.emit
        )

    @property
    def _papers(self) -> CountPapers:
        return self._session.stockpile.count_papers

    def _draw(self, told: Callable[[], Paper], name: str) -> None:
        """Gather on the books lane, draw beside it: the count goes on meanwhile."""
        papers, home = self._papers, self._session.stockpile.home
        work = self._work = Work()
        QTimer.singleShot(_PATIENCE, self, partial(self._say_slow, work))
        printed = partial(self._ended, work, self.printed)
        refused = partial(self._ended, work, self.refused)

        def draw(paper: Paper) -> Path:
            return papers.draw(paper, free_file(among_papers(home, name)), work.step).file

        self._desk.ask_in_turn(self, told, draw, printed, refused, _LANE)

    def _say_slow(self, work: Work) -> None:
        if work is self._work:
            self.slow.emit(work)

    def _ended(self, work: Work, said: SignalInstance, came: object) -> None:
        if work is self._work:
            self._work = None
            self.done.emit()
        work.deleteLater()
        said.emit(came)
