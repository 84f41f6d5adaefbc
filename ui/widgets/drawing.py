"""Strokes that the painted widgets share: rounded shapes, words, focus rings, mirrored places."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

from ui.theme import Letters, TextStyle, font

_LINE = int(Qt.TextFlag.TextSingleLine)
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | _LINE
TRAILING = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | _LINE
CENTRE = int(Qt.AlignmentFlag.AlignCenter) | _LINE
"""Where a line of text stands; plain numbers, because a table adds them up ten thousand times."""

_REMEMBERED = 16384


def smooth(widget: QWidget) -> QPainter:
    """Return a painter on the widget that draws without steps in its curves."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter,
    where: QRectF,
    radius: float,
    fill: str | None,
    border: str | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle whose border lies inside `where`."""
    inset = width / 2 if border else 0.0
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), radius, radius)


def words(
    painter: QPainter,
    where: QRect,
    text: str,
    letters: Letters,
    colour: str,
    alignment: int = LEADING,
) -> None:
    """Draw one line of text, shortened with an ellipsis when it does not fit.

    Qt mirrors the alignment by the painter's direction: left means where reading starts.
    """
    painter.setFont(letters)
    painter.setPen(QColor(colour))
    painter.drawText(where, alignment, fitting(text, letters.step, where.width()))


@lru_cache(maxsize=_REMEMBERED)
def fitting(text: str, step: TextStyle, width: int) -> str:
    """Return as much of a text as fits into the width; a list asks the same again and again."""
    letters = font(step.size, step.weight, mono=step.mono)
    return QFontMetrics(letters).elidedText(text, Qt.TextElideMode.ElideRight, width)


def facing(widget: QWidget, where: QRect) -> QRect:
    """Return a place counted from where reading starts as Qt's own, from the left."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), where)


def text_width(letters: Letters, text: str) -> int:
    """Return how many pixels a line of text needs."""
    return _measured(letters.step, text)


@lru_cache(maxsize=_REMEMBERED)
def _measured(step: TextStyle, text: str) -> int:
    letters = font(step.size, step.weight, mono=step.mono)
    return ceil(QFontMetricsF(letters).horizontalAdvance(text)) + 1
