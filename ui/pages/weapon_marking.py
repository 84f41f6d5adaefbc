"""The marks and numbered components of a weapon said anew, all rows at once, with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.weapons import Weapon
from stockpile.language import _
from ui.pages.weapon_reason import ReasonField
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.field import State
from ui.widgets.marks_editor import MarksEditor
from ui.widgets.text import Label

_WIDTH, _HEIGHT = 860, 620


class MarksForm(QDialog):
    """The editor and a reason; open until the core has taken it.

    Signals:
        decided: the marks, the components, and the reason.
    """

    decided = Signal(object, object, str)

    def __init__(self, weapon: Weapon, reasons: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._before = (weapon.marks, weapon.components)
        self.setWindowTitle(_("Marks and components"))
        self.setModal(True)
        self.editor = MarksEditor()
        self.editor.set_marks(weapon.marks, weapon.components)
        self._reason = ReasonField(reasons)
        self.confirm = Button(_("Correct"), Kind.PRIMARY)
        self.cancel = Button(_("Cancel"))
        said = _("Write each mark exactly as it stands on the metal; the old rows stay on record.")
        head = column(
            Label(_("Marks and components"), Text.CARD_TITLE),
            Label(said, Text.BODY, Ink.SECONDARY, wrap=True), gap=2,
        )  # fmt: skip
        body = boxed(
            column(self.editor, self._reason, STRETCH, gap=Space.L, margins=(0, 0, Space.M, 0))
        )
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(column(head, Share(scrolled(body)), foot, gap=Space.L, margins=edges))
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 40))
        self.editor.changed.connect(self._judge)
        self.editor.done.connect(self._reason.setFocus)
        self._reason.edited.connect(self._judge)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._judge()

    def accept(self) -> None:
        """Tell what was decided; the form waits for the answer."""
        if self.confirm.isEnabled():
            self.confirm.set_busy(True)
            marks, components = self.editor.marks(), self.editor.components()
            self.decided.emit(marks, components, self._reason.text())

    def close_decided(self) -> None:
        """Go away: it is on record."""
        self.confirm.set_busy(False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal; what was written stays."""
        self.confirm.set_busy(False)
        self._reason.field.show_state(State.BAD, wording.error_sentence(error))

    def _judge(self) -> None:
        now = (self.editor.marks(), self.editor.components())
        self.confirm.setEnabled(now != self._before and self._reason.is_enough)
