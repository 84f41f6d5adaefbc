"""What is told under the hand over a cell or a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QAbstractItemView,
    QApplication,
    QStyleOptionViewItem,
    QToolTip,
)


def hint_of(view: QAbstractItemView, row: int = 0, column: int = 0) -> str:
    """Return the hint that appears where the hand rests; nothing where none does."""
    QToolTip.hideText()
    QApplication.processEvents()
    index = view.model().index(row, column)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.rect = view.visualRect(index)  # type: ignore[attr-defined]  # the stubs lack the field
    middle = option.rect.center()  # type: ignore[attr-defined]  # as above
    rests = QHelpEvent(QEvent.Type.ToolTip, middle, view.viewport().mapToGlobal(middle))
    told = view.itemDelegate().helpEvent(rests, view, option, index)
    return QToolTip.text() if told else ""
