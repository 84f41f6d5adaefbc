# ruff: noqa: N802 — Qt names what is overridden
"""A table of up to a million rows that opens at once and never holds up the hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.theme import Height
from ui.widgets.arrange import is_mirrored
from ui.widgets.cells import PAD, CellDelegate, tick_room
from ui.widgets.columns import Column, Row
from ui.widgets.paged_model import Ask, PagedModel, Pages, at_once
from ui.widgets.table_header import TableHeader

_Flag = QItemSelectionModel.SelectionFlag
_SLACK = 16  # the last column may lose so many pixels before another goes
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PagedTable(QTableView, Generic[Row]):
    """The table: whole rows are chosen, by mouse or by keys; all rows are of one height.

    Signals:
        current_changed: another row has the cursor: its number, -1 for none.
        selected_changed: how many rows are chosen.
        opened: a double click or Enter on a row: its number.
        sorted_by: the person wants another order: its key, and whether it falls.
        arranged: the person gave a column another width or place.
    """

    current_changed = Signal(int)
    selected_changed = Signal(int)
    opened = Signal(int)
    sorted_by = Signal(str, bool)
    arranged = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        *,
        ticks: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows: PagedModel[Row] = PagedModel(columns, self)
        self._ticks = ticks
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self.rows, ticks=ticks, parent=self))
        self._set_up_view()
        self._set_up_rows(compact=compact)
        self._set_up_header()
        self.selectionModel().selectionChanged.connect(self._count_selected)
        self.doubleClicked.connect(self._open)

    def use(self, pages: Pages[Row], ask: Ask = at_once) -> None:
        """Show the rows of a source; see `PagedModel.use`."""
        self.rows.use(pages, ask)

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns, the order and the place in the list as they were."""
        key, falls = self._order()
        place = self.verticalScrollBar().value()
        self.rows.show_columns(columns)
        self._set_up_header(key, falls=falls)
        self._let_spare_go()
        self.verticalScrollBar().setValue(place)

    def arrangement(self) -> list[tuple[str, int]]:
        """Return the codes of the columns in their places, each with its width."""
        header, columns = self.horizontalHeader(), self.rows.columns
        sections = sorted(range(len(columns)), key=header.visualIndex)
        return [(columns[at].code, self._widths[at]) for at in sections]

    def selected_count(self) -> int:
        """Return how many rows are chosen."""
        return sum(last - first + 1 for first, last in self.selected_spans())

    def selected_spans(self) -> list[tuple[int, int]]:
        """Return the chosen rows as first and last of each unbroken span, in order."""
        chosen = self.selectionModel().selection()
        spans = sorted(
            (chosen.at(at).top(), chosen.at(at).bottom()) for at in range(chosen.count())
        )
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and first <= joined[-1][1] + 1:
                begun, ended = joined.pop()
                joined.append((begun, max(last, ended)))
            else:
                joined.append((first, last))
        return joined

    def set_compact(self, *, compact: bool) -> None:
        """Show rows of 32 or of 42 pixels."""
        height = Height.COMPACT_ROW if compact else Height.ROW
        self.verticalHeader().setDefaultSectionSize(height)

    def current_row(self) -> Row | None:
        """Return the row under the cursor, if there is one and it has arrived."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def selected_numbers(self) -> list[int]:
        """Return the numbers of the chosen rows, in order."""
        spans = self.selected_spans()
        return [number for first, last in spans for number in range(first, last + 1)]

    def go_to(self, number: int) -> None:
        """Put the cursor on a row and bring it in sight."""
        # `selectRow` fails before the first layout when the table is mirrored.
        index = self.rows.index(number, 0)
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        self.scrollTo(index)

    def first_in_sight(self) -> int:
        """Return the number of the uppermost row in sight, -1 when the table is empty."""
        return self.rowAt(0)

    def last_in_sight(self) -> int:
        """Return the number of the lowest row in sight, -1 when the table is empty."""
        last = self.rowAt(self.viewport().height() - 1)
        return last if last >= 0 else self.rows.rowCount() - 1

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which row has the cursor."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(current.row())

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Add or remove one row when its tick box is pressed, else do as Qt does."""
        if self._on_tick(event):
            return _Flag.Toggle | _Flag.Rows
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row under the cursor on Enter."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let spare columns go, from the last, when the others do not fit."""
        super().resizeEvent(event)
        self._let_spare_go()

    def _let_spare_go(self) -> None:
        columns = self.rows.columns
        over = sum(self._widths) - self.viewport().width()
        for number in reversed(range(len(columns))):
            gone = columns[number].spare and over > _SLACK
            over -= self._widths[number] if gone else 0
            if gone != self.isColumnHidden(number):
                self.setColumnHidden(number, gone)

        self._fit_last(over)

    def _fit_last(self, over: int) -> None:
        shown = [n for n in range(len(self._widths)) if not self.isColumnHidden(n)]
        spared = over if 0 < over <= _SLACK else 0
        self.setColumnWidth(shown[-1], self._widths[shown[-1]] - spared)

    def _on_tick(self, event: QEvent | None) -> bool:
        if not self._ticks or not isinstance(event, QMouseEvent):
            return False
        x = event.position().x()
        from_lead = self.viewport().width() - x if is_mirrored() else x
        return event.type() == QEvent.Type.MouseButtonPress and from_lead < tick_room()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows move in it
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _set_up_rows(self, *, compact: bool) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_compact(compact=compact)

    def _set_up_header(self, key: str = "", *, falls: bool = False) -> None:
        columns = self.rows.columns
        sortable = [bool(column.sort_key) for column in columns]
        lead = tick_room() if self._ticks else PAD
        header = TableHeader(sortable, first_lead=lead, parent=self)
        self.setHorizontalHeader(header)
        self._widths = [column.width for column in columns]
        self._widths[0] += lead - PAD
        for number, width in enumerate(self._widths):
            self.setColumnWidth(number, width)
        if any(sortable):
            self._sort_by(header, key, falls=falls)
        if all(column.code for column in columns):
            header.setSectionsMovable(True)
            header.sectionMoved.connect(self.arranged)
            header.sectionResized.connect(self._resized)

    def _sort_by(self, header: TableHeader, key: str, *, falls: bool) -> None:
        keys = [column.sort_key for column in self.rows.columns]
        first = next(at for at, one in enumerate(keys) if one)
        order = Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(keys.index(key) if key in keys and key else first, order)
        header.sortIndicatorChanged.connect(self._sort)

    def _order(self) -> tuple[str, bool]:
        """Return the key of the order that the header shows, and whether it falls."""
        header = self.horizontalHeader()
        falls = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return self.rows.columns[header.sortIndicatorSection()].sort_key, falls

    def _resized(self, section: int, _before: int, width: int) -> None:
        """Take a width that the hand gives; those that Qt gives by itself are not remembered."""
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._widths[section] = width
            self.arranged.emit()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        key = self.rows.columns[section].sort_key
        if key:
            self.sorted_by.emit(key, order == Qt.SortOrder.DescendingOrder)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _count_selected(self) -> None:
        self.selected_changed.emit(self.selected_count())
