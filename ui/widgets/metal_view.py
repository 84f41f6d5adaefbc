# ruff: noqa: N802 — Qt names what is overridden
"""A photo of metal, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, colour
from ui.widgets.drawing import smooth

_SMALLEST = QSize(240, 120)


class MetalView(QWidget):
    """One picture, whole and in its own shape, with a thin edge."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_SMALLEST)

    @property
    def image(self) -> QImage:
        """Return what is shown."""
        return self._image

    def show_picture(self, png: bytes) -> None:
        """Show another picture; one that cannot be read shows nothing."""
        self._image = QImage.fromData(png)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle."""
        del event
        if self._image.isNull():
            return
        room = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - room.width()) / 2, 0, room.width(), room.height()
        )  # fmt: skip
        painter = smooth(self)
        painter.drawImage(place, self._image)
        painter.setPen(colour(Ink.MUTED))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
