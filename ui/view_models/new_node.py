"""Another signing key for this computer: its chain closed, a copy made for the next start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.services.backups import BackupPlan
from stockpile.services.ports import Recorded
from stockpile.services.restoring import Approval, Restored
from ui.desk import Desk, Work
from ui.later import front_door
from ui.session import Session
from ui.view_models.backups import BACKUPS


@dataclass(frozen=True, slots=True)
class SecondOfficer:
    """Who signs beside the officer at the desk: name and PIN as typed."""

    name: str
    pin: str


class NewNodeModel(QObject):
    """This computer goes on as a node with another key.

    Signals:
        began: it is being done: the work, for progress.
        done: it is done, and in force at the next start: what was made.
        refused: nothing was changed, but perhaps the last word of the old chain: the error.
    """

    began = Signal(object)
    done = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._busy = False

    @property
    def officer(self) -> str:
        """Return the name of the officer at the desk."""
        return self._session.officer.officer.name

    def renew(self, reason: str, passphrase: str, pin: str, second: SecondOfficer) -> None:
        """Close the chain by two officers, and let a copy with another key take its place.

        Pressed twice it runs once.
        """
        if self._busy or not self._session.is_open:
            return
        self._busy = True
        stockpile, name = self._session.stockpile, self.officer
        approval = Approval(passphrase, (name, pin), (second.name, second.pin))
        work = Work()

        def close() -> tuple[Recorded, BackupPlan]:
            stockpile.key_desk.room.demand_passphrase(passphrase)
            by = stockpile.people.sign_in(*approval.first)
            witness = stockpile.people.sign_in(*approval.second)
            stockpile.closing_node.demand_sent()
            plan = stockpile.backups.plan(stockpile.home, by=by)
            return stockpile.closing_node.close(reason, by=by, witness=witness), plan

        def copy(plan: BackupPlan) -> None:
            renew = partial(front_door().renew_open_node, stockpile, plan, approval, work.step)
            self._desk.ask(self, renew, self._done, self._refuse, BACKUPS)

        self.began.emit(work)
        self._desk.record(self, close, copy, self._refuse)

    def _done(self, made: Restored) -> None:
        self._busy = False
        self.done.emit(made)

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)
