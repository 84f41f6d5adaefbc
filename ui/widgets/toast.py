# ruff: noqa: N802 — Qt names what is overridden
"""A short notice at the foot of the window, with one thing to do about it: mostly Undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from stockpile.language import plain
from ui.theme import Ink, Radius, Text, Tone, colour, font, tokens
from ui.widgets.arrange import row
from ui.widgets.drawing import rounded, smooth
from ui.widgets.picture import Picture
from ui.widgets.ring import KeyRing
from ui.widgets.text import Label

LIFE = 10_000
"""How long a notice stays, in milliseconds: long enough to read it and to undo."""

_HEIGHT = 46
_FOOT = 28
_INKS = {Tone.OK: "circle-check", Tone.WARN: "triangle-alert", Tone.BAD: "triangle-alert"}


class _Action(KeyRing, QPushButton):
    """The word on the dark ground that can be pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setFont(font(13, 600))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(44, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, and a ring when it has the focus."""
        del event
        painter = smooth(self)
        if self.ringed:
            place = self.rect().toRectF()
            rounded(painter, place, Radius.CHIP, None, tokens().toast_accent, 2)
        painter.setFont(self.font())
        painter.setPen(colour(Ink.TOAST_ACCENT))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Toast(QFrame):
    """The notice; a newer one takes the place of an older one.

    Signals:
        acted: the person pressed the action.
        gone: the notice went away without it.
    """

    acted = Signal()
    gone = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("surface", "toast")
        self.setFixedHeight(_HEIGHT)
        self._picture = Picture("circle-check", Ink.TOAST_ACCENT)
        self._label = Label("", Text.STRONG, Ink.TOAST_TEXT)
        self._action = _Action(self)
        self._action.clicked.connect(self._act)
        edges = (14, 0, 10, 0)
        self._row = row(self._picture, self._label, 8, self._action, gap=10, margins=edges)
        self.setLayout(self._row)
        self._host = host
        self._life = QTimer(self)
        self._life.setSingleShot(True)
        self._life.timeout.connect(self._go)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, action: str = "", tone: Tone = Tone.OK) -> None:
        """Show a notice for ten seconds, longer while the pointer rests on it."""
        self._picture.show_icon(_INKS.get(tone, "info"), Ink.TOAST_ACCENT)
        self._label.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(plain(text))
        self._stand()
        self.show()
        self.raise_()
        self._life.start(LIFE)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def act(self) -> None:
        """Do what the action says, as if it were pressed: for Ctrl+Z."""
        if self.isVisible() and self._action.text():
            self._act()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while somebody reads."""
        super().enterEvent(event)
        self._life.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Live on from here."""
        super().leaveEvent(event)
        self._life.start(LIFE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the foot of the window when its size changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        self._row.activate()
        room = self._host.size()
        width = min(self.sizeHint().width(), room.width() - 2 * _FOOT)
        left = (room.width() - width) // 2
        self.setGeometry(QRect(left, room.height() - _HEIGHT - _FOOT, width, _HEIGHT))

    def _act(self) -> None:
        self._life.stop()
        self.hide()
        self.acted.emit()

    def _go(self) -> None:
        self.hide()
        self.gone.emit()
