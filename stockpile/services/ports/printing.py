"""Label printers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from stockpile.domain.facts import LabelLayoutSet
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.services.ports.labels import Label


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A one-bit picture: rows from the top, each of whole bytes, the left dot highest, 1 dark."""

    width: int
    height: int
    rows: bytes


PrinterTrouble = Literal[
    "paper_out", "ribbon_out", "head_open", "jam", "paused", "hot", "cutter", "full", "fault"
]
"""Why a label printer stands: what it says itself."""


PrinterStanding = Literal["ready", "busy", "stopped", "silent", "mute"]
"""How a printer stands; silent is one that should answer and does not, mute one that never does."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a label printer says of itself; ``said`` is who it is, where it tells."""

    standing: PrinterStanding
    troubles: tuple[PrinterTrouble, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class LabelOutcome:
    """What became of one label that was sent.

    ``printed`` is what the printer told; ``untold`` went to one that tells nothing; ``doubtful``
    may have come out or not: whoever stands at the printer sees it.
    """

    ended: Literal["printed", "untold", "doubtful"]
    state: PrinterState = PrinterState("ready")


class OpenLabelPrinter(Protocol):
    """A label printer on an open link; one thread at a time."""

    def state(self) -> PrinterState:
        """Ask the printer how it is; silence is an answer. Raises PortLost."""
        ...

    def print(
        self,
        label: Label,
        layout: LabelLayoutSet,
        *,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
    ) -> LabelOutcome:
        """Read the label as the printer will, send it once, and wait for what becomes of it.

        Raises PrinterStopped, PrinterSilent and PortLost before anything was sent, LabelMisread,
        LabelUnprintable, LabelElementMisfit.
        """
        ...

    def forget(self) -> None:
        """Have the printer drop what it has not printed yet, so that nothing comes out twice."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


class LabelPrinters(Protocol):
    """Label printers on a cable or in the network, by the language that they speak."""

    def open(self, printer: LabelPrinter) -> OpenLabelPrinter:
        """Open a printer; nothing is printed. Raises PortMissing."""
        ...
