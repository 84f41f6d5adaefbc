# ruff: noqa: N802 — Qt names what is overridden
"""A status as a soft fill, a dot and a word: never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Height, Radius, Tone, colour, font, paint_icon, tokens
from ui.widgets.drawing import rounded, smooth, text_width, words

_PAD = 8
_DOT = 6
_ICON = 14
_GAP = 5
_LEAST = 44


class Chip(QWidget):
    """A status with its word, and a dot or an icon before it."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.GREY,
        *,
        dot: bool = True,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dot, self._icon = dot and not icon, icon
        self._text, self._tone = "", tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_status(text, tone)

    @property
    def text(self) -> str:
        """Return the word."""
        return self._text

    def show_status(self, text: str, tone: Tone, icon: str | None = None) -> None:
        """Show another status; the same one costs nothing."""
        if (text, tone) == (self._text, self._tone) and icon in (None, self._icon):
            return
        self._text, self._tone = text, tone
        if icon is not None:
            self._icon, self._dot = icon, self._dot and not icon
        self.setAccessibleName(plain(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the whole word."""
        return QSize(chip_width(self._text, dot=self._dot, icon=bool(self._icon)), Height.CHIP)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the dot and a few letters."""
        return QSize(min(_LEAST, self.sizeHint().width()), Height.CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        del event
        painter = smooth(self)
        fits = self.width() >= self.sizeHint().width()
        self.setToolTip("" if fits else plain(self._text))
        paint_chip(painter, self.rect(), self._text, self._tone, dot=self._dot, icon=self._icon)


def chip_width(text: str, *, dot: bool = True, icon: bool = False) -> int:
    """Return how wide a chip with this word is, in pixels."""
    mark = _DOT + _GAP if dot else _ICON + _GAP if icon else 0
    return text_width(font(12, 500), text) + 2 * _PAD + mark


def paint_chip(
    painter: QPainter, where: QRect, text: str, tone: Tone, *, dot: bool = True, icon: str = ""
) -> None:
    """Draw a chip that fills the rectangle, mirrored as the painter is."""
    ink = colour(tone.ink).name()
    rounded(painter, QRectF(where), Radius.CHIP, tone.fill(tokens()))
    room = where.adjusted(_PAD, 0, -_PAD, 0)
    if dot or icon:
        size = _ICON if icon else _DOT
        mark = QRect(room.x(), where.center().y() - size // 2 + 1, size, size)
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            mark.moveLeft(room.right() - size + 1)
        _paint_mark(painter, mark, icon, ink)
        room.adjust(0, 0, -size - _GAP, 0) if mirrored else room.adjust(size + _GAP, 0, 0, 0)
    words(painter, room, text, font(12, 500), ink)


def _paint_mark(painter: QPainter, where: QRect, icon: str, ink: str) -> None:
    if icon:
        paint_icon(painter, QRectF(where), icon, ink)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(QRectF(where))
