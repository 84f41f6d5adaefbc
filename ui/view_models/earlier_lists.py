"""The lists that came in before: looked up, and taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import Digest
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.services.taking_back import EarlierList, TakenBack
from ui.desk import Desk, Work
from ui.session import Session
from ui.view_models.overheard import Overheard

_SHOWN: Final = 1_000


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A list that came in before, as a line of a table."""

    document: Digest
    name: str
    at: str
    by: str
    rows: int
    accepted: int
    reason: str
    withdrawn: int
    kept: int
    is_undone: bool
    is_finished: bool = True


@dataclass(frozen=True, slots=True)
class WentBack:
    """A list that was taken back, and the first of the weapons that stay."""

    report: TakenBack
    kept: tuple[RegisterRow, ...]


class EarlierModel(QObject):
    """The desk for lists that are in already.

    Signals:
        listed: the lists, the last one first.
        began: one is being taken back: the work.
        taken_back: it is done: what went back and what stays.
        failed: it ended early: the error.
    """

    listed = Signal(object)
    began = Signal(object)
    taken_back = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._work: Work | None = None

    @property
    def is_busy(self) -> bool:
        """Say whether a list is being taken back."""
        return self._work is not None

    def may_take_back(self) -> bool:
        """Say whether the officer's role includes taking a list back."""
        return self._session.may("import")

    def look_up(self) -> None:
        """Read anew what came in before."""
        self._desk.ask(self, partial(_lines, self._session.stockpile), self.listed.emit)

    def take_back(self, document: Digest, reason: str) -> None:
        """Withdraw what came from a list and has not moved on."""
        if self._work is not None:
            return
        work = self._work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(work)
        act = partial(
            _taken_back, self._session.stockpile, document, reason, self._session.officer, work
        )
        self._desk.record(self, act, self._ended, self._fail)

    def _ended(self, outcome: WentBack | StockpileError) -> None:
        if isinstance(outcome, StockpileError):
            self._fail(outcome)
            return
        self._work = None
        self.taken_back.emit(outcome)
        self.look_up()

    def _fail(self, error: StockpileError) -> None:
        self._work = None
        self.failed.emit(error)
        self.look_up()


def _lines(stockpile: Stockpile) -> tuple[EarlierLine, ...]:
    names = stockpile.names()
    return tuple(_line(one, names.of(one.by)) for one in stockpile.importing.earlier())


def _line(one: EarlierList, by: str) -> EarlierLine:
    undone = one.undone
    return EarlierLine(
        document=one.document,
        name=one.name or one.document[:12],
        at=wording.instant(one.at),
        by=by,
        rows=one.rows,
        accepted=one.accepted,
        reason=undone.reason if undone else "",
        withdrawn=undone.withdrawn if undone else 0,
        kept=undone.kept if undone else 0,
        is_undone=undone is not None,
        is_finished=one.finished,
    )


def _taken_back(
    stockpile: Stockpile, document: Digest, reason: str, by: SignedIn, work: Work
) -> tuple[Recorded, WentBack | StockpileError]:
    """Take the list back; stopped early, what was withdrawn until then is told all the same."""
    overheard = Overheard(stockpile.books)
    importing = replace(stockpile.importing, books=overheard.books)
    try:
        report = importing.take_back(document, reason, by=by, progress=work.step)
    except StockpileError as error:
        return overheard.recorded, error
    return overheard.recorded, WentBack(report, stockpile.register.rows(report.kept[:_SHOWN]))
