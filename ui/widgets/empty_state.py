"""What a page shows when it has nothing: what this place is for, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WIDEST = 520
_MOST = 100  # nearly all of the room, until the sentence is as wide as it may be


class EmptyState(QWidget):
    """An icon, a title, a sentence and at least one action: no page is a dead end."""

    def __init__(
        self, icon: str, title: str, sentence: str, *actions: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        said = Label(sentence, Text.BODY, Ink.MUTED, wrap=True, alignment=_CENTRE)
        said.setMaximumWidth(_WIDEST)
        self.setLayout(
            column(
                STRETCH,
                Share(Tile(icon, Tone.INFO, 64, 28), 0, _CENTRE),
                Space.S,
                Share(Label(title, Text.EMPTY_TITLE, alignment=_CENTRE), 0, _CENTRE),
                row(STRETCH, Share(said, _MOST), STRETCH),
                Space.S,
                row(STRETCH, *actions, STRETCH),
                STRETCH,
                STRETCH,
                gap=Space.S,
            )
        )
