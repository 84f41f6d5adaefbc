"""Label printers plugged in: their ports, the letters that they lack, and some for practice."""

from __future__ import annotations

from pathlib import Path

from stockpile.adapters.marking.simulators.lines import TcpLine, open_pty
from stockpile.adapters.pdf.raster import line_bitmap
from stockpile.adapters.printing.printer import Times
from stockpile.adapters.printing.printers import WiredPrinters
from stockpile.adapters.printing.simulators.simulator import (
    Announce,
    PrinterSimulator,
    Wire,
    unheard,
)
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import FieldMissing, FieldUnreadable

__all__ = ["PrinterSimulator", "label_printers", "simulated_printer"]


def label_printers(times: Times | None = None) -> WiredPrinters:
    """Return the label printers of this computer, on whatever they are."""
    return WiredPrinters(open_port, line_bitmap, times)


def simulated_printer(
    kind: str,
    *,
    pty_link: Path | None = None,
    tcp_port: int | None = None,
    fault: str = "",
    speed: float = 1.0,
    pictures: Path | None = None,
    announce: Announce = unheard,
) -> PrinterSimulator:
    """Return a printer that behaves as its language says, on a pseudo-terminal or a TCP port.

    Raises PrinterUnknown, FieldMissing without exactly one wire, FieldUnreadable.
    """
    if (pty_link is None) == (tcp_port is None):
        raise FieldMissing("pty" if tcp_port is None else "tcp")
    if not speed > 0:
        raise FieldUnreadable("speed", str(speed))

    def wire() -> Wire:
        return open_pty(pty_link) if pty_link is not None else TcpLine(tcp_port or 0)

    return PrinterSimulator(
        kind, wire, fault=fault, speed=speed, pictures=pictures, announce=announce
    )
