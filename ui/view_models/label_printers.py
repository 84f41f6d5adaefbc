"""The label printers of this computer: set up, asked how they are, tried with one label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.label_printers import (
    LabelPrinter,
    keep_printers,
    kept_printers,
    with_printer,
    without_printer,
)
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, kept_fits
from stockpile.services.ports import LabelOutcome, PrinterState, StockFace
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

_PORTS = "ports"


def lane_of(printer: str) -> str:
    """Return the lane on which everything that opens a printer's port runs."""
    return f"printer:{printer}"


@dataclass(frozen=True, slots=True)
class PrinterOffers:
    """What a printer can be set up with: the stocks, and the site's own layouts for each."""

    faces: tuple[StockFace, ...] = ()
    layouts: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterTold:
    """What came of asking a printer, or of trying it: its state, what became of the label, why."""

    printer: str
    state: PrinterState | None = None
    outcome: LabelOutcome | None = None
    error: StockpileError | None = None


class LabelPrintersModel(QObject):
    """The printers' settings.

    Signals:
        changed: the printers of this computer are others.
        offered: what a printer can be set up with.
        plugged: the serial ports that are there now.
        kept: a printer is set up: its name.
        refused: it is not: the error.
        told: what a printer told.
        waiting: the runs that are not at their end.
    """

    changed = Signal()
    offered = Signal(object)
    plugged = Signal(object)
    kept = Signal(str)
    refused = Signal(object)
    told = Signal(object)
    waiting = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def made_with(self) -> tuple[Desk, Session, Notices]:
        """Return what a dialog of its own is made with."""
        return self._desk, self._session, self._notices

    @property
    def printers(self) -> tuple[LabelPrinter, ...]:
        """Return the printers by name."""
        return kept_printers(self._session.settings.printers)

    def start(self) -> None:
        """Ask what there is to choose from, and which ports are plugged."""
        if not self._session.is_open:
            return
        layouts = self._session.stockpile.label_layouts

        def look() -> PrinterOffers:
            faces = layouts.faces()
            rolls = tuple(one for one in faces if one.columns * one.rows == 1)
            own = [
                (one.name, tuple(layout.name for layout in layouts.fitting(one.name)))
                for one in rolls
            ]
            return PrinterOffers(rolls, tuple(own))

        self._desk.ask(self, look, self.offered.emit)
        plant = self._session.stockpile.marking.plant
        self._desk.ask(self, plant.plugged, self.plugged.emit, lambda _error: None, _PORTS)
        self.ask_runs()
        self.changed.emit()

    def ask_runs(self) -> None:
        """Ask which runs wait to be gone on with."""
        if self._session.is_open:
            runs = self._session.stockpile.label_printing.open_runs
            self._desk.ask(self, runs, self.waiting.emit)

    def give_up(self, run: str) -> None:
        """Forget what is left of a run."""
        forget = partial(self._session.stockpile.label_printing.give_up, run)
        self._desk.ask(self, forget, lambda _done: self.ask_runs())

    def keep(self, printer: LabelPrinter) -> None:
        """Set a printer up, in the place of the one of its name."""
        printing = self._session.stockpile.label_printing

        def checked(tidy: LabelPrinter) -> None:
            self._remember(with_printer(self.printers, tidy))
            self.kept.emit(tidy.name)

        self._desk.ask(self, partial(printing.checked, printer), checked, self.refused.emit)

    def remove(self, name: str) -> None:
        """Forget a printer; what it printed stays on record."""
        self._remember(without_printer(self.printers, name))

    def ask_state(self, printer: LabelPrinter) -> None:
        """Ask a printer how it is."""
        printing, name = self._session.stockpile.label_printing, printer.name
        self._desk.ask(
            self,
            partial(printing.state, printer),
            lambda state: self.told.emit(PrinterTold(name, state)),
            self._said(name),
            lane_of(name),
        )

    def try_out(self, printer: LabelPrinter) -> None:
        """Print one label of a weapon that does not exist."""
        printing, name = self._session.stockpile.label_printing, printer.name
        self._desk.perform(
            self,
            printing.trying(printer, self.fit(name)),
            lane_of(name),
            lambda outcome: self.told.emit(PrinterTold(name, outcome=outcome)),
            self._said(name),
        )

    def fit(self, name: str) -> PrinterFit:
        """Return how a printer prints beside the place, where that was measured."""
        return kept_fits(self._session.settings.printer_fits).get(name, STRAIGHT)

    def _said(self, name: str) -> Callable[[StockpileError], None]:
        return lambda error: self.told.emit(PrinterTold(name, error=error))

    def _remember(self, printers: tuple[LabelPrinter, ...]) -> None:
        self._session.remember(printers=keep_printers(printers))
        self.changed.emit()
