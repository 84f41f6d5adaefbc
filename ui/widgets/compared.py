# ruff: noqa: N802 — Qt names what is overridden
"""An identifier with some of its characters marked: where it differs from another one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile.language import _
from ui.theme import Text, style_font, tokens
from ui.widgets.drawing import CENTRE, rounded, smooth

_STYLE = Text.IDENTIFIER_FIELD
_HEIGHT = 24
_LINE = 2
_SPILL = 6  # letters of other scripts are wider than their place


class Compared(QWidget):
    """The characters in their own order always; a marked one lies on a ground and has a line."""

    def __init__(
        self, text: str, marked: Sequence[bool] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._marked: tuple[bool, ...] = ()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_text(text, marked)

    def show_text(self, text: str, marked: Sequence[bool] = ()) -> None:
        """Show another identifier and mark these of its characters."""
        self._text, self._marked = text, tuple(marked)
        self.setAccessibleName(self._spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all characters."""
        return QSize(ceil(max(1, len(self._text)) * _cell()), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the characters one beside the other."""
        del event
        painter = smooth(self)
        for number, character in enumerate(self._text):
            start, end = round(number * _cell()), round((number + 1) * _cell())
            place = QRect(start, 0, end - start, _HEIGHT)
            if number < len(self._marked) and self._marked[number]:
                _paint_mark(painter, place)
                ink = tokens().warn
            else:
                ink = tokens().text
            painter.setFont(style_font(_STYLE))
            painter.setPen(QColor(ink))
            painter.drawText(place.adjusted(-_SPILL, 0, _SPILL, 0), CENTRE, character)

    def _spoken(self) -> str:
        pairs = zip(self._text, self._marked, strict=False)
        differs = " ".join(character for character, marked in pairs if marked)
        if not differs:
            return self._text
        return _("{text}, differs in {characters}").format(text=self._text, characters=differs)


def _cell() -> float:
    return QFontMetricsF(style_font(_STYLE)).horizontalAdvance("0")


def _paint_mark(painter: QPainter, place: QRect) -> None:
    rounded(painter, QRectF(place).adjusted(0, 1, 0, -1), 3, tokens().warn_soft)
    line = QRect(place.left() + 1, place.bottom() - 1 - _LINE, place.width() - 2, _LINE)
    painter.fillRect(line, QColor(tokens().warn))
