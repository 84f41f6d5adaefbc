"""A run of labels on a label printer, as it goes: one label at a time, and what stopped it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.domain.values import WeaponId
from stockpile.services.label_printing import PrintRun, Sending, Sent
from stockpile.services.ports import PrinterState
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.label_printers import lane_of

Phase = Literal["printing", "paused", "asks", "stands", "done"]
_READY: Final = PrinterState("ready")


@dataclass(frozen=True, slots=True)
class RunShown:
    """How a run is: how many labels came out, what stopped it, what is asked.

    ``first`` and ``last`` are the labels that may have come out or not, ``named`` is what the last
    one is called.
    """

    run: str
    printer: str
    total: int
    printed: int = 0
    phase: Phase = "printing"
    state: PrinterState = _READY
    error: StockpileError | None = None
    first: int = 0
    last: int = 0
    named: str = ""


class LabelRunModel(QObject):
    """One run.

    Signals:
        shown: how the run is now.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._now: RunShown | None = None
        self._wants_pause = False
        self._is_sending = False
        desk.closing.connect(self.pause)

    @property
    def now(self) -> RunShown | None:
        """Return how the run is; nothing before it began."""
        return self._now

    def start(
        self,
        weapons: Sequence[WeaponId],
        printer: LabelPrinter,
        *,
        anew: bool = False,
        fit: PrinterFit = STRAIGHT,
    ) -> None:
        """Begin a run and print it."""
        printing, by = self._session.stockpile.label_printing, self._session.officer
        begin = partial(printing.begin_run, weapons, printer, by=by, anew=anew, fit=fit)
        self._desk.ask(self, begin, self.resume, self._refused)

    def resume(self, run: PrintRun) -> None:
        """Go on with a run; labels in doubt are asked about first."""
        self._now = RunShown(run.run, run.printer.name, len(run.weapons), run.printed)
        if run.asks or (run.sent > run.printed and not run.printer.mute):
            self._ask_about(run)
        else:
            self.go_on()

    def go_on(self) -> None:
        """Print the next label, and those after it."""
        if self._now is None or self._is_sending or self._now.phase == "done":
            return
        self._wants_pause = False
        self._send()

    def pause(self) -> None:
        """Print no label after the one that is on its way."""
        self._wants_pause = True

    def settle(self, last_good: int) -> None:
        """Say which labels came out whole, and go on."""
        assert self._now is not None
        printing, by, run = self._session.stockpile.label_printing, self._session.officer, self._now
        self._desk.record(
            self,
            lambda: (printing.settle(run.run, last_good, by=by), last_good),
            self._settled,
            self._refused,
        )

    def leave(self) -> None:
        """Let go of the printer."""
        if self._now is not None and self._session.is_open:
            printing, name = self._session.stockpile.label_printing, self._now.printer
            self._desk.ask(
                self, partial(printing.leave, name), lambda _done: None, None, lane_of(name)
            )

    # --- one label --------------------------------------------------------------------------

    def _send(self) -> None:
        assert self._now is not None
        printing, by = self._session.stockpile.label_printing, self._session.officer
        self._is_sending = True
        self._show(phase="printing", error=None, state=_READY, first=0, last=0)
        self._desk.perform(
            self,
            printing.sending(self._now.run, by=by),
            lane_of(self._now.printer),
            self._sent,
            self._refused,
            self._begun,
        )

    def _begun(self, sending: Sending) -> None:
        lines = sending.label.lines
        if self._now is not None:
            self._now = replace(self._now, named=lines[0] if lines else "", last=sending.place)

    def _sent(self, sent: Sent) -> None:
        assert self._now is not None
        self._is_sending = False
        match sent.ended:
            case "printed":
                self._came_out(sent.place)
            case "refused":
                self._show(phase="stands", state=sent.state, error=sent.error)
            case "untold":
                self._look()
            case _:
                self._show(phase="asks", state=sent.state, first=sent.place, last=sent.place)

    def _came_out(self, place: int) -> None:
        assert self._now is not None
        if place >= self._now.total:
            self._show(phase="done", printed=place)
            self.leave()
            return
        self._show(printed=place)
        self._go_or_pause()

    def _look(self) -> None:
        """Ask how the run of a printer that tells nothing is: a batch of it may be out."""
        assert self._now is not None
        run = partial(self._session.stockpile.label_printing.run, self._now.run)
        self._desk.ask(self, run, self._looked, self._refused)

    def _looked(self, run: PrintRun) -> None:
        if run.asks or self._wants_pause:
            self._ask_about(run)
        else:
            self._send()

    def _ask_about(self, run: PrintRun) -> None:
        self._show(phase="asks", printed=run.printed, first=run.printed + 1, last=run.sent)

    def _settled(self, last_good: int) -> None:
        assert self._now is not None
        self._came_out(last_good)

    def _go_or_pause(self) -> None:
        if self._wants_pause:
            self._show(phase="paused")
        else:
            self._send()

    def _refused(self, error: StockpileError) -> None:
        self._is_sending = False
        if self._now is None:
            self._notices.trouble(error)
            self._now = RunShown("", "", 0)
        self._show(phase="stands", error=error)

    def _show(self, **changes: object) -> None:
        assert self._now is not None
        self._now = replace(self._now, **changes)  # type: ignore[arg-type]  # checked by replace
        self.shown.emit(self._now)
