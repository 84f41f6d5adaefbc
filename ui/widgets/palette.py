# ruff: noqa: N802 — Qt names what is overridden
"""One door to every command, page and weapon: Ctrl+K, a few letters, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from stockpile.language import _
from ui.theme import Ink, Space, Text, style_font, tokens
from ui.widgets.arrange import STRETCH, Share, column, row, rule
from ui.widgets.keycap import Keycap, Shortcut
from ui.widgets.offers import Offer, OfferList
from ui.widgets.picture import Picture
from ui.widgets.text import secondary

_WIDTH = 640
_TOP = 60
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

__all__ = ["Offer", "Palette"]


class Palette(QWidget):
    """A veil over the window, and on it a line to type in with what it finds.

    Signals:
        asked: the text has changed: the text, and the number that `offer` must be given.
        chosen: the key of the offer that the person took.
        closed: the palette has gone, by Esc, by a choice, or by a press beside it.
    """

    asked = Signal(str, int)
    chosen = Signal(str)
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host, self._number = host, 0
        self._before: QWidget | None = None
        self._line = QLineEdit()
        self._line.setProperty("bare", "true")
        self._line.setFont(style_font(Text.SENTENCE))
        self._line.setFixedHeight(40)
        self._line.setPlaceholderText(_("Search or type a command"))
        self._line.setAccessibleName(_("Search or type a command"))
        self._line.textChanged.connect(self._ask)
        self._line.installEventFilter(self)
        self._list = OfferList()
        self._list.taken.connect(self._take)
        self._panel = QFrame(self)
        self._panel.setProperty("surface", "dialog")
        head = row(
            Picture("search", Ink.SECONDARY, 20),
            Share(self._line),
            Keycap("Esc"),
            gap=Space.L,
            margins=(Space.S, 0, Space.S, 0),
        )
        foot = row(
            Keycap("↑"),
            Shortcut("↓", _("choose")),
            Space.S,
            Shortcut("Enter", _("run")),
            STRETCH,
            secondary(_("scan a code here too")),
            gap=Space.XS,
            margins=(Space.M, 0, Space.M, 0),
        )
        edges = (Space.S, Space.S, Space.S, Space.M)
        self._panel.setLayout(column(head, rule(), self._list, foot, gap=Space.S, margins=edges))
        host.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the palette, empty, and put the cursor in it."""
        self._before = self._host.window().focusWidget()
        self._line.clear()
        self._list.show_offers(())
        self._stand()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ask("")

    def close_palette(self) -> None:
        """Put the palette away."""
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def offer(self, number: int, offers: Sequence[Offer]) -> None:
        """Show what was found; an answer to an older text is dropped."""
        if number == self._number:
            self._list.show_offers(offers)
            self._stand()

    def type_text(self, text: str) -> None:
        """Put a text into the line as if typed: for a scanned code."""
        self._line.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the veil."""
        del event
        QPainter(self).fillRect(self.rect(), QColor(tokens().scrim))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away when the person presses beside the panel."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter work while the cursor stays in the line."""
        if watched is self._line and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._stand()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key in _ENTER:
            self._list.take_current()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key == Qt.Key.Key_Tab  # nothing else here can have the focus
        return True

    def _ask(self, text: str) -> None:
        self._number += 1
        self.asked.emit(text, self._number)

    def _take(self, key: str) -> None:
        self.close_palette()
        self.chosen.emit(key)

    def _stand(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(_WIDTH, self.width() - 2 * Space.L)
        self._panel.setFixedWidth(width)
        self._panel.adjustSize()
        left = (self.width() - width) // 2
        self._panel.setGeometry(QRect(left, _TOP, width, self._panel.sizeHint().height()))
