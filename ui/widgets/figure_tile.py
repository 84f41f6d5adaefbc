# ruff: noqa: N802 — Qt names what is overridden
"""A figure on a tile: how much of something there is, and the way to the list behind it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Radius, Text, Tone, colour, paint_icon, style_font, tokens
from ui.widgets.drawing import facing, rounded, smooth, text_width, words
from ui.widgets.ring import KeyRing

_HEIGHT = 72
_PAD, _SIGN, _ICON, _GAP = 14, 38, 20, 12
_FIGURE, _WORDS = 34, 18
_LEAST = 120
_NARROW = 200  # a narrower tile shows no sign, so that its words stand whole


class FigureTile(KeyRing, QPushButton):
    """A sign, a large figure and its words; pressed, it shows the list that it counts."""

    def __init__(
        self, icon: str, tone: Tone, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self._figure, self._meaning = "", ""
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedHeight(_HEIGHT)
        self.setToolTip(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """Return the figure that is shown."""
        return self._figure

    def show_figure(self, figure: str, meaning: str, tone: Tone | None = None) -> None:
        """Show another figure with its words, in another tone when one is given."""
        self._figure, self._meaning = figure, meaning
        self._tone = tone or self._tone
        self.setAccessibleName(plain(f"{figure} {meaning}"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the whole of its words."""
        widest = max(
            text_width(style_font(Text.FIGURE), self._figure),
            text_width(style_font(Text.SECONDARY), self._meaning),
        )
        return QSize(max(_LEAST, 2 * _PAD + widest), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the sign and a few letters."""
        return QSize(_LEAST, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile; the one whose list is shown has the edge of what is chosen."""
        del event
        painter, now = smooth(self), tokens()
        place = QRectF(self.rect())
        edge = now.focus if self.isChecked() or self.ringed else now.border
        ground = now.hover if self.underMouse() else now.surface
        width = 2 if self.ringed else 1.4
        rounded(painter, place, Radius.CARD, ground, edge, width)
        start = _PAD
        if self.width() >= _NARROW:
            self._paint_sign(painter)
            start += _SIGN + _GAP
        width_left = self.width() - start - _PAD // 2
        top = (_HEIGHT - _FIGURE - _WORDS) // 2 - 1
        figure = facing(self, QRect(start, top, width_left, _FIGURE))
        meaning = facing(self, QRect(start, top + _FIGURE, width_left, _WORDS))
        words(painter, figure, self._figure, style_font(Text.FIGURE), now.text)
        words(painter, meaning, self._meaning, style_font(Text.SECONDARY), now.text2)
        fits = text_width(style_font(Text.SECONDARY), self._meaning) <= width_left
        self.setStatusTip("" if fits else plain(self._meaning))

    def _paint_sign(self, painter: QPainter) -> None:
        sign = facing(self, QRect(_PAD, (_HEIGHT - _SIGN) // 2, _SIGN, _SIGN))
        rounded(painter, QRectF(sign), Radius.CARD, self._tone.fill(tokens()))
        inner = (_SIGN - _ICON) / 2
        ink = colour(self._tone.ink).name()
        paint_icon(painter, QRectF(sign).adjusted(inner, inner, -inner, -inner), self._icon, ink)
