# ruff: noqa: N802 — Qt names what is overridden
"""A photo as large as its room, or larger: zoomed round what is looked at, and dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Radius, Text, paint_icon, style_font, tokens
from ui.widgets.drawing import CENTRE, rounded, smooth, words

STEP: Final = 1.25
LARGEST: Final = 8.0
"""Screen pixels for a photo's pixel: enough to see how a character was cut."""
_SMALLEST = QSize(320, 240)
_ICON = 32
_NOTCH = 120


class PhotoCanvas(QWidget):
    """One photo that can be zoomed and moved.

    Signals:
        zoomed: another part or size of it is shown.
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._said, self._icon = "", "image"
        self._scale, self._fits = 1.0, True
        self._centre = QPointF()
        self._grip: QPointF | None = None
        self.setMinimumSize(_SMALLEST)

    @property
    def percent(self) -> int:
        """Return how large the photo is shown, 100 being a screen pixel for each of its own."""
        return round(self._scale * 100)

    @property
    def fits(self) -> bool:
        """Say whether the whole photo is shown, as large as the room allows."""
        return self._fits

    @property
    def has_picture(self) -> bool:
        """Say whether there is a photo to look at."""
        return not self._picture.isNull()

    def show_picture(self, picture: QPixmap) -> None:
        """Show another photo whole."""
        self._picture, self._said = picture, ""
        self.fit()

    def say(self, text: str, icon: str = "image") -> None:
        """Say why no photo is shown."""
        self._picture, self._said, self._icon = QPixmap(), text, icon
        self.fit()

    def fit(self) -> None:
        """Show the whole photo."""
        self._fits = True
        self._settle()

    def show_real_size(self) -> None:
        """Show a screen pixel for each pixel of the photo."""
        self._zoom_to(1.0, self._middle())

    def zoom(self, steps: float, around: QPointF | None = None) -> None:
        """Zoom in by so many steps, or out; the point ``around`` stays where it is."""
        middle = self._middle()
        self._zoom_to(self._scale * STEP**steps, around if around is not None else middle)

    def move_by(self, by: QPointF) -> None:
        """Move the photo by pixels of the screen, as far as there is more of it to see."""
        self._centre -= by * (1 / self._scale)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom round the pointer."""
        self.zoom(event.angleDelta().y() / _NOTCH, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo."""
        self._grip = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grip is not None:
            self.move_by(event.position() - self._grip)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        del event
        self._grip = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show real size round the pointer, or the whole again."""
        if self._fits:
            self._zoom_to(max(1.0, self._scale * STEP**3), event.position())
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is shown in the new room."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo, or why there is none."""
        del event
        painter = smooth(self)
        rounded(painter, QRectF(self.rect()), Radius.CARD, tokens().inset)
        if self.has_picture:
            painter.setClipRect(self.rect())
            smoothly = self._scale < 2  # noqa: PLR2004 - from there on the pixels themselves matter
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smoothly)
            painter.drawPixmap(self.place(), self._picture, QRectF(self._picture.rect()))
        else:
            self._paint_words(painter)

    def place(self) -> QRectF:
        """Return where the whole photo lies now, in pixels of this widget."""
        size = self._picture.size()
        middle = self._middle() - self._centre * self._scale
        return QRectF(
            middle.x(), middle.y(), size.width() * self._scale, size.height() * self._scale
        )

    def _paint_words(self, painter: QPainter) -> None:
        icon = QRectF(0, 0, _ICON, _ICON)
        icon.moveCenter(self._middle() - QPointF(0, _ICON / 2))
        paint_icon(painter, icon, self._icon, tokens().text3)
        line = self.rect().adjusted(0, 2 * _ICON, 0, 0)
        words(painter, line, self._said, style_font(Text.BODY), tokens().text2, CENTRE)

    def _zoom_to(self, scale: float, around: QPointF) -> None:
        if not self.has_picture:
            return
        middle = self._middle()
        seen = self._centre + (around - middle) * (1 / self._scale)
        self._scale = min(max(scale, self._whole()), LARGEST)
        self._fits = self._scale <= self._whole()
        self._centre = seen - (around - middle) * (1 / self._scale)
        self._settle()

    def _middle(self) -> QPointF:
        return QRectF(self.rect()).center()

    def _whole(self) -> float:
        """Return the scale at which the whole photo fits; a small one is not blown up."""
        size = self._picture.size()
        if size.isEmpty():
            return 1.0
        return min(self.width() / size.width(), self.height() / size.height(), 1.0)

    def _settle(self) -> None:
        """Keep the photo in its room: no further out than its edges."""
        size = self._picture.size()
        if self._fits:
            self._scale = self._whole()
        self._centre = QPointF(
            _kept(self._centre.x(), size.width(), self.width() / self._scale),
            _kept(self._centre.y(), size.height(), self.height() / self._scale),
        )
        self.update()
        self.zoomed.emit()


def _kept(centre: float, length: int, seen: float) -> float:
    """Return where along one side to look so that nothing beyond the photo is shown in vain."""
    if seen >= length:
        return length / 2
    return min(max(centre, seen / 2), length - seen / 2)
