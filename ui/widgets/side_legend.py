# ruff: noqa: N802 — Qt names what is overridden
"""The marks of a weapon in words, numbered as in the drawing beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stockpile.language import _, isolated, plain
from ui.theme import Radius, Text, style_font, tokens
from ui.widgets.drawing import LEADING, facing, rounded, smooth, text_width, words
from ui.widgets.ring import KeyRing
from ui.widgets.side_drawing import DISC, paint_number
from ui.widgets.side_places import Sign

HEIGHT: Final = 48
_PAD: Final = 10
_WORDS: Final = _PAD + DISC + 10
_LINE: Final = 20
_STEPS: Final = {
    Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1,
}  # fmt: skip


class SignRow(KeyRing, QAbstractButton):
    """One mark: its number, its text, what it is and where it stands.

    Signals:
        stepped: an arrow was pressed: one back or one on; large numbers mean an end.
    """

    stepped = Signal(int)

    def __init__(self, number: int, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = sign
        self._number = number
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken(number, sign))
        self.setToolTip(plain(f"{sign.text} · {under(sign)}"))

    def sizeHint(self) -> QSize:
        """Return the room for a text of usual length."""
        return QSize(260, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the number and a few letters."""
        return QSize(_WORDS + 80, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the mark before or after, or to the first or last."""
        ends = {Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}
        step = _STEPS.get(Qt.Key(event.key()), ends.get(Qt.Key(event.key()), 0))
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        painter, now = smooth(self), tokens()
        whole = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, whole, Radius.CONTROL, now.select)
        elif self.underMouse():
            rounded(painter, whole, Radius.CONTROL, now.hover)
        if self.ringed:
            rounded(painter, whole, Radius.CONTROL, None, now.focus, 2)
        disc = facing(self, QRect(_PAD, (HEIGHT - DISC) // 2, DISC, DISC))
        paint_number(painter, QRectF(disc).center(), self._number, self.sign, chosen=False)
        self._paint_text(painter)
        said = facing(self, QRect(_WORDS, _LINE + 5, self.width() - _WORDS - _PAD, _LINE))
        ink = now.text2 if self.isChecked() else now.text3
        words(painter, said, under(self.sign), style_font(Text.SECONDARY), ink, LEADING)

    def _paint_text(self, painter: QPainter) -> None:
        letters, now = style_font(Text.IDENTIFIER), tokens()
        line = QRect(_WORDS, 5, self.width() - _WORDS - _PAD, _LINE)
        shown = self.sign.text or _("No text")
        colour = now.accent if self.sign.ours else now.text
        words(painter, facing(self, line), isolated(shown), letters, colour, LEADING)
        if self.sign.obliterated:
            long = min(text_width(letters, shown), line.width())
            through = facing(self, QRect(line.x(), line.center().y(), long, 1))
            painter.setPen(QPen(QColor(now.bad), 1.5))
            painter.drawLine(QPointF(through.topLeft()), QPointF(through.topRight()))


def under(sign: Sign) -> str:
    """Return the second line: what the mark is, where it stands, and what is special about it."""
    told = [sign.title, sign.note]
    told += [_("applied by us")] if sign.ours else []
    told += [_("obliterated")] if sign.obliterated else []
    return " · ".join(filter(None, told))


def spoken(number: int, sign: Sign) -> str:
    """Return what a screen reader says of a mark."""
    text = sign.text or _("No text")
    return plain(f"{number + 1}. {text}. {under(sign)}")
