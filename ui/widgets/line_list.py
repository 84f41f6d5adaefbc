# ruff: noqa: N802 — Qt names what is overridden
"""A live list: thousands of short lines of which one comes or goes at every scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from stockpile.language import isolated, plain
from ui.theme import Ink, Letters, Text, colour, paint_icon, style_font, tokens
from ui.widgets.drawing import LEADING, TRAILING, text_width, words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

_ROW, _SHORT = 42, 31
_PAD, _ICON, _GAP = 4, 18, 10
_LEAST_NAME = 90
# Roles as plain numbers: comparing Qt's own enumerations doubles the time of a frame.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HINT = int(Qt.ItemDataRole.ToolTipRole)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class LiveLine:
    """One line: its name in the program, an identifier, words beneath it, and words at its end.

    ``plain`` says that the first words are a name that people speak, not an identifier.
    """

    key: str
    identifier: str
    beneath: str = ""
    at_end: str = ""
    icon: str = ""
    ink: Ink = Ink.MUTED
    plain: bool = False

    @property
    def told(self) -> str:
        """Return all its words one under the other, for where the line is shown shortened."""
        name = self.identifier if self.plain else isolated(self.identifier)
        return "\n".join(filter(None, (name, self.at_end, self.beneath)))

    @property
    def spoken(self) -> str:
        """Return the line as it is read aloud."""
        parts = (self.identifier, self.at_end, self.beneath)
        return plain(". ".join(part for part in parts if part))


class LineModel(QAbstractListModel):
    """The lines in their order; each key stands once."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[LiveLine] = []

    @property
    def lines(self) -> tuple[LiveLine, ...]:
        """Return what is shown, in order."""
        return tuple(self._lines)

    def line(self, row: int) -> LiveLine:
        """Return one line."""
        return self._lines[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the words of a line, for whoever hears the screen; all of it for a hint."""
        line = self._lines[index.row()]
        if role == _HINT:
            return line.told
        return line.spoken if role in (_DISPLAY, _SPOKEN) else None

    def replace(self, lines: Sequence[LiveLine]) -> None:
        """Show other lines: only what differs at either end is told to the view."""
        old, new = self._lines, list(lines)
        same = 0
        shorter = min(len(old), len(new))
        while same < shorter and old[same] == new[same]:
            same += 1
        tail = 0
        while tail < shorter - same and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        self._swap(same, len(old) - tail, new[same : len(new) - tail])

    def _swap(self, first: int, past: int, new: list[LiveLine]) -> None:
        """Put lines in the place of those from `first` up to `past`."""
        if past > first and len(new) == past - first:
            self._lines[first:past] = new
            self.dataChanged.emit(self.index(first), self.index(past - 1))
            return
        if past > first:
            self.beginRemoveRows(QModelIndex(), first, past - 1)
            del self._lines[first:past]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._lines[first:first] = new
            self.endInsertRows()


class LineList(QListView):
    """The list; Enter or a double click opens a line.

    ``beside`` says that what is known of the current line stands beside the list: which one it is
    stays in sight when the cursor is elsewhere.

    Signals:
        opened: the key of a line.
    """

    opened = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        two_lines: bool = True,
        beside: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = LineModel()
        self.setModel(self.rows)
        self.setAccessibleName(plain(name))
        self.setItemDelegate(_LineDelegate(self, two_lines=two_lines, beside=beside))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.line(index.row()).key))

    @property
    def lines(self) -> tuple[LiveLine, ...]:
        """Return what is shown, in order."""
        return self.rows.lines

    def show_lines(self, lines: Sequence[LiveLine]) -> None:
        """Show other lines."""
        self.rows.replace(lines)

    def current_key(self) -> str:
        """Return the key of the line with the cursor; nothing without one."""
        index = self.currentIndex()
        return self.rows.line(index.row()).key if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter; letters are not for the list: a scanner types them."""
        if event.key() in _ENTER and self.current_key():
            self.opened.emit(self.current_key())
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _LineDelegate(QStyledItemDelegate):
    """Paints the lines."""

    def __init__(self, view: LineList, *, two_lines: bool, beside: bool) -> None:
        super().__init__(view)
        self._view, self._height = view, _ROW if two_lines else _SHORT
        self._two_lines, self._beside = two_lines, beside

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell the whole of a line whose words had no room; the others are read as they stand."""
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        if not index.isValid() or self._needed(self._view.rows.line(index.row())) <= place.width():
            QToolTip.hideText()
            return False
        return super().helpEvent(event, view, option, index)

    def _needed(self, line: LiveLine) -> int:
        """Return how wide a line would be with all its words."""
        letters, quiet = _letters(line), style_font(Text.SECONDARY)
        upper = text_width(letters, line.identifier) + text_width(quiet, line.at_end)
        lower = text_width(quiet, line.beneath) if self._two_lines else 0
        return max(upper, lower) + 2 * _PAD + (_ICON + _GAP if line.icon else 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of all lines."""
        del option, index
        return QSize(0, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The cursor is drawn only where it is used: the eye is on the result, not here.
        if QStyle.StateFlag.State_Selected in state:
            if self._view.hasFocus():
                painter.fillRect(place, QColor(tokens().select))
            elif self._beside:
                painter.fillRect(place, QColor(tokens().hover))
        self._paint_line(painter, place, self._view.rows.line(index.row()))
        painter.restore()

    def _paint_line(self, painter: QPainter, place: QRect, line: LiveLine) -> None:
        now = tokens()
        room = place.adjusted(_PAD, 0, -_PAD, 0)
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if line.icon:
            sign = QRect(room.left(), room.center().y() - _ICON // 2 + 1, _ICON, _ICON)
            where = QStyle.visualRect(painter.layoutDirection(), room, sign)
            paint_icon(painter, QRectF(where), line.icon, colour(line.ink).name())
            lead = _ICON + _GAP
            room = room.adjusted(0, 0, -lead, 0) if mirrored else room.adjusted(lead, 0, 0, 0)
        letters = _letters(line)
        quiet = style_font(Text.SECONDARY)
        name = line.identifier if line.plain else isolated(line.identifier)
        beneath = line.beneath if self._two_lines else ""
        end = min(text_width(quiet, line.at_end), max(0, room.width() - _LEAST_NAME))
        upper = room.adjusted(0, 4, 0, -room.height() // 2 + 1) if beneath else room
        first = upper.adjusted(end, 0, 0, 0) if mirrored else upper.adjusted(0, 0, -end, 0)
        words(painter, first, name, letters, now.text, LEADING)
        words(painter, upper, line.at_end, quiet, now.text2, TRAILING)
        if beneath:
            lower = room.adjusted(0, room.height() // 2, 0, -3)
            words(painter, lower, beneath, quiet, now.text3, LEADING)


def _letters(line: LiveLine) -> Letters:
    return style_font(Text.STRONG if line.plain else Text.IDENTIFIER)
