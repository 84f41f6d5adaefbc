"""What is done with many weapons at once: move, label, withdraw, copy out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.people import Act
from stockpile.domain.places import Place
from stockpile.domain.values import WeaponId
from stockpile.services.extracts import Selection, Wanted
from stockpile.services.ports import Extracted, Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.session import Session
from ui.view_models.printing import HowPrinted, PrintingModel

PORTION: Final = 500
"""So many weapons are written in one act, so that Cancel is heard and the list can be read."""
_Act = Callable[[tuple[WeaponId, ...]], Recorded]


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows chosen in a list of so many: the first and last of each span, in order."""

    spans: tuple[tuple[int, int], ...]
    count: int

    @property
    def chosen(self) -> int:
        """Return how many rows are chosen."""
        return sum(last - first + 1 for first, last in self.spans)


class BulkModel(QObject):
    """Acts on a choice of weapons, one after the other, with progress and a way to stop.

    Signals:
        begun: a work has begun: the work.
        ended: it is over: how many weapons it reached.
        labelled: their labels stand in a file: the sheet.
        copied: they were copied out: what was made.
        picked: which weapons they are: their ids.
        refused: it was refused or stopped: the error, and how many weapons it reached before.
    """

    begun = Signal(object)
    ended = Signal(int)
    labelled = Signal(object)
    copied = Signal(object)
    picked = Signal(object)
    refused = Signal(object, int)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._work: Work | None = None
        self.printing = PrintingModel(desk, session, notices)
        self.printing.begun.connect(self.begun)
        self.printing.printed.connect(lambda printed: self.labelled.emit(printed.sheet))
        self.printing.refused.connect(lambda error: self.refused.emit(error, 0))
        desk.closing.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Return whether a work is under way."""
        return self._work is not None or self.printing.is_busy

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def cancel(self) -> None:
        """Stop at the next step; what was written until then stays."""
        if self._work is not None:
            self._work.cancel()
        self.printing.cancel()

    def move(self, chosen: Selection | Spans, within: Selection, place: Place) -> None:
        """Move the chosen weapons to a place."""
        receiving, by = self._session.stockpile.receiving, self._session.officer
        self._begin(chosen, within, lambda ids: receiving.move(ids, place.id, by=by))

    def withdraw(self, chosen: Selection | Spans, within: Selection, reason: str) -> None:
        """Take the chosen records back, with one reason for all."""
        correcting, by = self._session.stockpile.correcting, self._session.officer
        self._begin(chosen, within, lambda ids: correcting.withdraw(ids, reason, by=by))

    def label(
        self, chosen: Selection | Spans, within: Selection, how: HowPrinted | None = None
    ) -> None:
        """Draw the labels of the chosen weapons into one file, as last time or as said."""
        self.printing.label(partial(_ids, self._session.stockpile, chosen, within), how)

    def offer_labels(self, chosen: Selection | Spans, within: Selection) -> None:
        """Look how the labels of the chosen weapons may be printed, for the dialog that asks."""
        self.printing.offer(partial(_ids, self._session.stockpile, chosen, within))

    def resume_labels(self, last_good: str) -> None:
        """Draw what a sheet still owes after its last good label, as a sheet of its own.

        The label is named as it is scanned or typed. Those before it are no reprints.
        """
        self.printing.resume(last_good)

    def pick(self, chosen: Selection | Spans, within: Selection) -> None:
        """Say which weapons are chosen."""
        work = self._started()
        ids = partial(_ids, self._session.stockpile, chosen, within, work)
        self._desk.ask(self, ids, self._picked, self._stopped)

    def copy_out(
        self, chosen: Selection | Spans, within: Selection, wanted: Wanted, file: Path
    ) -> None:
        """Copy the chosen weapons out to a file."""
        stockpile, by = self._session.stockpile, self._session.officer
        work = self._started()

        def act() -> tuple[Recorded, Extracted]:
            selection = _selection(stockpile, chosen, within, work)
            return stockpile.extracts.issue(
                selection,
                wanted,
                file,
                by=by,
                names=stockpile.names(),
                progress=work.step,
            )

        self._desk.record(self, act, self._copied, self._stopped)

    # --- one portion after the other -----------------------------------------------------------

    def _begin(self, chosen: Selection | Spans, within: Selection, act: _Act) -> None:
        work = self._started()
        ids = partial(_ids, self._session.stockpile, chosen, within, work)
        self._desk.ask(self, ids, partial(self._go_on, act, 0), self._stopped)

    def _go_on(self, act: _Act, done: int, ids: tuple[WeaponId, ...]) -> None:
        work = self._work
        assert work is not None
        if done >= len(ids):
            self._end()
            self.ended.emit(done)
            return

        def portion() -> tuple[Recorded, None]:
            work.step(done, len(ids))
            return act(ids[done : done + PORTION]), None

        self._desk.record(
            self,
            portion,
            lambda _none: self._go_on(act, min(len(ids), done + PORTION), ids),
            partial(self._stopped, done=done),
        )

    def _started(self) -> Work:
        assert self._work is None
        self._work = Work()
        self.begun.emit(self._work)
        return self._work

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None

    def _picked(self, ids: tuple[WeaponId, ...]) -> None:
        self._end()
        self.picked.emit(ids)

    def _copied(self, made: Extracted) -> None:
        self._end()
        self.copied.emit(made)

    def _stopped(self, error: StockpileError, done: int = 0) -> None:
        self._end()
        self.refused.emit(error, done)
        if not isinstance(error, Cancelled):
            self._notices.trouble(error)


def _selection(
    stockpile: Stockpile, chosen: Selection | Spans, within: Selection, work: Work
) -> Selection:
    """Return what was chosen: of more than half of a list, what is left out is read instead."""
    if isinstance(chosen, Selection):
        return chosen
    left = _gaps(chosen)
    if chosen.chosen * 2 > chosen.count:
        but = frozenset(_at(stockpile, within, left, work))
        return Selection(within.among, within.order, within.falls, None, but)
    return Selection(only=tuple(_at(stockpile, within, chosen.spans, work)))


def _gaps(chosen: Spans) -> list[tuple[int, int]]:
    edges = [(-1, -1), *chosen.spans, (chosen.count, chosen.count)]
    return [
        (before[1] + 1, after[0] - 1)
        for before, after in itertools.pairwise(edges)
        if after[0] - before[1] > 1
    ]


def _at(
    stockpile: Stockpile, within: Selection, spans: Sequence[tuple[int, int]], work: Work
) -> list[WeaponId]:
    """Return the weapons at these places of a list."""
    found: list[WeaponId] = []
    total = sum(last - first + 1 for first, last in spans)
    page = stockpile.register.page
    for first, last in spans:
        for number in range(first // PORTION, last // PORTION + 1):
            rows = page(within.order, number, PORTION, within.among, falls=within.falls)
            start = number * PORTION
            found += [row.id for row in rows[max(0, first - start) : last + 1 - start]]
            work.step(len(found), total)
    return found


def _ids(
    stockpile: Stockpile, chosen: Selection | Spans, within: Selection, work: Work
) -> tuple[WeaponId, ...]:
    selection = _selection(stockpile, chosen, within, work)
    return stockpile.extracts.ids(selection, work.step)
