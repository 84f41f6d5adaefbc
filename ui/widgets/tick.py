# ruff: noqa: N802 — Qt names what is overridden
"""A box to tick, drawn as the tables draw theirs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Text as Step
from ui.theme import font, paint_icon, style_font, tokens
from ui.widgets.drawing import LEADING, facing, rounded, smooth, text_width, words
from ui.widgets.ring import KeyRing

_BOX, _GAP, _HEIGHT = 18, 8, 28
_EDGE = 2


class Tick(KeyRing, QCheckBox):
    """A yes or no with its words beside it; a grave one is drawn in the ink of danger."""

    def __init__(self, text: str, *, grave: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._grave = grave
        self.setFont(style_font(Step.BODY))
        self.setAccessibleName(plain(text))
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the box and the whole of its words."""
        width = text_width(font(13), self.text())
        return QSize(_BOX + _GAP + width + 2 * _EDGE, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the box and a few letters: the hint tells the rest."""
        return QSize(min(self.sizeHint().width(), 140), _HEIGHT)

    def hitButton(self, where: QPoint) -> bool:
        """Take a click anywhere on it."""
        return self.rect().contains(where)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, its tick and its words."""
        del event
        painter, now = smooth(self), tokens()
        accent = now.bad if self._grave else now.accent
        box = facing(self, QRect(_EDGE, (_HEIGHT - _BOX) // 2, _BOX, _BOX))
        border = accent if self.isChecked() else now.strong
        fill = accent if self.isChecked() else now.raised
        rounded(painter, QRectF(box), 5, fill, border, 1.4)
        if self.isChecked():
            paint_icon(painter, QRectF(box).adjusted(3, 3, -3, -3), "check", now.on_accent)
        start = _EDGE + _BOX + _GAP
        room = facing(self, QRect(start, 0, self.width() - start, _HEIGHT))
        ink = now.bad if self._grave else now.text if self.isEnabled() else now.text3
        words(painter, room, self.text(), style_font(Step.BODY), ink, LEADING)
        self.setToolTip("" if self.width() >= self.sizeHint().width() else plain(self.text()))
        if self.ringed:
            rounded(painter, QRectF(self.rect()), 6, None, now.focus, 2)
