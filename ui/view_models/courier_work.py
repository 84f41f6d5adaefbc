"""Courier files on their way in and out: beside the books, one at a time, stopped by a button.

What takes long goes on a lane of its own. Only its calls into the books go to the books lane, batch
by batch, so that the desk's other work comes between them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.services.couriers import Couriers
from stockpile.services.deeds import Deed
from stockpile.services.ports import Books, Progress, Recorded
from ui.desk import Desk, Work
from ui.session import Session
from ui.view_models.overheard import NOTHING, Overheard

T = TypeVar("T")

What = Literal["look", "take", "write"]
Steps = Callable[[What], Progress]
"""Gives the progress of what is done now."""
Talk = Callable[[Couriers, Steps], T]
"""Work with courier files; whatever it writes into their books is told to every screen."""

COURIERS: Final = "couriers"
"""The record waits for no photos on the same stick."""


class CourierWork(QObject):
    """One piece of work with courier files at a time.

    Signals:
        began: it is under way: what it does, and the work, for progress and for stopping it.
        turned: it does something else now.
        ended: it is over, however it ended; what came of it is told after that.
        stopped: it was stopped: at what, and how many facts came until then, which stay.
    """

    began = Signal(str, object)
    turned = Signal(str)
    ended = Signal()
    stopped = Signal(str, int)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._work: Work | None = None
        self._what: What = "look"
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def is_busy(self) -> bool:
        """Say whether courier files are being read, taken in or written."""
        return self._work is not None

    def do(
        self,
        what: What,
        talk: Talk[T],
        done: Callable[[T], None],
        failed: Callable[[StockpileError], None],
        stopped: Callable[[Cancelled], None] | None = None,
    ) -> None:
        """Work with courier files once what is under way is over.

        What was taken in is told first, however it ends.
        """
        if self._work is not None:
            self._waiting.append(partial(self.do, what, talk, done, failed, stopped))
            return
        couriers = self._session.stockpile.couriers
        overheard = Overheard(self._desk.on_books(couriers.books))
        beside = self._beside(couriers, overheard.books)
        work, self._what = Work(), what
        self._work = work

        def end(outcome: T | StockpileError) -> None:
            self._work = None
            self.ended.emit()
            if isinstance(outcome, Cancelled):
                self.stopped.emit(self._what, len(overheard.recorded.facts))
                if stopped is not None:
                    stopped(outcome)
            elif isinstance(outcome, StockpileError):
                failed(outcome)
            else:
                done(outcome)
            if self._waiting and self._work is None:
                self._waiting.popleft()()

        deed: Deed[None, T | StockpileError] = Deed(
            _begin,
            lambda _intent: _outcome(partial(talk, beside, partial(self._steps, work))),
            lambda _intent, _outcome: overheard.recorded,
        )
        self._desk.closing.connect(work.cancel)
        self.began.emit(what, work)
        self._desk.perform(self, deed, COURIERS, end, end)

    def _steps(self, work: Work, what: What) -> Progress:
        """Return the progress of a part of the work; it may be called on any thread."""

        def step(done: int, total: int) -> None:
            if what != self._what:
                self._what = what
                self.turned.emit(what)
            work.step(done, total)

        return step

    def _beside(self, couriers: Couriers, books: Books) -> Couriers:
        """Return the counter for use on a lane of its own: what it asks is asked on the books."""
        on_books = self._desk.on_books
        return replace(
            couriers,
            books=books,
            hot_lists=on_books(couriers.hot_lists) if couriers.hot_lists else None,
            log_proofs=on_books(couriers.log_proofs) if couriers.log_proofs else None,
            photos=on_books(couriers.photos) if couriers.photos else None,
            numbers=on_books(couriers.numbers) if couriers.numbers else None,
        )


def _begin() -> tuple[Recorded, None]:
    return NOTHING, None


def _outcome(talk: Callable[[], T]) -> T | StockpileError:
    """Return what it came to: what was taken in is told whether all of it came or not."""
    try:
        return talk()
    except StockpileError as error:
        return error
