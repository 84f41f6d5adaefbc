"""The table of weapons: it keeps its place and its cursor when the register changes under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile.language import _, plain
from ui.view_models.register import Listed, Slice
from ui.widgets.columns import Column
from ui.widgets.paged_model import PAGE, Ask, Pages, at_once
from ui.widgets.paged_table import PagedTable


class WeaponTable(PagedTable[Listed]):
    """The weapons, one a row.

    Signals:
        chosen: the weapon under the cursor, "" for none: its id.
        wanted: Enter or a double click on a weapon: its id.
        moved_in_sight: other rows are in sight, or the number of rows is another.
    """

    chosen = Signal(str)
    wanted = Signal(str)
    moved_in_sight = Signal()

    def __init__(
        self, name: str, columns: Sequence[Column[Listed]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, columns, parent=parent)
        self._weapon = ""
        self._keeping = False
        self.current_changed.connect(self._tell)
        self.opened.connect(self._want)
        self.rows.filled.connect(self._page_came)
        self.rows.counted.connect(self.moved_in_sight)
        self.verticalScrollBar().valueChanged.connect(self.moved_in_sight)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_serial)

    @property
    def weapon(self) -> str:
        """Return the weapon that has the cursor, or had it before it went out of sight."""
        return self._weapon

    def begin(self, pages: Pages[Listed], ask: Ask = at_once) -> None:
        """Show another list from its beginning, the cursor on its first weapon."""
        self._weapon = ""
        self.use(pages, ask)

    def point_at(self, weapon: str) -> None:
        """Put the cursor on a weapon where its row is held; else no row has the cursor."""
        self._weapon = weapon
        number = self._number_of(weapon)
        self._keeping = True
        if number is None:
            self.clearSelection()
            self.setCurrentIndex(self.rows.index(-1, 0))
        else:
            self.go_to(number)
        self._keeping = False

    def take(self, slice_: Slice) -> None:
        """Show the list as it is now, in the same place, the cursor on the same weapon."""
        place = self.verticalScrollBar().value()
        spans = self._kept_spans(slice_.count)
        self._keeping = True
        self.rows.show_count(slice_.count)
        for page, lines in slice_.pages:
            self.rows.accept(page, lines)
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)
        number = self._number_of(self._weapon)
        if number is not None:
            self._mark(number)
        self._choose_again(spans)
        self._keeping = False

    def copy_serial(self) -> None:
        """Put the serial of the weapon under the cursor on the clipboard, plain."""
        line = self.current_row()
        if line is not None:
            QGuiApplication.clipboard().setText(plain(line.row.serial))

    def in_sight(self) -> str:
        """Return which rows are in sight, in words."""
        count, first = self.rows.rowCount(), self.first_in_sight() + 1
        if not first:
            return ""
        words = _("{first}–{last} of {count}")  # noqa: RUF001 - a range, as it is printed
        last = self.last_in_sight() + 1
        return words.format(first=_number(first), last=_number(last), count=_number(count))

    def _kept_spans(self, count: int) -> list[tuple[int, int]]:
        """Return the spans that stay chosen in a list of so many: all of it, or the same places."""
        spans, before = self.selected_spans(), self.rows.rowCount()
        if spans == [(0, before - 1)] and before > 1:
            return [(0, count - 1)]
        return spans if count == before and self.selected_count() > 1 else []

    def _choose_again(self, spans: Sequence[tuple[int, int]]) -> None:
        last = len(self.rows.columns) - 1
        chosen = QItemSelection()
        for first, end in spans:
            chosen.select(self.rows.index(first, 0), self.rows.index(end, last))
        if spans:
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _mark(self, row: int) -> None:
        value = self.verticalScrollBar().value()
        self.go_to(row)
        self.verticalScrollBar().setValue(value)  # a row out of sight stays out of sight

    def _number_of(self, weapon: str) -> int | None:
        first = max(0, self.first_in_sight()) // PAGE
        last = max(0, self.last_in_sight()) // PAGE
        for at in range(first * PAGE, min((last + 1) * PAGE, self.rows.rowCount())):
            line = self.rows.row_at(at)
            if line is not None and line.row.id == weapon:
                return at
        return None

    def _page_came(self) -> None:
        if self._keeping:
            return
        if self.selectionModel().hasSelection():  # the focus alone gives a row the cursor
            self._tell(self.currentIndex().row())
            return
        at = self._number_of(self._weapon) if self._weapon else 0
        if at is not None:
            self._mark(at)
            self._tell(at)

    def _tell(self, row: int) -> None:
        if self._keeping or row < 0:
            return
        line = self.rows.row_at(row)
        if line is not None and line.row.id != self._weapon:
            self._weapon = line.row.id
            self.chosen.emit(self._weapon)

    def _want(self, row: int) -> None:
        line = self.rows.row_at(row)
        if line is not None:
            self._weapon = line.row.id
            self.wanted.emit(line.row.id)


def _number(number: int) -> str:
    return QLocale().toString(number)
