"""Sheets on the printers of the system, at their true size: page by page, so that none is hurried.

A sheet is drawn as a file and read back first; what is sent are the dots of its pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.services.ports import GreyPicture
from ui.view_models.printing import SYSTEM, Printed, PrintingModel

DOTS: Final = 600
"""Twice the dots of a sheet, three times those of a roll: bars stay as wide as they are."""
_PAGES: Final = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


class PaperPrinter(QObject):
    """Sends sheets to printers of the system.

    Signals:
        done: a sheet was sent, or was not: what was printed, and whether the printer took it.
    """

    done = Signal(object, bool)

    def __init__(self, model: PrintingModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.made: Callable[[str], QPrinter] = _printer
        """Makes a printer by its name; a test gives one that prints into a file."""

    def printers(self) -> list[str]:
        """Return the names of the system's printers, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda one: (one != usual, one))

    def ask(self, page: QWidget, chosen: Callable[[str], None]) -> None:
        """Ask for a printer in the system's own dialog; tells the printer's name."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, page)
        dialog.accepted.connect(lambda: chosen(printer.printerName()))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # a plain one: Qt's own wants a slot by its name

    def print(self, printed: Printed) -> None:
        """Send a sheet to its printer."""
        printer = self.made(printed.printer.removeprefix(SYSTEM))
        lay_out(printer, printed)
        painter = QPainter()
        if not printer.isValid() or not painter.begin(printer):
            self.done.emit(printed, False)
            return
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self._go_on(printed, printer, painter, 0)

    def _go_on(self, printed: Printed, printer: QPrinter, painter: QPainter, number: int) -> None:
        """Ask for a page, draw it when it comes, and ask for the next."""
        if number >= printed.sheet.pages:
            self.done.emit(printed, painter.end())
            return

        def draw(page: GreyPicture) -> None:
            if number:
                printer.newPage()
            draw_page(painter, printer, page)
            self._go_on(printed, printer, painter, number + 1)

        def stop() -> None:
            painter.end()
            self.done.emit(printed, False)

        self._model.page(printed.sheet.file, number, DOTS, draw, stop)


def lay_out(printer: QPrinter, printed: Printed) -> None:
    """Set a printer to the sheet's paper, without margins and without a change of size."""
    face = printed.face
    size = (
        QPageSize(_PAGES[face.paper])
        if face.paper in _PAGES
        else QPageSize(QSizeF(face.width / 1000, face.height / 1000), QPageSize.Unit.Millimeter)
    )
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setDocName(printed.sheet.file.name)


def draw_page(painter: QPainter, printer: QPrinter, page: GreyPicture) -> None:
    """Draw a page's dots at their true size from the paper's corner."""
    image = QImage(
        page.pixels, page.width, page.height, page.width, QImage.Format.Format_Grayscale8
    )
    scale = printer.resolution() / DOTS
    painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), image)


def _printer(name: str) -> QPrinter:
    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
