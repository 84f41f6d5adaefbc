# ruff: noqa: N802 — Qt names what is overridden
"""Short questions about the list: its columns, the form it leaves in, a name, the last label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QWidget

from stockpile.language import _, ngettext
from stockpile.services.extracts import COLUMNS, USUAL_COLUMNS, Wanted
from stockpile.services.ports import Form
from ui.pages.weapon_columns import USUAL, Arrangement, all_columns
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import STRETCH, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, ScanField
from ui.widgets.growing import fix_width
from ui.widgets.naming import NamingDialog
from ui.widgets.text import Label, card_title, secondary

_WIDTH: Final = 420
_MOST_LABELS: Final = 999_999
_ALL, _SHOWN, _USUAL = "all", "shown", "usual"
_SHOWN_TOGETHER: Final = {"model": ("make", "model", "calibre")}
"""The model's cell has two lines, which are three columns of an extract."""


class _ColumnList(QListWidget):
    """A list whose rows Alt and an arrow key move."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not by or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        to = at + by
        if at >= 0 and 0 <= to < self.count():
            self.insertItem(to, self.takeItem(at))
            self.setCurrentRow(to)


class ColumnsDialog(QDialog):
    """Which columns are shown, in which order: Space shows or hides, Alt and arrows move.

    Signals:
        decided: the codes of the columns in their places, each with its width.
    """

    decided = Signal(object)

    def __init__(self, arrangement: Arrangement, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Columns"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self._widths = dict(arrangement)
        self.list = _ColumnList()
        self.list.setAccessibleName(_("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill([code for code, _width in arrangement])
        self.usual = Button(_("Usual columns"), Kind.GHOST, "undo-2")
        self.cancel, self.use = Button(_("Cancel")), Button(_("Use"), Kind.PRIMARY)
        self.use.setDefault(True)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        hint = secondary(
            _("Space shows or hides a column. Alt with an arrow key moves it."), wrap=True
        )
        foot = row(self.usual, STRETCH, self.cancel, self.use)
        body = column(card_title(_("Columns")), hint, self.list, foot, gap=Space.M, margins=edges)
        self.setLayout(body)
        self.usual.clicked.connect(lambda: self._fill(USUAL))
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self.list.setFocus()

    def chosen(self) -> list[tuple[str, int]]:
        """Return the columns to show, each with the width it had; 0 for its own."""
        items = [self.list.item(at) for at in range(self.list.count())]
        codes = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
        return [(code, self._widths.get(code, 0)) for code in codes]

    def accept(self) -> None:
        """Decide; a list without a column is none."""
        chosen = self.chosen()
        if chosen:
            self.decided.emit(chosen)
            super().accept()

    def _fill(self, shown: Sequence[str]) -> None:
        known = all_columns()
        self.list.clear()
        for code in (*shown, *[one for one in known if one not in shown]):
            if code not in known:
                continue
            item = QListWidgetItem(known[code].title)
            item.setData(Qt.ItemDataRole.UserRole, code)
            state = Qt.CheckState.Checked if code in shown else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self.list.setCurrentRow(0)


class ExtractDialog(ConfirmDialog):
    """How the list leaves the program: form, columns, and what only a CSV asks for.

    Signals:
        decided: how the extract is wanted.
    """

    decided = Signal(object)

    def __init__(self, count: int, shown: Sequence[str], parent: QWidget) -> None:
        self._shown = _extract_codes(shown)
        self.form = ChoiceField(_("Form"), _forms())
        self.columns = ChoiceField(_("Columns"), _column_choices())
        self.safety = Label("", Text.SECONDARY, Ink.SECONDARY, wrap=True)
        self.guard = ChoiceField(_("Cells that look like formulas"), _guards())
        extra = boxed(column(self.form, self.columns, self.safety, self.guard, gap=Space.M))
        words = ngettext(
            "{count} weapon leaves the program. Whoever has the file can read it.",
            "{count} weapons leave the program. Whoever has the file can read them.",
            count,
        )
        super().__init__(
            _("Copy the list out"),
            words.format(count=count),
            _("Choose the file"),
            danger=False,
            extra=extra,
            parent=parent,
        )
        self.form.set_value("xlsx")
        self.columns.set_value(_SHOWN)
        self.guard.set_value("yes")
        self.form.chosen.connect(self._explain)
        self.confirm.setDefault(True)
        self._explain()
        self.form.setFocus()

    def wanted(self) -> Wanted:
        """Return how the extract is wanted."""
        columns = {_ALL: COLUMNS, _USUAL: USUAL_COLUMNS}.get(self.columns.value(), self._shown)
        return Wanted(self._form(), columns, is_guarded=self.guard.value() == "yes")

    def accept(self) -> None:
        """Tell what was decided."""
        self.decided.emit(self.wanted())
        super().accept()

    def _form(self) -> Form:
        form = self.form.value()
        return form if form in ("csv", "json", "pdf") else "xlsx"  # type: ignore[return-value]

    def _explain(self) -> None:
        self.safety.setText(_SAFETY[self._form()]())
        self.guard.setVisible(self._form() == "csv")
        self.adjustSize()


class ResumeDialog(ConfirmDialog):
    """After a jam: which label was the last good one.

    Signals:
        decided: the label as it was scanned or typed.
        counted: the small number on its edge, which counts in the newest run.
    """

    decided = Signal(str)
    counted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        self.label = ScanField(_("Last good label"))
        self.number = Field(_("Or the small number on its edge"), identifier=True)
        super().__init__(
            _("Print on after a jam"),
            _("Scan the last good label, or type its number. The rest of its sheet is drawn anew."),
            _("Print the rest"),
            danger=False,
            extra=boxed(column(self.label, self.number, gap=Space.M)),
            parent=parent,
        )
        self.number.edit.setValidator(QIntValidator(1, _MOST_LABELS, self.number))
        self.confirm.setDefault(True)
        self.label.edited.connect(self._judge_label)
        self.number.edited.connect(self._judge_label)
        self.label.setFocus()
        self._judge_label()

    def accept(self) -> None:
        """Tell the label, once there is one."""
        if self.label.text().strip():
            self.decided.emit(self.label.text().strip())
        elif self.number.text():
            self.counted.emit(int(self.number.text()))
        else:
            return
        super().accept()

    def _judge_label(self) -> None:
        self.confirm.setEnabled(bool(self.label.text().strip() or self.number.text()))


class NameDialog(NamingDialog):
    """Under which name a filter is kept; each has one of its own."""

    def __init__(self, said: str, taken: Sequence[str], parent: QWidget) -> None:
        others = {"", *(one.casefold() for one in taken)}
        super().__init__(
            _("Save the filter"),
            said,
            _("Save"),
            is_name=lambda name: name.casefold() not in others,
            parent=parent,
        )


def _extract_codes(shown: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of an extract that says what these columns of the list show."""
    codes = [one for code in shown for one in _SHOWN_TOGETHER.get(code, (code,))]
    return tuple(dict.fromkeys(code for code in codes if code in COLUMNS)) or USUAL_COLUMNS


def _forms() -> list[Choice]:
    return [
        Choice("xlsx", _("Excel workbook (XLSX)")),
        Choice("csv", _("Text with commas (CSV)")),
        Choice("pdf", _("Paper (PDF)")),
        Choice("json", _("For programs (JSON)")),
    ]


def _column_choices() -> list[Choice]:
    return [
        Choice(_SHOWN, _("As the list shows them")),
        Choice(_USUAL, _("Usual columns")),
        Choice(_ALL, _("All columns")),
    ]


def _guards() -> list[Choice]:
    return [
        Choice("no", _("Leave as they are")),
        Choice("yes", _("Put an apostrophe before them")),
    ]


_SAFETY: Final = {
    "xlsx": lambda: _("Every cell is a text: no serial becomes a number, a date or a formula."),
    "csv": lambda: _(
        "Do not open it by a double click: Excel then drops zeros and turns serials into dates. Use"
        " Data, From text, and set every column to Text."
    ),
    "pdf": lambda: _("Every page says when it was made and where the ledger then ended."),
    "json": lambda: _("One object with the weapons in a list; the columns have fixed names."),
}
