# ruff: noqa: N802 — Qt names what is overridden
"""Icons as widgets: bare in an ink, or on a soft tile in a tone."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Ink, Tone, colour, paint_icon, tokens
from ui.widgets.drawing import rounded, smooth


class Picture(QWidget):
    """An icon that follows the theme; a decoration, silent for a screen reader."""

    def __init__(
        self, name: str, ink: Ink = Ink.SECONDARY, size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink = name, ink
        self.setFixedSize(size, size)

    def show_icon(self, name: str, ink: Ink) -> None:
        """Show another icon or another ink."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        paint_icon(smooth(self), QRectF(self.rect()), self._name, colour(self._ink).name())


class Tile(QWidget):
    """An icon on a soft rounded tile: what a figure, a row or an event is about."""

    def __init__(
        self,
        name: str,
        tone: Tone = Tone.INFO,
        size: int = 36,
        icon_size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._icon_size = name, tone, icon_size
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show another icon or another tone."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile and the icon in its middle."""
        del event
        painter = smooth(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, self.width() // 4 + 1, self._tone.fill(tokens()))
        gap = (self.width() - self._icon_size) / 2
        middle = whole.adjusted(gap, gap, -gap, -gap)
        paint_icon(painter, middle, self._name, colour(self._tone.ink).name())
