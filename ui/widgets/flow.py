# ruff: noqa: N802 — Qt names what is overridden
"""Small things in a row that goes on in the next line where it is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import Space
from ui.widgets.arrange import is_mirrored


class FlowLayout(QLayout):
    """Lays widgets out as words on a page, from where reading starts.

    What stands ``at_end`` of a row asks for one line, and its lines end where the row ends.
    """

    def __init__(self, gap: int, *, at_end: bool = False) -> None:
        super().__init__()
        self._gap, self._at_end = gap, at_end
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @classmethod
    def of(cls, *widgets: QWidget, gap: int = Space.S, at_end: bool = False) -> FlowLayout:
        """Return these in lines."""
        flow = cls(gap, at_end=at_end)
        for widget in widgets:
            flow.addWidget(widget)
        return flow

    def clear(self) -> None:
        """Take every widget out and let it go."""
        while self._items:
            widget = self._items.pop().widget()
            widget.hide()
            widget.deleteLater()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more thing in, at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many things there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Return a thing, None beyond the last as Qt wants it."""
        within = 0 <= index < len(self._items)
        return self._items[index] if within else None  # type: ignore[return-value]  # Qt's habit

    def takeAt(self, index: int) -> QLayoutItem:
        """Take a thing out."""
        within = 0 <= index < len(self._items)
        return self._items.pop(index) if within else None  # type: ignore[return-value]  # as above

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height goes by the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at a width."""
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._placed(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the room for the widest thing: lines do the rest; at an end, for one line."""
        if not self._at_end:
            return self.minimumSize()
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = max(0, len(sizes) - 1) * self._gap
        height = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, height)

    def minimumSize(self) -> QSize:
        """Return the room for the widest thing."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _placed(self, room: QRect, *, move: bool) -> int:
        y = 0
        for line in self._lines(room.width()):
            used = sum(size.width() for _item, size in line) + (len(line) - 1) * self._gap
            x = max(0, room.width() - used) if self._at_end else 0
            for item, size in line:
                if move:
                    left = room.right() + 1 - x - size.width() if is_mirrored() else room.left() + x
                    item.setGeometry(QRect(QPoint(left, room.top() + y), size))
                x += size.width() + self._gap
            y += max(size.height() for _item, size in line) + self._gap
        return max(0, y - self._gap)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():  # what is hidden takes no gap either
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, width), item.sizeHint().height()))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines
