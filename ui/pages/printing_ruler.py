"""Puts a printer right: its ruler page, and the numbers measured on it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.printer_fit import (
    CROSSES,
    STRAIGHT,
    Measured,
    RulerPaper,
    in_millimetres,
    micrometres_of,
)
from stockpile.language import _, isolated
from stockpile.wording import error_sentence
from ui.theme import Ink, Space, Text
from ui.view_models.printing import SYSTEM, PrintingModel
from ui.widgets.arrange import STRETCH, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.growing import fix_width
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, card_title, secondary

_WIDTH: Final = 560
_PAPERS: Final[tuple[RulerPaper, ...]] = ("A4", "Letter")


class RulerDialog(QDialog):
    """Two numbers put a printer right, two more where it prints too large or too small.

    Signals:
        drawn: the ruler page stands in a file: the file.
    """

    drawn = Signal(object)

    def __init__(self, model: PrintingModel, printer: str, stock: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._printer, self._stock = model, printer, stock
        self.setWindowTitle(_("Put a printer right"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.paper = Segments([Segment(one, one) for one in _PAPERS])
        self.draw = Button(_("Draw the ruler page"), icon="ruler")
        self.fields = {
            "near_across": Field(_("A: from the left edge, mm"), identifier=True),
            "near_down": Field(_("B: from the top edge, mm"), identifier=True),
            "far_across": Field(_("C: from the left edge, mm"), identifier=True),
            "far_down": Field(_("D: from the top edge, mm"), identifier=True),
        }
        self.told = boxed(column(*(secondary(one, wrap=True) for one in _told()), gap=Space.XS))
        self.trouble = Label("", Text.BODY, Ink.BAD, wrap=True)
        self.trouble.setAlignment(self.trouble.alignment() | Qt.AlignmentFlag.AlignTop)
        self.trouble.hide()
        self.forget = Button(_("Print straight"), Kind.GHOST, "undo-2")
        self.cancel, self.use = Button(_("Cancel")), Button(_("Remember"), Kind.PRIMARY)
        self.use.setDefault(True)
        self.forget.setVisible(model.fit_of(printer) != STRAIGHT)
        self._lay_out()
        self._connect()
        self._show_paper()

    def accept(self) -> None:
        """Remember what was measured; what cannot be is said, and nothing is remembered."""
        try:
            self._model.measure(self._printer, self._paper(), self._measured())
        except StockpileError as error:
            self._say(error)
            return
        super().accept()

    def _measured(self) -> Measured:
        found = {
            name: micrometres_of(field.text(), name) if field.text().strip() else None
            for name, field in self.fields.items()
        }
        for name in ("near_across", "near_down"):
            if found[name] is None:
                raise FieldMissing(name)
        return Measured(
            found["near_across"] or 0,
            found["near_down"] or 0,
            found["far_across"],
            found["far_down"],
        )

    def _paper(self) -> RulerPaper:
        return "Letter" if self.paper.current == "Letter" else "A4"

    def _say(self, error: StockpileError) -> None:
        if isinstance(error, FieldUnreadable | FieldMissing) and error.field in self.fields:
            self.fields[error.field].show_state(State.BAD)
            self.fields[error.field].setFocus()
        # In the room of what was told, so that nothing moves under the hand.
        self.trouble.setText(error_sentence(error))
        self.trouble.setMinimumHeight(self.told.height())
        self.told.hide()
        self.trouble.show()

    def _unsay(self) -> None:
        for field in self.fields.values():
            field.show_state(State.PLAIN)
        self.trouble.hide()
        self.told.show()

    def _lay_out(self) -> None:
        printer = self._printer.removeprefix(SYSTEM)
        named = isolated(printer) if printer else _("PDF files")
        first = FieldGrid(
            [self.fields[one] for one in ("near_across", "near_down")], fits_itself=True
        )
        second = FieldGrid(
            [self.fields[one] for one in ("far_across", "far_down")], fits_itself=True
        )
        foot = row(self.forget, STRETCH, self.cancel, self.use)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(
            column(
                card_title(_("Put right: {printer}").format(printer=named)),
                self.told,
                self.trouble,
                boxed(row(self.paper, self.draw, STRETCH, gap=Space.M)),
                first,
                second,
                foot,
                gap=Space.M,
                margins=edges,
            )
        )

    def _connect(self) -> None:
        self.paper.chosen.connect(self._show_paper)
        self.draw.clicked.connect(lambda: self._model.draw_ruler(self._paper(), self._stock))
        self._model.ruler_drawn.connect(self.drawn)
        self.forget.clicked.connect(self._forget)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        for field in self.fields.values():
            field.edited.connect(self._unsay)

    def _show_paper(self) -> None:
        due = CROSSES[self._paper()]
        for name, field in self.fields.items():
            length = getattr(due, name)
            field.edit.setPlaceholderText(in_millimetres(length or 0))

    def _forget(self) -> None:
        self._model.forget_fit(self._printer)
        super().accept()


def _told() -> tuple[str, ...]:
    return (
        _("Print the ruler page at its actual size (100 %) on plain paper."),
        _("Measure from the edges of the paper to its crosses, and type what you find."),
        _("C and D are needed only if the last labels lie worse than the first."),
    )
