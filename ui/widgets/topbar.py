# ruff: noqa: N802 — Qt names what is overridden
"""The bar over every page: one door to everything, and where the data is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stockpile.language import _
from ui.theme import Height, Radius, Space, Tone, font, paint_icon, tokens
from ui.widgets.arrange import STRETCH, Share, clear, row
from ui.widgets.button import IconButton
from ui.widgets.chip import Chip
from ui.widgets.drawing import facing, rounded, smooth, words
from ui.widgets.keycap import Shortcut
from ui.widgets.ring import KeyRing

_WIDEST = 380
_ICON = 16


@dataclass(frozen=True, slots=True)
class Status:
    """One chip of the bar."""

    text: str
    tone: Tone
    icon: str = ""


class SearchDoor(KeyRing, QAbstractButton):
    """What looks like a search line and opens the palette."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(keys)
        self.setFixedHeight(Height.CONTROL)
        self.setMaximumWidth(_WIDEST)
        self.setMinimumWidth(160)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        caps = Shortcut(keys)
        caps.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(STRETCH, caps, margins=(0, 0, Space.S, 0)))

    def sizeHint(self) -> QSize:
        """Return the widest it will be."""
        return QSize(_WIDEST, Height.CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, the lens and the words."""
        del event
        painter, now = smooth(self), tokens()
        place = QRectF(self.rect())
        rounded(painter, place, Radius.CONTROL + 1, now.raised, now.border)
        if self.ringed:
            rounded(painter, place, Radius.CONTROL + 1, None, now.focus, 2)
        lens = facing(self, QRect(10, (self.height() - _ICON) // 2, _ICON, _ICON))
        paint_icon(painter, QRectF(lens), "search", now.text2)
        room = facing(self, QRect(34, 0, self.width() - 34 - 74, self.height()))
        words(painter, room, self.text(), font(13), now.text2)


class Topbar(QWidget):
    """The search door, the chips of the state, and the two quiet buttons.

    Signals:
        search_pressed: open the palette.
        notices_pressed: show what was said.
        help_pressed: show the help of this page.
    """

    search_pressed = Signal()
    notices_pressed = Signal()
    help_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = SearchDoor(_("Search or type a command"), "Ctrl+K")
        self._door.clicked.connect(self.search_pressed)
        self._chips = row()
        self._shown: list[Chip] = []
        notices = IconButton("bell", _("Notices"))
        notices.clicked.connect(self.notices_pressed)
        help_button = IconButton("circle-question-mark", _("Help (F1)"))
        help_button.clicked.connect(self.help_pressed)
        door = Share(self._door, 3)
        bar = row(door, Share(row(STRETCH), 1), self._chips, notices, help_button, gap=Space.S)
        bar.setContentsMargins(0, 10, 0, 8)
        self.setLayout(bar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_status(self, states: Sequence[Status]) -> None:
        """Show the chips: scanner, machine, and what waits to be sent; those there say it anew.

        It is told at every entry that is written: no chip is built for that.
        """
        if len(states) != len(self._shown):
            clear(self._chips)
            self._shown = [Chip("", one.tone, dot=False, icon=one.icon) for one in states]
            for chip in self._shown:
                self._chips.addWidget(chip)
        for chip, state in zip(self._shown, states, strict=True):
            chip.show_status(state.text, state.tone, state.icon)
