"""Keys of a page: heard while the hand is anywhere on it, and left to others elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(owner: QWidget, keys: str, does: Callable[[], object]) -> None:
    """Do this at these keys while the owner, or something within it, has the focus.

    So a dialog, the palette or a page behind keeps the same keys for itself.
    """
    short = QShortcut(QKeySequence(keys), owner)
    short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    short.activated.connect(does)
