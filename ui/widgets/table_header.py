# ruff: noqa: N802 — Qt names what is overridden
"""The titles over a table, and which way it is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from ui.theme import font, paint_icon, tokens
from ui.widgets.drawing import LEADING, text_width, words

HEIGHT = 36
_PAD = 12
_ARROW = 14


class TableHeader(QHeaderView):
    """Titles that start where the words under them start."""

    def __init__(
        self, sortable: Sequence[bool], *, first_lead: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sortable, self._first_lead = tuple(sortable), first_lead
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(HEIGHT)
        self.setSectionsClickable(any(sortable))

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Draw one title, its line below, and the arrow of the order."""
        now, direction = tokens(), self.layoutDirection()
        painter.save()
        painter.setLayoutDirection(direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(now.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(now.border))
        lead = self._first_lead if logicalIndex == 0 else _PAD
        room = QRect(rect.left() + lead, rect.top(), rect.width() - lead - 4, rect.height() - 1)
        title = str(self.model().headerData(logicalIndex, self.orientation()))
        letters = font(12, 600)
        words(painter, QStyle.visualRect(direction, rect, room), title, letters, now.text3, LEADING)
        if self._is_sorted(logicalIndex):
            after = min(text_width(letters, title) + 4, room.width() - _ARROW)
            top = rect.center().y() - _ARROW // 2
            arrow = QRect(room.left() + after, top, _ARROW, _ARROW)
            place = QRectF(QStyle.visualRect(direction, rect, arrow))
            paint_icon(painter, place, self._arrow(), now.text3)
        painter.restore()

    def _is_sorted(self, section: int) -> bool:
        shown = self.isSortIndicatorShown() and self._sortable[section]
        return shown and self.sortIndicatorSection() == section

    def _arrow(self) -> str:
        falls = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return "chevron-down" if falls else "chevron-up"
