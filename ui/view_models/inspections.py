"""An inspector's visit at the desk: the ledger copied out, the dossier, the result taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import InspectionSigned
from stockpile.services.chain_export import Exported
from stockpile.services.inspections import Prepared, Result, Visit
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import BOOKS, Desk, Work
from ui.notices import Notices
from ui.session import Session
from ui.view_models.courier_photos import STICKS
from ui.view_models.latest import Latest

T = TypeVar("T")


class InspectionsModel(QObject):
    """The desk of inspections.

    Signals:
        stands: the inspections on record, the newest first.
        busy: something is being written: its work.
        proving: what was brought back is being proved: its work.
        copied: the ledger was copied out: what and where.
        prepared: a dossier was written: what and where.
        proved: a result holds: what it says.
        taken: a result is on record: the visit.
        failed: something was not done: the error.
    """

    stands = Signal(object)
    busy = Signal(object)
    proving = Signal(object)
    copied = Signal(object)
    prepared = Signal(object)
    proved = Signal(object)
    taken = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._visits = Latest[tuple[Visit, ...]](desk, self, self.stands.emit, notices.trouble)
        self._work: Work | None = None
        desk.recorded.connect(self._heard)

    @property
    def may_copy(self) -> bool:
        """Say whether the officer may copy the ledger out."""
        return self._session.may("sync")

    @property
    def may_take_in(self) -> bool:
        """Say whether the officer may take a result in."""
        return self._session.may("sign_inspection")

    def start(self) -> None:
        """Ask which inspections are on record."""
        if self._session.is_open:
            self._visits.ask(partial(_visits, self._session.stockpile))

    def copy(self, file: Path) -> None:
        """Copy the ledger out for the verifier, without anybody's details."""

        def write(stockpile: Stockpile, by: SignedIn, work: Work) -> Exported:
            return stockpile.chain_export.write(file, by=by, progress=work.step)[1]

        self._work_at(write, self.copied.emit)

    def prepare(self, folder: Path) -> None:
        """Write a dossier into a folder of a stick."""

        def write(stockpile: Stockpile, by: SignedIn, work: Work) -> Prepared:
            return stockpile.inspections.prepare(folder, by=by, progress=work.step)

        self._work_at(write, self.prepared.emit)

    def read(self, folder: Path) -> None:
        """Prove a result that came back, beside the books; nothing is taken in."""

        def prove(stockpile: Stockpile, _by: SignedIn, work: Work) -> Result:
            beside = replace(stockpile.inspections, books=self._desk.on_books(stockpile.books))
            return beside.read(folder, progress=work.step)

        self._work_at(prove, self.proved.emit, self.proving, STICKS)

    def take_in(self, result: Result) -> None:
        """Put a result that holds on record."""
        desk, by = self._session.stockpile.inspections, self._session.officer
        self._desk.record(
            self, lambda: desk.take_in(result, by=by), self.taken.emit, self.failed.emit
        )

    def _work_at(
        self,
        act: Callable[[Stockpile, SignedIn, Work], T],
        done: Callable[[T], None],
        begun: SignalInstance | None = None,
        lane: str = BOOKS,
    ) -> None:
        """Write something, or prove it, one at a time; nothing while nobody is signed in."""
        if self._work is not None or not self._session.is_open:
            return
        stockpile, by = self._session.stockpile, self._session.officer
        work = self._work = Work()
        self._desk.closing.connect(work.cancel)
        (begun or self.busy).emit(work)

        def written(what: T) -> None:
            self._work = None
            done(what)

        def failed(error: StockpileError) -> None:
            self._work = None
            self.failed.emit(error)

        self._desk.ask(self, lambda: act(stockpile, by, work), written, failed, lane)

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, InspectionSigned) for fact in recorded.facts):
            self.start()


def _visits(stockpile: Stockpile) -> tuple[Visit, ...]:
    return stockpile.inspections.all()
