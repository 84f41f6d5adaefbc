"""Which languages are spoken here; a new one is a line. The port `LabelPrinters`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from stockpile.adapters.printing.escpos.reader import EscPosReader
from stockpile.adapters.printing.escpos.words import EscPosTongue
from stockpile.adapters.printing.link import OpenLink, opened
from stockpile.adapters.printing.placing import Face, Rasteriser, rasteriser
from stockpile.adapters.printing.printer import Times, WiredPrinter
from stockpile.adapters.printing.tongue import Reader, Tongue
from stockpile.adapters.printing.tspl.reader import TsplReader
from stockpile.adapters.printing.tspl.words import TsplTongue
from stockpile.adapters.printing.zpl.reader import ZplReader
from stockpile.adapters.printing.zpl.words import ZplTongue
from stockpile.domain.label_printers import LabelPrinter, PrinterKind


@dataclass(frozen=True, slots=True)
class Language:
    """A language: what we say, and how a printer of so many dots, so wide, reads it."""

    tongue: Callable[[], Tongue]
    reader: Callable[[int, int], Reader]


LANGUAGES: Final[Mapping[PrinterKind, Language]] = MappingProxyType(
    {
        "zpl": Language(ZplTongue, lambda _dots, _width: ZplReader()),
        "tspl": Language(TsplTongue, lambda dots, _width: TsplReader(dots)),
        "escpos": Language(EscPosTongue, lambda _dots, width: EscPosReader(width)),
    }
)


class WiredPrinters:
    """Label printers on a serial port, in the network, or behind a device file."""

    def __init__(
        self, open_port: OpenLink, line_bitmap: Rasteriser, times: Times | None = None
    ) -> None:
        self._open_port = open_port
        self._line = rasteriser(line_bitmap)
        self._times = times or Times()

    def open(self, printer: LabelPrinter) -> WiredPrinter:
        """Open a printer; nothing is printed. Raises PortMissing."""
        language = LANGUAGES[printer.kind]

        def reader(face: Face) -> Reader:
            return language.reader(printer.dots_per_inch, face.width)

        link = opened(_at_speed(printer.url), self._open_port)
        return WiredPrinter(printer, link, language.tongue(), reader, self._line, self._times)


_USUAL_BAUD: Final = 9600
_SPEEDLESS: Final = ("socket://", "device://", "rfc2217://", "loop://", "listen://")


def _at_speed(url: str) -> str:
    """Return the address of a serial port with the speed that label printers come with."""
    return url if url.startswith(_SPEEDLESS) or "baud=" in url else f"{url}?baud={_USUAL_BAUD}"
