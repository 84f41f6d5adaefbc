"""Strokes that the painted widgets share: rounded shapes, words, focus rings, mirrored places."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


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
    font: QFont,
    colour: str,
    alignment: Qt.AlignmentFlag = LEADING,
) -> None:
    """Draw one line of text, shortened with an ellipsis when it does not fit.

    Qt mirrors the alignment by the painter's direction: left means where reading starts.
    """
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, alignment | Qt.TextFlag.TextSingleLine, fitting)


def facing(widget: QWidget, where: QRect) -> QRect:
    """Return a place counted from where reading starts as Qt's own, from the left."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), where)


def text_width(font: QFont, text: str) -> int:
    """Return how many pixels a line of text needs."""
    return ceil(QFontMetricsF(font).horizontalAdvance(text)) + 1
