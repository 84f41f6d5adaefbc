# ruff: noqa: N802 — Qt names what is overridden
"""One sentence at the foot of the window: quiet as long as nothing is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Radius, Tone, font, paint_icon, tokens
from ui.widgets.drawing import LEADING, facing, rounded, smooth, words
from ui.widgets.ring import KeyRing

QUIET, LOUD = 24, 42
"""Heights in pixels: a line; two lines where words say what to do."""
_ICON = 14
_WORDS = 26
_WRAPPED = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)


class StatusLine(KeyRing, QAbstractButton):
    """The sentence, its icon and its colour; pressed, it leads to where more is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "database", Tone.GREY
        self.setFixedHeight(QUIET)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tone(self) -> Tone:
        """What colour it speaks in."""
        return self._tone

    def say(self, text: str, icon: str, tone: Tone, details: str = "") -> None:
        """Show a sentence; the whole of it and the details are its tooltip."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.setToolTip(f"{text}\n{details}".strip())
        self.setAccessibleName(plain(text))
        self.setFixedHeight(LOUD if tone is Tone.BAD else QUIET)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it takes where there is much."""
        return QSize(400, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the least room: it is shortened, never the window widened."""
        return QSize(80, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon and the sentence."""
        del event
        painter, now = smooth(self), tokens()
        place = QRectF(self.rect())
        is_loud = self._tone is Tone.BAD
        if is_loud:
            rounded(painter, place, Radius.CONTROL, now.bad_soft)
        elif self.underMouse():
            rounded(painter, place, Radius.CONTROL, now.border)
        if self.ringed:
            rounded(painter, place, Radius.CONTROL, None, now.focus, 2)
        ink = now.text2 if self._tone in (Tone.GREY, Tone.OK) else getattr(now, self._tone.ink)
        mark = QRect(6, (self.height() - _ICON) // 2, _ICON, _ICON)
        paint_icon(painter, QRectF(facing(self, mark)), self._icon, ink)
        room = facing(self, QRect(_WORDS, 0, self.width() - _WORDS - 6, self.height()))
        if is_loud:
            painter.setFont(font(12, 500))
            painter.setPen(QColor(now.text))
            painter.drawText(room, _WRAPPED, self.text())
        else:
            words(painter, room, self.text(), font(12), ink, LEADING)
