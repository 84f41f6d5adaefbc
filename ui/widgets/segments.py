# ruff: noqa: N802 — Qt names what is overridden
"""Ways to do one thing, side by side: one of them is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Height, Radius, font, tokens
from ui.widgets.arrange import row
from ui.widgets.drawing import CENTRE, rounded, smooth, text_width, words
from ui.widgets.ring import KeyRing

_PAD = 12
_INSET = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the ways: its name in the program, its word, and its key."""

    key: str
    title: str
    shortcut: str = ""


class Segments(QWidget):
    """The ways in one frame.

    Signals:
        chosen: the person wants another one: its name in the program.
    """

    chosen = Signal(str)

    def __init__(self, segments: Sequence[Segment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = {one.key: _Part(one) for one in segments}
        for key, part in self._parts.items():
            part.clicked.connect(partial(self._press, key))
        self.setLayout(row(*self._parts.values(), gap=0, margins=(_INSET,) * 4))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.choose(segments[0].key)

    @property
    def current(self) -> str:
        """Return the name of the way that is chosen."""
        return next(key for key, part in self._parts.items() if part.isChecked())

    def choose(self, key: str) -> None:
        """Show another way as the chosen one; nobody is told."""
        for name, part in self._parts.items():
            part.setChecked(name == key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        del event
        rounded(smooth(self), QRectF(self.rect()), Radius.CONTROL, tokens().inset, tokens().border)

    def _press(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)


class _Part(KeyRing, QPushButton):
    """One of the ways; the chosen one lies on the paper."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment.title)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFont(font(13, 500))
        self.setFixedHeight(Height.CONTROL - 2 * _INSET)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain(segment.title))
        self.setToolTip(segment.shortcut)

    def sizeHint(self) -> QSize:
        """Return the room for the whole word."""
        return QSize(text_width(font(13, 500), self.text()) + 2 * _PAD, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a word on a button is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part."""
        del event
        painter, now = smooth(self), tokens()
        whole = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, whole, Radius.CONTROL - 2, now.surface, now.strong)
        elif self.underMouse():
            rounded(painter, whole, Radius.CONTROL - 2, now.hover)
        ink = now.text if self.isChecked() else now.text2
        words(painter, self.rect(), self.text(), font(13, 500), QColor(ink).name(), CENTRE)
        if self.ringed:
            rounded(painter, whole, Radius.CONTROL - 2, None, now.focus, 2)
