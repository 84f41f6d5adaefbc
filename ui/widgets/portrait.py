"""A person's face, or a tile where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from ui.theme import Tone
from ui.widgets.picture import Tile


class Portrait(QStackedWidget):
    """A square: the photo that was asked for last, cut to it from its middle."""

    def __init__(self, size: int = 72, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.face = QLabel()
        self._digest = ""
        self.addWidget(Tile("user", Tone.INFO, size, size * 4 // 9))
        self.addWidget(self.face)

    @property
    def shows_face(self) -> bool:
        """Return whether a photo is in sight."""
        return self.currentWidget() is self.face

    def expect(self, digest: str) -> None:
        """Wait for a photo; the tile until it comes, and for nobody's."""
        self._digest = digest
        self.setCurrentIndex(0)

    def show_photo(self, digest: str, content: bytes) -> None:
        """Show a photo, if it is the one that is waited for and can be read."""
        picture = QPixmap.fromImage(QImage.fromData(content))
        if not digest or digest != self._digest or picture.isNull():
            return
        side = self.width()
        grown = picture.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        left, top = (grown.width() - side) // 2, (grown.height() - side) // 2
        self.face.setPixmap(grown.copy(left, top, side, side))
        self.setCurrentWidget(self.face)
