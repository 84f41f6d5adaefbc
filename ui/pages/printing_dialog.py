"""How a job of labels is printed: stock, first free label, layout, printer; and why again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, in_millimetres
from stockpile.language import _, isolated, ngettext
from stockpile.services.label_words import stock_words
from stockpile.services.ports import StockFace
from ui.theme import Ink, Space, Text
from ui.view_models.printing import LABEL, SYSTEM, Offers, PrintingModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.growing import fix_width
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet_picture import Grid, SheetPicture
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.tick import Tick

_WIDTH: Final = 660
_PAGES: Final = {"A4": (210_000, 297_000), "Letter": (215_900, 279_400)}
_USUAL: Final = "usual"
_FILE: Final = "file"


class Why(QWidget):
    """Why labels that were printed before are printed again, and what becomes of the old ones."""

    def __init__(self, borne: int) -> None:
        super().__init__()
        words = ngettext(
            "{count} weapon bears a label already. What became of it?",
            "{count} weapons bear a label already. What became of those?",
            borne,
        )
        self.ways = Segments(
            [Segment("jam", _("Spoiled while printing")), Segment("lost", _("Lost or damaged"))]
        )
        self._told = secondary("", wrap=True)
        said = Label(words.format(count=QLocale().toString(borne)), Text.BODY, wrap=True)
        self.setLayout(column(said, self.ways, self._told, gap=Space.S))
        self.ways.chosen.connect(self._tell)
        self._tell(self.ways.current)

    @property
    def anew(self) -> bool:
        """Return whether the old labels are void."""
        return self.ways.current == "lost"

    def _tell(self, way: str) -> None:
        self._told.setText(
            _("New tags are given. Whoever scans an old label is told that it is void.")
            if way == "lost"
            else _("The same labels are printed again. Destroy those that were spoiled.")
        )


class BorneDialog(ConfirmDialog):
    """Asks why labels are printed again, when nothing else is to be asked.

    Signals:
        decided: whether the old labels are void.
    """

    decided = Signal(bool)

    def __init__(self, borne: int, count: int, parent: QWidget) -> None:
        self.why = Why(borne)
        words = ngettext("{count} label is printed.", "{count} labels are printed.", count)
        super().__init__(
            _("Print labels again"),
            words.format(count=QLocale().toString(count)),
            _("Print"),
            danger=False,
            extra=self.why,
            parent=parent,
        )
        self.confirm.setDefault(True)
        self.confirm.setFocus()

    def accept(self) -> None:
        """Tell what was decided."""
        self.decided.emit(self.why.anew)
        super().accept()


class PrintDialog(QDialog):
    """How a job is printed.

    Signals:
        decided: the job as it is to be printed.
        ruler_wanted: a printer is to be put right: its name as it is kept, and the stock.
    """

    decided = Signal(object)
    ruler_wanted = Signal(str, str)

    def __init__(
        self, offers: Offers, printers: Sequence[str], model: PrintingModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._offers, self._model = offers, model
        self._faces = {one.name: one for one in offers.faces}
        job = offers.job
        count = len(job.ids)
        self.setWindowTitle(_("Print labels"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.stock = ChoiceField(_("Stock"), [_stock(one) for one in offers.faces])
        self.layout_ = ChoiceField(_("Layout"))
        own = model.label_printers if job.what == "weapons" else ()
        self.printer = ChoiceField(_("Printer"), _printers(printers, own, job.how.printer))
        self.fit = secondary("", wrap=True)
        self.ruler = Button(_("Put it right"), Kind.GHOST, "ruler")
        self.sample = Tick(_("Read back every tenth sheet only"))
        self.why = Why(job.borne) if job.borne else None
        self.sheet = SheetPicture()
        self.first = Label(_("First free label"), Text.SECONDARY_STRONG, Ink.SECONDARY)
        self.where = secondary("", wrap=True)
        self.cancel, self.go = Button(_("Cancel")), Button(_("Print"), Kind.PRIMARY, "printer")
        self.go.setDefault(True)
        self._lay_out(count)
        self._connect()
        self.stock.set_value(job.how.stock or offers.faces[0].name)
        if not self.stock.value():
            self.stock.set_value(offers.faces[0].name)
        self.printer.set_value(job.how.printer or _FILE)
        if not self.printer.value():
            self.printer.set_value(_FILE)
        self.sample.setChecked(job.how.gate == "sample")
        self._show_stock()
        self.layout_.set_value(job.how.layout or _USUAL)
        self._show_printer()
        self.stock.setFocus()

    def accept(self) -> None:
        """Tell how the job is to be printed."""
        job, layout = self._offers.job, self.layout_.value()
        if not self.stock.value() or not self.printer.value():
            return
        how = replace(
            job.how,
            stock=self.stock.value(),
            layout="" if layout in ("", _USUAL) else layout,
            printer=self._printer(),
            gate="sample" if self.sample.isChecked() else "whole",
            start_at=self.sheet.start_at,
            anew=self.why.anew if self.why is not None else False,
        )
        super().accept()
        self.decided.emit(replace(job, how=how))

    def _lay_out(self, count: int) -> None:
        title = ngettext("Print {count} label", "Print {count} labels", count)
        if self._offers.job.what == "places":
            title = ngettext("Print {count} card", "Print {count} cards", count)
        fit = row(Share(self.fit), self.ruler, gap=Space.S)
        left = [self.stock, self.layout_, self.printer, boxed(fit), self.sample]
        left += [self.why] if self.why is not None else []
        right = column(
            self.first,
            Share(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter),
            self.where,
            STRETCH,
            gap=Space.XS,
        )
        middle = row(
            Share(boxed(column(*left, STRETCH, gap=Space.M))),
            boxed(right, width=self.sheet.sizeHint().width()),
            gap=Space.XL,
        )
        foot = row(STRETCH, self.cancel, self.go)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        shown = title.format(count=QLocale().toString(count))
        self.setLayout(column(card_title(shown), middle, foot, gap=Space.L, margins=edges))

    def _connect(self) -> None:
        self.stock.chosen.connect(self._show_stock)
        self.printer.chosen.connect(self._show_printer)
        self.sheet.begins.connect(self._show_start)
        self._model.fitted.connect(self._show_fit)
        self.ruler.clicked.connect(self._want_ruler)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)

    def _printer(self) -> str:
        chosen = self.printer.value()
        return "" if chosen == _FILE else chosen

    def _want_ruler(self) -> None:
        self.ruler_wanted.emit(self._printer(), self.stock.value())

    def _show_stock(self) -> None:
        face = self._faces.get(self.stock.value())
        self.go.setEnabled(face is not None)
        if face is None:
            return
        kept = self.layout_.value()
        own = self._offers.layouts.get(face.name, ())
        usual = Choice(_USUAL, _("The usual one"))
        self.layout_.set_choices([usual, *[Choice(one, one) for one in own]])
        self.layout_.set_value(kept if kept in own else _USUAL)
        self.layout_.setVisible(bool(own))
        count = len(self._offers.job.ids)
        self.sheet.show_sheet(_grid(face), count)
        self._show_start()

    def _show_start(self) -> None:
        face = self._faces.get(self.stock.value())
        if face is None:
            return
        per, count = face.columns * face.rows, len(self._offers.job.ids)
        sheets = -(-(self.sheet.start_at - 1 + count) // per)
        self.first.setVisible(per > 1)
        if per == 1:
            self.where.setText(_("A roll: a label each."))
            return
        words = ngettext(
            "{count} sheet, from label {number}.", "{count} sheets, from label {number}.", sheets
        )
        self.where.setText(
            words.format(count=QLocale().toString(sheets), number=self.sheet.start_at)
        )

    def _show_printer(self) -> None:
        """Show what goes with a printer: a label printer has its stock in it."""
        name = self._printer().removeprefix(LABEL)
        own = next((one for one in self._model.label_printers if one.name == name), None)
        is_label = own is not None and self._printer().startswith(LABEL)
        if own is not None and is_label:
            self.stock.set_value(own.stock)
            self._show_stock()
            self.layout_.set_value(own.layout or _USUAL)
        self.stock.setEnabled(not is_label)
        self.sample.setVisible(not is_label)
        self._show_fit()

    def _show_fit(self) -> None:
        fit = self._model.fit_of(self._printer())
        if fit == STRAIGHT:
            self.fit.setText(_("Labels lie beside their places? Measure once."))
            return
        words = _("Put right: {across} mm across, {down} mm down.")
        across, down = (isolated(in_millimetres(-one)) for one in (fit.across, fit.down))
        self.fit.setText(words.format(across=across, down=down))


def _stock(face: StockFace) -> Choice:
    return Choice(face.name, stock_words(face))


def _printers(printers: Sequence[str], own: Sequence[LabelPrinter], kept: str) -> list[Choice]:
    """Return where labels can go: a file, the printers that are known, and the system's dialog.

    A label printer that is known no more is not offered.
    """
    labels = [
        Choice(LABEL + one.name, _("{printer}, label by label").format(printer=isolated(one.name)))
        for one in own
    ]
    known = [*labels, *(Choice(SYSTEM + one, isolated(one)) for one in printers)]
    is_gone = kept.startswith(LABEL)
    if kept.removeprefix(SYSTEM) and not is_gone and kept not in [one.value for one in known]:
        known.insert(0, Choice(kept, isolated(kept.removeprefix(SYSTEM))))
    dialog = Choice(SYSTEM, _("Another printer of the system…"))
    return [Choice(_FILE, _("A PDF file")), *known, dialog]


def _grid(face: StockFace) -> Grid:
    width, height = _PAGES.get(face.paper, (face.width, face.height))
    return Grid(width, height, face.columns, face.rows, face.width, face.height)
