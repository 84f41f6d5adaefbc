"""Simulated label printers for tests: fast, on a real wire, and labels to print on them."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import zplkit
from PIL import Image

from stockpile.adapters.pdf.raster import line_bitmap
from stockpile.adapters.printing.placing import Face, placed
from stockpile.adapters.printing.printer import Times, WiredPrinter
from stockpile.adapters.printing.printers import WiredPrinters
from stockpile.adapters.serial.port import open_port
from stockpile.app.printer_room import PrinterSimulator, simulated_printer
from stockpile.domain.label_printers import LabelPrinter, PrinterKind
from stockpile.domain.usual_label_layouts import usual_layout
from stockpile.services.ports import Bitmap, Label

LAYOUT = usual_layout(58_000, 40_000)
QUICK = Times(answer=0.15, label=3.0, start=0.5, poll=0.002)
TAGS = ("K8Z1PN3K1VKND", "KXJ5T2QW9R7M4", "K0123456789AB")


def label(number: int = 0) -> Label:
    """Return a label to print; its words are drawn as boxes, see `boxes`."""
    said = (("headline", f"KB-{4567 + number}"), ("model", "زاستافا M70"), ("calibre", "7.62x39"))
    return Label(TAGS[number % len(TAGS)], "01234567", (said[0][1],), said=said)


def boxes(text: str, height_dots: int, *, bold: bool = False) -> Bitmap:
    """Draw a line under where words would be: letters are dear, and not what is tried."""
    width = max(8, len(text) * height_dots // (2 if bold else 3))
    picture = Image.new("1", (width, height_dots), 0)
    picture.paste(1, (0, height_dots - 2, width, height_dots))
    return Bitmap(width, height_dots, picture.tobytes())


def placed_label(number: int = 0) -> Face:
    """Return a label in the dots of a usual printer, its words in real letters."""
    return placed(label(number), LAYOUT, 203, line_bitmap)


def setup(kind: PrinterKind, url: str, *, mute: bool = False) -> LabelPrinter:
    """Return a printer as a computer knows it."""
    return LabelPrinter("Bench", kind, url, "roll-58x40", mute=mute)


@contextmanager
def driven(
    kind: PrinterKind, url: str, *, mute: bool = False, times: Times = QUICK
) -> Iterator[WiredPrinter]:
    """Lend an open printer."""
    printer = WiredPrinters(open_port, boxes, times).open(setup(kind, url, mute=mute))
    try:
        yield printer
    finally:
        printer.close()


def simulated(
    kind: PrinterKind, fault: str = "", *, pty: Path | None = None, speed: float = 40.0
) -> PrinterSimulator:
    """Return a fast simulated printer, over TCP where no terminal is named."""
    wire = {"pty_link": pty} if pty is not None else {"tcp_port": 0}
    return simulated_printer(kind, fault=fault, speed=speed, **wire)  # type: ignore[arg-type]


def until(is_so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is so; fail if it does not become so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def read_by_zplkit(zpl: bytes) -> tuple[int, int, bytes]:
    """Return the first label of ZPL in shades of grey, as a renderer sees it that is not ours."""
    drawn = zplkit.render(zpl)
    assert not drawn.warnings
    (only,) = drawn.labels
    with Image.open(io.BytesIO(only.png())) as picture:
        grey = picture.convert("L")
    return grey.width, grey.height, grey.tobytes()
