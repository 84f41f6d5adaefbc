"""Why something is changed: a reason in words, with those given lately to take again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _
from ui.theme import Space
from ui.widgets.arrange import STRETCH, boxed, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import SHORTEST_REASON
from ui.widgets.field import NoteField
from ui.widgets.text import secondary

_OFFERED = 3
_LONGEST = 60


class ReasonField(QWidget):
    """The field, and beneath it the reasons given lately.

    Signals:
        edited: each change.
    """

    edited = Signal()

    def __init__(self, reasons: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = NoteField(_("Reason"), placeholder=_("It stays in the history for ever."))
        self.field.edited.connect(self.edited)
        self._offers = column(gap=2)
        self._offered = boxed(column(secondary(_("Given lately")), self._offers, gap=2))
        self.setLayout(column(self.field, self._offered, gap=Space.XS))
        self.setFocusProxy(self.field)
        self.offer(reasons)

    def offer(self, reasons: Sequence[str]) -> None:
        """Offer reasons to be taken again."""
        clear(self._offers)
        for reason in reasons[:_OFFERED]:
            short = reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"
            button = Button(short, Kind.GHOST, "history", height=28)
            button.clicked.connect(partial(self.take, reason))
            self._offers.addWidget(boxed(row(button, STRETCH)))
        self._offered.setVisible(bool(reasons))

    def take(self, reason: str) -> None:
        """Give a reason that was given before."""
        self.field.set_text(reason)
        self.field.setFocus()

    def text(self) -> str:
        """Return the reason, without blanks at its ends."""
        return self.field.text().strip()

    @property
    def is_enough(self) -> bool:
        """Return whether it says anything."""
        return len(self.text()) >= SHORTEST_REASON
