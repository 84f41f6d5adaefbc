"""Printing labels and cards: as last time at once, or as the person says in one dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import PrinterUnknown
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Sheet
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.in_front import AsksInFront
from ui.pages.label_run import LabelRunDialog
from ui.pages.printing_dialog import BorneDialog, PrintDialog
from ui.pages.printing_paper import PaperPrinter
from ui.pages.printing_ruler import RulerDialog
from ui.session import Session
from ui.view_models.printing import SYSTEM, Find, Job, Offers, Printed, PrintingModel


class PrintingActs(QObject, AsksInFront):
    """Prints for a page: its questions, and what is said when a sheet is there.

    Signals:
        toast: what has happened, the word of the way on, and the way on.
    """

    toast = Signal(str, str, object)

    def __init__(self, model: PrintingModel, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.model = model
        self.paper = PaperPrinter(model, self)
        self._job: Job | None = None
        model.found.connect(self.ask)
        model.bears.connect(self.ask_why)
        model.printed.connect(self._say_printed)
        model.runs.connect(self._run)
        self.paper.done.connect(lambda printed, taken: self._say_on_paper(printed, taken=taken))

    @classmethod
    def of(cls, desk: Desk, session: Session, notices: Notices, page: QWidget) -> PrintingActs:
        """Return one for a page, with a model of its own."""
        return cls(PrintingModel(desk, session, notices), page)

    # --- weapons and places ---------------------------------------------------------------------

    def print_weapon(self, weapon: WeaponId, *, ask: bool = False) -> None:
        """Print the label of one weapon, as last time, or asking how."""
        self.print_found(lambda _work: (weapon,), ask=ask)

    def print_found(self, find: Find, *, ask: bool = False) -> None:
        """Print the labels of the weapons that are found, as last time, or asking how."""
        if not self.model.is_busy and self.model.may("label"):
            (self.model.offer if ask else self.model.label)(find)

    def print_cards(self, places: Sequence[PlaceId], *, ask: bool = False) -> None:
        """Print the cards of places, as last time, or asking how."""
        if places and not self.model.is_busy and self.model.may("label"):
            (self.model.offer_cards if ask else self.model.cards)(places)

    # --- questions ------------------------------------------------------------------------------

    def ask(self, offers: Offers) -> None:
        """Ask how a job is to be printed."""
        dialog = PrintDialog(offers, self.paper.printers(), self.model, self._page)
        dialog.decided.connect(self.print)
        dialog.ruler_wanted.connect(partial(self._ask_ruler, dialog))
        self.ask_in_front(dialog)

    def ask_why(self, job: Job) -> None:
        """Ask why labels that were printed before are printed again."""
        dialog = BorneDialog(job.borne, len(job.ids), self._page)
        dialog.decided.connect(partial(self._print_again, job))
        self.ask_in_front(dialog)

    def _print_again(self, job: Job, anew: bool) -> None:
        self.print(replace(job, how=replace(job.how, anew=anew)))

    def print(self, job: Job) -> None:
        """Print a job; a printer of the system is asked for first where its dialog is wanted."""
        if job.how.printer == SYSTEM:
            self.paper.ask(self._page, lambda name: self._print_on(job, name))
        else:
            self.model.print(job)

    def _run(self, job: Job) -> None:
        """Print on a label printer, before the eyes of whoever asked."""
        try:
            printer = self.model.label_printer(job)
        except PrinterUnknown as error:  # it was forgotten since: the person says where instead
            self.model.made_with[2].trouble(error)
            return
        dialog = LabelRunDialog(*self.model.made_with, self._page)
        dialog.ended.connect(self._say_run)
        self.ask_in_front(dialog)
        fit = self.model.fit_of(job.how.printer)
        weapons = [WeaponId(one) for one in job.ids]
        dialog.start(weapons, printer, anew=bool(job.how.anew), fit=fit)

    def _say_run(self, printed: int, total: int) -> None:
        if printed < total:
            words = _("{printed} of {total} labels came out. The rest waits in the settings.")
            numbers = [QLocale().toString(one) for one in (printed, total)]
            self.toast.emit(words.format(printed=numbers[0], total=numbers[1]), "", None)

    def _print_on(self, job: Job, printer: str) -> None:
        self.model.print(replace(job, how=replace(job.how, printer=SYSTEM + printer)))

    def _ask_ruler(self, dialog: PrintDialog, printer: str, stock: str) -> None:
        ruler = RulerDialog(self.model, printer, stock, dialog)
        ruler.drawn.connect(self._open_file)
        ruler.finished.connect(ruler.deleteLater)
        ruler.open()

    # --- how it went ----------------------------------------------------------------------------

    def _say_printed(self, printed: Printed) -> None:
        if printed.printer.startswith(SYSTEM):
            self.paper.print(printed)
            return
        said = printed_words(printed)
        self.toast.emit(said, _("Open"), partial(self._open_file, printed.sheet.file))

    def _say_on_paper(self, printed: Printed, *, taken: bool) -> None:
        where = isolated(printed.printer.removeprefix(SYSTEM))
        if taken:
            words = ngettext(
                "{count} label sent to {printer}. Look at the last one.",
                "{count} labels sent to {printer}. Look at the last one.",
                printed.sheet.labels,
            )
        else:
            words = _("{printer} takes nothing. The sheet is kept as a file.")
        said = words.format(count=QLocale().toString(printed.sheet.labels), printer=where)
        self.toast.emit(said, _("Open"), partial(self._open_file, printed.sheet.file))

    @staticmethod
    def _open_file(file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def printed_words(printed: Printed) -> str:
    """Return what is said of a sheet in its file."""
    sheet = printed.sheet
    where = isolated(f"{sheet.file.parent.name}/{sheet.file.name}")
    count = QLocale().toString(sheet.labels)
    if printed.what == "places":
        words = ngettext("{count} card printed to {file}", "{count} cards printed to {file}",
                         sheet.labels)  # fmt: skip
    else:
        words = ngettext("{count} label printed to {file}", "{count} labels printed to {file}",
                         sheet.labels)  # fmt: skip
    return words.format(count=count, file=where) + _sampled(sheet)


def _sampled(sheet: Sheet) -> str:
    """Return that only a sample was read back, where it was so."""
    if sheet.read >= sheet.labels:
        return ""
    words = _("; {count} of them were read back")
    return words.format(count=QLocale().toString(sheet.read))
