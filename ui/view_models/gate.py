"""The gate: what may leave now, a pass that is made out, shown, used, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import GatePassClosed, GatePassIssued
from stockpile.domain.gate_passes import Closing, GatePass
from stockpile.domain.values import WeaponId
from stockpile.services.documents import Drawn
from stockpile.services.gate_pass_papers import PassFile
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest


@dataclass(frozen=True, slots=True)
class Board:
    """The passes that are open, past their time first; ``now`` is the local minute."""

    passes: tuple[GatePass, ...] = ()
    now: str = ""

    @property
    def late(self) -> int:
        """How many are past their time."""
        return sum(one.is_expired(self.now) for one in self.passes)


class GateModel(QObject):
    """The gate's desk.

    Signals:
        stands: the board as it is now.
        prepared: a pass is ready to be completed: what it says so far.
        made: a pass is on record: the pass.
        found: a pass that was scanned or chosen: all that it says.
        closed: a pass has ended: the pass.
        drawn: a paper is drawn: where.
        failed: something was not done: the error.
    """

    stands = Signal(object)
    prepared = Signal(object)
    made = Signal(object)
    found = Signal(object)
    closed = Signal(object)
    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._boards = Latest[Board](desk, self, self.stands.emit, notices.trouble)

    @property
    def may_pass(self) -> bool:
        """Say whether the officer may let something through."""
        return self._session.may("pass_gate")

    def listen(self) -> None:
        """Show the board anew whenever a pass is made out or ends, here or on another page."""
        self._desk.recorded.connect(self._heard)

    def start(self) -> None:
        """Ask what may leave now."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    # --- making out -------------------------------------------------------------------------

    def prepare_receipt(self, number: str) -> None:
        """Prepare a pass for what went out under a hand receipt."""
        desk = self._session.stockpile.gate_passes
        self._prepare(partial(desk.from_receipt, number))

    def prepare_waybill(self, number: str) -> None:
        """Prepare a pass for what goes under a waybill."""
        desk = self._session.stockpile.gate_passes
        self._prepare(partial(desk.from_waybill, number))

    def prepare_weapons(self, weapons: Sequence[WeaponId]) -> None:
        """Prepare a pass for chosen weapons; for none, one for other goods."""
        desk = self._session.stockpile.gate_passes
        self._prepare(partial(desk.of_weapons, tuple(weapons)))

    def issue(self, said: GatePassIssued) -> None:
        """Make the pass out, then draw it."""
        desk, by = self._session.stockpile.gate_passes, self._session.officer

        def done(gate_pass: GatePass) -> None:
            self.made.emit(gate_pass)
            self.print(gate_pass.id)

        self._desk.record(self, lambda: desk.issue(said, by=by), done, self.failed.emit)

    # --- at the gate ------------------------------------------------------------------------

    def look_up(self, text: str) -> None:
        """Find the pass that was scanned, typed or chosen."""
        desk = self._session.stockpile.gate_passes
        file: partial[PassFile] = partial(desk.file, text)
        self._desk.ask(self, file, self.found.emit, self.failed.emit)

    def close(self, gate_pass: str, outcome: Closing, remarks: str = "") -> None:
        """Note that it left, or take it back."""
        desk, by = self._session.stockpile.gate_passes, self._session.officer
        act = partial(desk.close, gate_pass, outcome, remarks, by=by)
        self._desk.record(self, act, self.closed.emit, self.failed.emit)

    def print(self, gate_pass: str) -> None:
        """Draw a pass."""
        desk, by = self._session.stockpile.gate_passes, self._session.officer
        draw: partial[Drawn] = partial(desk.print, gate_pass, by=by)
        self._desk.ask(self, draw, self.drawn.emit, self.failed.emit)

    def voucher(self, receipts: Sequence[str]) -> None:
        """Draw the voucher over these receipts."""
        vouchers, by = self._session.stockpile.vouchers, self._session.officer
        act: partial[tuple[Recorded, Drawn]] = partial(vouchers.print, tuple(receipts), by=by)
        self._desk.record(self, act, self.drawn.emit, self.failed.emit)

    # --- inside -----------------------------------------------------------------------------

    def _prepare(self, question: partial[GatePassIssued]) -> None:
        self._desk.ask(self, question, self.prepared.emit, self.failed.emit)

    def _heard(self, recorded: Recorded) -> None:
        kinds = (GatePassIssued, GatePassClosed)
        if any(isinstance(one.body, kinds) for one in recorded.facts):
            self.start()


def _board(stockpile: Stockpile) -> Board:
    desk = stockpile.gate_passes
    return Board(desk.open_ones(), desk.now())
