# ruff: noqa: N802 — Qt names what is overridden
"""Keys drawn as keys, shown where they work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
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
        painter = smooth(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, _RADIUS, tokens().border)
        face = whole.adjusted(1, 1, -1, -2)
        rounded(painter, face, _RADIUS - 1, tokens().inset)
        words(
            painter,
            self.rect().adjusted(0, 0, 0, -1),
            self._key,
            font(11, 500),
            tokens().text2,
            CENTRE,
        )


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
