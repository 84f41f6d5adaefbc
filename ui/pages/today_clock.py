"""The clock in doubt, across the page Today: what speaks against it, what it means, two answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.clocks import ClockDoubt
from stockpile.language import _
from ui.theme import Tone
from ui.widgets.arrange import column
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner


class ClockBanner(QWidget):
    """Asks of a clock that cannot be right; hidden while nothing speaks against it.

    Signals:
        found_right: somebody looked at another clock, and says that this one is right.
    """

    found_right = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.right = Button(_("The clock is right"), icon="check")
        self.later = Button(_("I will set it"), Kind.GHOST, "clock")
        self._banner = Banner("clock", "", "", Tone.BAD, self.right, self.later)
        self._put_off: tuple[str, str, int] | None = None
        self._shown: tuple[str, str, int] | None = None
        self.setLayout(column(self._banner))
        self.right.clicked.connect(self._answer)
        self.later.clicked.connect(self._put_away)
        self.hide()

    def show_doubt(self, doubt: ClockDoubt | None) -> None:
        """Show what speaks against the clock; one that somebody will set is asked of once."""
        self._shown = (doubt.side, doubt.against, doubt.last) if doubt else None
        if doubt is None or self._shown == self._put_off:
            self._put_off = self._put_off if doubt else None
            self.hide()
            return
        said = f"{wording.clock_sentence(doubt)} {wording.clock_meaning()}"
        tone = Tone.BAD if doubt.side == "behind" else Tone.WARN
        self._banner.say("clock", _("Is the date and time of this computer right?"), said, tone)
        self.right.setEnabled(True)
        self._give_room()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the height that the words need: whatever else gives way, they are read whole."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        # Before it was laid out for the first time, Qt knows no height and says so by -1.
        self._banner.setMinimumHeight(max(0, self._banner.heightForWidth(self.width())))

    def _answer(self) -> None:
        self.right.setEnabled(False)
        self.found_right.emit()

    def _put_away(self) -> None:
        self._put_off = self._shown
        self.hide()
