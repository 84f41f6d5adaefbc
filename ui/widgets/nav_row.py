# ruff: noqa: N802 — Qt names what is overridden
"""One row of the sidebar: an icon, a word and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Radius, Text, font, paint_icon, style_font, tokens
from ui.widgets.drawing import (
    LEADING,
    TRAILING,
    facing,
    rounded,
    smooth,
    text_width,
    words,
)
from ui.widgets.ring import KeyRing

HEIGHT = 34
"""In pixels: thirteen pages and their titles stand above the officer in the smallest window."""
_PAD = 10
_ICON = 18
_WORD = 38


class NavRow(KeyRing, QAbstractButton):
    """A page that can be opened; the open one lies on a light ground."""

    def __init__(self, icon: str, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._counter = icon, ""
        self.setText(text)
        self.setToolTip(hint)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain(text))

    def set_counter(self, counter: str) -> None:
        """Show how much waits there; nothing when the counter is empty."""
        if counter == self._counter:
            return
        self._counter = counter
        self.setAccessibleName(plain(f"{self.text()} {counter}".strip()))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the word and the counter."""
        width = _WORD + text_width(style_font(Text.HEADING), self.text()) + _PAD
        return QSize(width + self._counter_room(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the icon and a few letters."""
        return QSize(_WORD + 40, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        painter, now, chosen = smooth(self), tokens(), self.isChecked()
        place = QRectF(self.rect())
        if chosen:
            rounded(painter, place, Radius.CONTROL, now.raised, now.border)
        elif self.underMouse():
            rounded(painter, place, Radius.CONTROL, now.border)
        if self.ringed:
            rounded(painter, place, Radius.CONTROL, None, now.focus, 2)
        icon = facing(self, QRect(_PAD, (self.height() - _ICON) // 2, _ICON, _ICON))
        paint_icon(painter, QRectF(icon), self._icon, now.accent if chosen else now.text2)
        room = self._counter_room()
        word = QRect(_WORD, 0, self.width() - _WORD - _PAD - room, self.height())
        letters = font(13, 600 if chosen else 500)
        ink = now.text if chosen else now.text2
        words(painter, facing(self, word), self.text(), letters, ink, LEADING)
        if self._counter:
            end = facing(self, QRect(self.width() - _PAD - room, 0, room, self.height()))
            words(painter, end, self._counter, font(11, 600), now.text3, TRAILING)

    def _counter_room(self) -> int:
        return text_width(font(11, 600), self._counter) + 8 if self._counter else 0
