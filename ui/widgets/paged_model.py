# ruff: noqa: N802 — Qt names what is overridden
"""A list of any length, of which only the pages in sight are held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from ui.widgets.columns import Column, Row

PAGE = 128
"""Rows asked for at once."""

KEPT = 48
"""Pages held: six thousand rows, which is enough to scroll back without asking again."""

UNDER_WAY = 2
"""Pages asked for at one time; of the others only the last wanted is remembered."""

Index = QModelIndex | QPersistentModelIndex
Answer = TypeVar("Answer")
Row_co = TypeVar("Row_co", covariant=True)

# Roles as plain numbers: comparing Qt's own enumerations doubles the time of a frame.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HINT = int(Qt.ItemDataRole.ToolTipRole)
_LEADING = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


class Pages(Protocol[Row_co]):
    """Where the rows come from; both methods may wait, so they are never called while painting."""

    def count(self) -> int:
        """Return how many rows there are."""

    def page(self, index: int, /) -> Sequence[Row_co]:
        """Return the rows `index * PAGE` and following, at most `PAGE` of them."""


class Ask(Protocol):
    """How a question is put to the core without waiting: the answer comes later."""

    def __call__(self, work: Callable[[], Answer], then: Callable[[Answer], None], /) -> object:
        """Do the work elsewhere, and give its answer to `then` on the thread of the screen."""


def at_once(work: Callable[[], Answer], then: Callable[[Answer], None], /) -> None:
    """Ask and answer at once: for short lists that are already in memory."""
    then(work())


class ListPages(Generic[Row]):
    """The pages of a list that is already in memory."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def page(self, index: int, /) -> Sequence[Row]:
        """Return one page."""
        return self._rows[index * PAGE : (index + 1) * PAGE]


class PagedModel(QAbstractTableModel, Generic[Row]):
    """The rows of a table, page by page.

    Signals:
        fetch: a page is in sight and not held: its index, and the generation that
            `accept` must be given with it.
        counted: how many rows there are now.
        filled: a page has arrived: its index.
    """

    fetch = Signal(int, int)
    counted = Signal(int)
    filled = Signal(int)

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._count, self._generation = 0, 0
        self._pages: dict[int, Sequence[Row]] = {}
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._send)
        self._stop: Callable[[], object] = _nothing

    @property
    def generation(self) -> int:
        """Return the number of the present list; answers for an older one are dropped."""
        return self._generation

    def use(self, pages: Pages[Row], ask: Ask = at_once) -> None:
        """Show the rows of a source, asked for in the way that is given."""
        self._stop()
        self.show_count(0)
        generation = self._generation

        def opened(count: int) -> None:
            if generation == self._generation:
                self.show_count(count)
                self._want_first()

        def fetch(page: int, wanted: int) -> None:
            ask(partial(pages.page, page), partial(self._answer, page, wanted))

        connection = self.fetch.connect(fetch)
        self._stop = partial(QObject.disconnect, connection)
        ask(pages.count, opened)

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_count(self, count: int) -> None:
        """Begin a new list of so many rows; nothing of the old one is kept."""
        self.beginResetModel()
        self._count = count
        self._generation += 1
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()
        self.endResetModel()
        self.counted.emit(count)

    def accept(self, page: int, rows: Sequence[Row], generation: int | None = None) -> None:
        """Take the rows of a page that was asked for; of an older list they are dropped."""
        if generation is not None and generation != self._generation:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        self._forget(page)
        first = page * PAGE
        last = min(first + PAGE, self._count) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.filled.emit(page)
        self._send()

    def refresh(self) -> None:
        """Ask again for what is in sight: some row has changed, the list is the same."""
        self._pages.clear()
        self.dataChanged.emit(
            self.index(0, 0), self.index(max(0, self._count - 1), len(self.columns) - 1)
        )

    def row_at(self, number: int) -> Row | None:
        """Return a row if its page is held; if not, have it asked for soon, without waiting."""
        page, offset = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        return rows[offset] if offset < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's signature
        """Return how many rows the whole list has."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> str | None:
        """Return the words of a cell, all of it for a hint, or what a screen reader says for it."""
        if role not in (_DISPLAY, _SPOKEN, _HINT):
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == _HINT:
            return column.told(row)
        return column.text(row) if role == _DISPLAY else column.spoken(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | int | None:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (_DISPLAY, _HINT):
            return self.columns[section].title
        return _LEADING if role == _ALIGNMENT else None

    def _want(self, page: int) -> None:
        if page in self._asked:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-UNDER_WAY]  # what was scrolled past is not worth asking for
        if not self._soon.isActive():
            self._soon.start(0)

    def _want_first(self) -> None:
        # Asked for before anything is painted, so that a short list never shows pale bars.
        if self._count:
            self._wanted.append(0)
            self._send()

    def _send(self) -> None:
        while self._wanted and len(self._asked) < UNDER_WAY:
            page = self._wanted.pop()
            self._asked.add(page)
            self.fetch.emit(page, self._generation)

    def _answer(self, page: int, generation: int, rows: Sequence[Row]) -> None:
        self.accept(page, rows, generation)

    def _forget(self, near: int) -> None:
        while len(self._pages) > KEPT:
            del self._pages[max(self._pages, key=lambda page: abs(page - near))]


def _nothing() -> None:
    """Stop nothing: no source is in use yet."""
