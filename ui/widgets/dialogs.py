"""Questions before what cannot be undone: say what will happen, and ask for the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.language import _
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import NoteField
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_WIDTH = 460
SHORTEST_REASON = 3


class ConfirmDialog(QDialog):
    """A question with its consequence and, when asked for, a typed reason.

    Use it only for what cannot be undone: the rest is done at once and offers Undo.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        action: str,
        *,
        reason: str = "",
        danger: bool = True,
        extra: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        fix_width(self, _WIDTH)
        self._reason = NoteField(reason) if reason else None
        self.confirm = Button(action, Kind.DANGER if danger else Kind.PRIMARY)
        self.cancel = Button(_("Cancel"))
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        tone = Tone.BAD if danger else Tone.INFO
        icon = "triangle-alert" if danger else "info"
        head = row(
            Share(Tile(icon, tone, 40, 20), 0, Qt.AlignmentFlag.AlignTop),
            Share(
                column(
                    Label(title, Text.CARD_TITLE, wrap=True),
                    Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        middle = [widget for widget in (extra, self._reason) if widget is not None]
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, *middle, foot, gap=Space.XL, margins=edges))
        if self._reason is not None:
            self._reason.edited.connect(self._judge)
        self._judge()

    def reason(self) -> str:
        """Return the typed reason, without blanks at its ends; empty when none was asked for."""
        return self._reason.text().strip() if self._reason is not None else ""

    def _judge(self) -> None:
        enough = self._reason is None or len(self.reason()) >= SHORTEST_REASON
        self.confirm.setEnabled(enough)
