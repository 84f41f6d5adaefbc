# ruff: noqa: N802 — Qt names what is overridden
"""Keys drawn as keys, shown where they work."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Space, font, tokens
from ui.widgets.arrange import row
from ui.widgets.drawing import CENTRE, rounded, smooth, text_width, words
from ui.widgets.text import secondary

_HEIGHT = 20
_PAD = 7
_RADIUS = 5
_LEAST = 22


class Keycap(QWidget):
    """One key."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.setFixedSize(keycap_size(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key with its thick lower edge."""
        del event
        paint_keycap(smooth(self), self.rect(), self._key)


class Shortcut(QWidget):
    """The keys of a command side by side, such as "Ctrl+K", and what they do."""

    def __init__(self, keys: str, meaning: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        caps = [Keycap(key) for key in split_keys(keys)]
        said = [secondary(meaning)] if meaning else []
        together = QWidget()
        together.setLayout(row(*caps, gap=Space.XS))
        # Keys stand on the keyboard in one order, whatever the direction of reading.
        together.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setLayout(row(together, *said, gap=Space.S - 2))
        self.setAccessibleName(f"{keys} {meaning}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def split_keys(keys: str) -> list[str]:
    """Return the single keys of a combination or of a sequence: "Ctrl+K", "G M", "Ctrl++"."""
    whole = [part for part in keys.replace("++", "+\0").replace("+", " ").split(" ") if part]
    return [part.replace("\0", "+") for part in whole]


def keycap_size(key: str) -> QSize:
    """Return the size of the drawn key."""
    return QSize(max(_LEAST, text_width(font(11, 500), key) + 2 * _PAD), _HEIGHT)


def paint_keycap(painter: QPainter, where: QRect, key: str) -> None:
    """Draw a key with its thick lower edge."""
    now = tokens()
    rounded(painter, QRectF(where), _RADIUS, now.border)
    rounded(painter, QRectF(where).adjusted(1, 1, -1, -2), _RADIUS - 1, now.inset)
    words(painter, where.adjusted(0, 0, 0, -1), key, font(11, 500), now.text2, CENTRE)
