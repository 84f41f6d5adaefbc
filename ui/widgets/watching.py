# ruff: noqa: N802 — Qt names what is overridden
"""What hands do at the desk, in whatever window: that somebody is here, badges, the keys to lock.

Only the window and the control that have the focus are watched: a filter over the whole program
would see every event of every widget, at a cost that scans at a counter feel.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from stockpile.domain.badges import badge_at_end, read_badge

_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
})  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEPT = 24
"""Letters that are kept of what was typed: a badge with a scanner's sign in front."""
_L = 0x4C
"""The key L as Windows numbers keys, whatever letter the layout puts on it."""


class Watch(QObject):
    """Follows the focus.

    Signals:
        touched: a key, a click, a turn of the wheel.
        badge: a badge was scanned where the cursor stands; its letters are taken out again.
        lock_wanted: the keys that lock were pressed in a window that has no shortcut for them.
    """

    touched = Signal()
    badge = Signal(str)
    lock_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._typed = ""
        self._window: QWindow | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        application.focusWindowChanged.connect(self._follow_window)
        self._follow_focus(None, application.focusWidget())
        self._follow_window(application.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at one event; keep from the rest what is for the desk as a whole."""
        if event.type() in _TOUCHES:
            self.touched.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return isinstance(watched, QWidget) and self._press(watched, event)
        return False

    def forget(self) -> None:
        """Forget what was typed."""
        self._typed = ""

    # --- inside -----------------------------------------------------------------------------

    def _press(self, watched: QWidget, event: QKeyEvent) -> bool:
        if _locks(event):
            self.lock_wanted.emit()
            return True
        if event.key() not in _ENTER:
            self._remember(event.text())
            return False
        typed, self._typed = self._typed, ""
        line = _line_of(watched)
        count = badge_at_end(typed) or badge_at_end(_before_cursor(line))
        if not count:
            return False
        badge = (typed if badge_at_end(typed) else _before_cursor(line))[-count:]
        _take_out(line, badge)
        self.badge.emit(read_badge(badge))
        return True

    def _remember(self, text: str) -> None:
        if text:  # Shift and its like say nothing; what edits begins anew
            self._typed = (self._typed + text)[-_KEPT:] if text.isprintable() else ""

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and shiboken6.isValid(old):
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def _follow_window(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)


_Line = QLineEdit | QPlainTextEdit | None


def _locks(event: QKeyEvent) -> bool:
    is_l = event.key() == Qt.Key.Key_L or event.nativeVirtualKey() == _L
    return is_l and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def _line_of(widget: QWidget) -> _Line:
    """Return what is typed into where the focus is."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit) else None


def _before_cursor(line: _Line) -> str:
    if isinstance(line, QLineEdit):
        return line.text()[: line.cursorPosition()]
    if line is not None:
        cursor = line.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]
    return ""


def _take_out(line: _Line, badge: str) -> None:
    """Take the badge out of what stands before the cursor; what was half-typed before it stays."""
    if not _before_cursor(line).endswith(badge):
        return
    if isinstance(line, QLineEdit):
        line.setSelection(line.cursorPosition() - len(badge), len(badge))
        line.del_()
    elif line is not None:
        cursor = line.textCursor()
        mode = cursor.MoveMode.KeepAnchor
        cursor.movePosition(cursor.MoveOperation.PreviousCharacter, mode, len(badge))
        cursor.removeSelectedText()
