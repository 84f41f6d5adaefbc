# ruff: noqa: N802 — Qt names what is overridden
"""A window of one width that is as high as its words need, also where more words come."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_FITS: Final = frozenset({QEvent.Type.Show, QEvent.Type.LayoutRequest})


def fix_width(window: QWidget, width: int) -> None:
    """Give a window one width; its height follows the words in it, and never cuts one."""
    window.setFixedWidth(width)
    window.installEventFilter(_Growing(window))


class _Growing(QObject):
    """Asks the layout for the height at the window's width, each time that something changed.

    Qt asks it without the width, and wrapped words lack room.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See that the layout changed; nothing is kept from the window."""
        if event.type() in _FITS and isinstance(watched, QWidget):
            _fit(watched)
        return False


def _fit(window: QWidget) -> None:
    layout = window.layout()
    if layout is None or not layout.hasHeightForWidth():
        return
    room = window.screen().availableGeometry().height()
    height = min(layout.totalHeightForWidth(window.width()), room)
    if height != window.minimumHeight():
        window.setMinimumHeight(height)
