# ruff: noqa: N802 — Qt names what is overridden
"""The lock over everything: no window of the program shows anything until somebody proves it.

Windows are hidden, never closed: what is half-typed in them comes back as it was. One that opens
behind the lock, because work came to its end there, waits with them.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolTip, QWidget

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class Cover(QObject):
    """Puts a screen in front of all that the program shows, and takes it away again."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._hidden: list[QWidget] = []
        self._below: QWidget | None = None
        self._cursor: QWidget | None = None

    def put_on(self, screen: QWidget) -> None:
        """Hide every other window and show the screen in the place of the page."""
        self._below, self._cursor = self._stack.currentWidget(), QApplication.focusWidget()
        _close_passing()
        self._hidden = sorted(filter(self._shows, QApplication.topLevelWidgets()), key=_depth)
        for window in reversed(self._hidden):
            window.hide()
        self._stack.setCurrentWidget(screen)
        self._stack.window().activateWindow()
        _application().installEventFilter(self)

    def take_off(self) -> None:
        """Show everything as it was, the cursor where it stood."""
        _application().removeEventFilter(self)
        if self._below is not None:
            self._stack.setCurrentWidget(self._below)
        hidden, self._hidden = self._hidden, []
        for window in filter(shiboken6.isValid, hidden):
            window.show()
            window.activateWindow()
        if self._cursor is not None and shiboken6.isValid(self._cursor):
            self._cursor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._below = self._cursor = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a window that opens behind the lock."""
        shown = watched if event.type() == QEvent.Type.Show else None
        if isinstance(shown, QWidget) and self._shows(shown):
            self._hidden.append(shown)
            # Hidden at once it would come back as it is being shown, and block what it lies over.
            shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, partial(self._hide, shown))
        return False

    def _hide(self, late: QWidget) -> None:
        """Hide a window that was kept off the screen; without the lock it may be seen."""
        if shiboken6.isValid(late):
            late.hide()
            late.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
            if late not in self._hidden:
                late.show()

    def _shows(self, widget: QWidget) -> bool:
        """Say whether a window shows something beside the lock; what passes by is closed."""
        ours = self._stack.window()
        if not widget.isWindow() or widget is ours or widget.windowType() in _PASSING:
            return False
        return widget.isVisible()


def _close_passing() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        if not popup.close():
            return
    QToolTip.hideText()


def _depth(widget: QWidget) -> int:
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
