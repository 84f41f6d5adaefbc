# ruff: noqa: N802 — Qt names what is overridden
"""A place to sign with a pen, a finger or the mouse; what is drawn comes back as a picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Ink, Radius, Text, colour, style_font, tokens
from ui.widgets.drawing import rounded, smooth, words

_PEN = 2.4
_SHARPNESS = 2  # pixels of the picture to a pixel of the screen
_LEAST = 3  # points: a touch by accident is no signature
_BASE = 44  # the line to sign on stands so far above the lower edge
_QUALITY = 90


class SignaturePad(QWidget):
    """Takes what is drawn on it. It has no mirror: a hand signs as it signs in any language.

    Signals:
        changed: something was drawn, or all of it was wiped away.
    """

    changed = Signal()

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._strokes: list[QPolygonF] = []
        self.setAccessibleName(plain(name))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_signed(self) -> bool:
        """Say whether more stands there than a touch by accident."""
        return sum(one.count() for one in self._strokes) >= _LEAST

    def clear(self) -> None:
        """Wipe all of it away."""
        self._strokes.clear()
        self.changed.emit()
        self.update()

    def jpeg(self) -> bytes:
        """Return what is drawn as a JPEG, black on white, twice as large; b"" for nothing."""
        if not self.is_signed:
            return b""
        picture = QImage(self.size() * _SHARPNESS, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(_SHARPNESS, _SHARPNESS)
        self._paint_strokes(painter, QColor(Qt.GlobalColor.black))
        painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # a device will do
        return bytes(content.data())

    def sizeHint(self) -> QSize:
        """Return the room that a hand needs."""
        return QSize(440, 160)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        self._strokes.append(QPolygonF([event.position()]))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, as long as the pen is down."""
        if self._strokes and event.buttons():
            self._strokes[-1].append(self._within(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        del event
        self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, the line and the strokes."""
        del event
        painter = smooth(self)
        place = QRectF(self.rect())
        rounded(painter, place, Radius.CONTROL, tokens().inset, tokens().strong)
        base = place.bottom() - _BASE
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(QPointF(place.left() + 24, base), QPointF(place.right() - 24, base))
        below = QRectF(place.left() + 24, base + 6, place.width() - 48, _BASE - 12).toRect()
        words(painter, below, self._hint, style_font(Text.SECONDARY), colour(Ink.MUTED).name())
        self._paint_strokes(painter, colour(Ink.TEXT))

    def _paint_strokes(self, painter: QPainter, ink: QColor) -> None:
        pen = QPen(ink, _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            if stroke.count() == 1:
                painter.drawPoint(stroke.first())
            for at in range(stroke.count() - 1):  # short lines: a long soft polyline is very slow
                painter.drawLine(stroke.at(at), stroke.at(at + 1))

    def _within(self, point: QPointF) -> QPointF:
        x = min(max(point.x(), 0.0), float(self.width()))
        return QPointF(x, min(max(point.y(), 0.0), float(self.height())))
