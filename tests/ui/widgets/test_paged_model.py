from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.columns import Column, Kind
from ui.widgets.paged_model import KEPT, PAGE, UNDER_WAY, ListPages, PagedModel

MILLION = 1_000_000
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class Numbers:
    """A million rows that are made when they are asked for, and a record of what was asked."""

    def __init__(self, count=MILLION):
        self.length, self.asked = count, []

    def count(self):
        return self.length

    def page(self, index, /):
        self.asked.append(index)
        return range(index * PAGE, min((index + 1) * PAGE, self.length))


class Desk:
    """Keeps every question until it is told to answer: what a busy core does."""

    def __init__(self):
        self.waiting = []

    def __call__(self, work, then, /):
        self.waiting.append((work, then))

    def answer(self):
        work, then = self.waiting.pop(0)
        then(work())


@pytest.fixture
def model(qapp):
    columns = [
        Column("Number", 80, str, Kind.MONO),
        Column("Name", 80, lambda row: f"row {row}"),
    ]
    return PagedModel(columns)


def test_a_million_rows_open_with_one_page_asked(model):
    pages = Numbers()
    model.use(pages)
    assert model.rowCount() == MILLION
    assert pages.asked == [0]
    assert model.row_at(5) == 5


def test_a_row_not_held_is_asked_for_later_and_never_waited_for(model, qtbot):
    pages = Numbers()
    model.use(pages)
    with qtbot.waitSignal(model.filled) as told:
        assert model.row_at(500_000) is None
        assert pages.asked == [0]
    assert told.args == [500_000 // PAGE]
    assert model.row_at(500_000) == 500_000


def test_what_was_scrolled_past_is_not_asked_for(model, qtbot):
    pages, desk = Numbers(), Desk()
    model.use(pages, desk)
    desk.answer()
    desk.answer()
    for page in range(10, 40):
        model.row_at(page * PAGE)
    qtbot.waitUntil(lambda: len(desk.waiting) == UNDER_WAY)
    while desk.waiting:
        desk.answer()
    assert pages.asked == [0, 39, 38]


def test_only_so_many_pages_are_held_the_nearest_ones(model):
    model.show_count(MILLION)
    for page in range(KEPT + 10):
        model.accept(page, range(page * PAGE, (page + 1) * PAGE))
    assert model.row_at((KEPT + 9) * PAGE) is not None
    assert model.row_at(0) is None


def test_an_answer_to_an_older_list_is_dropped(model):
    desk = Desk()
    model.use(Numbers(300), desk)
    desk.answer()
    model.use(Numbers(10), desk)
    desk.answer()  # the page of the first list
    assert model.row_at(0) is None
    desk.answer()  # the count of the second
    desk.answer()
    assert model.rowCount() == 10
    assert model.row_at(9) == 9


def test_a_count_of_an_older_list_is_dropped(model):
    desk = Desk()
    model.use(Numbers(300), desk)
    model.use(Numbers(10), desk)
    desk.answer()
    assert model.rowCount() == 0
    desk.answer()
    assert model.rowCount() == 10


def test_the_same_page_is_not_asked_for_twice(model, qtbot):
    pages, desk = Numbers(), Desk()
    model.use(pages, desk)
    desk.answer()
    desk.answer()
    model.row_at(9 * PAGE)
    qtbot.waitUntil(lambda: len(desk.waiting) == 1)
    model.row_at(9 * PAGE)
    with qtbot.waitSignal(model.filled):
        desk.answer()
    assert pages.asked == [0, 9]
    assert desk.waiting == []


def test_cells_are_shown_and_spoken(model):
    model.use(ListPages([41, 42]))
    cell = model.index(1, 0)
    assert model.data(cell) == "\u206642\u2069"
    assert model.data(cell, SPOKEN) == "Number: 42"
    assert model.data(cell, int(Qt.ItemDataRole.DecorationRole)) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    assert model.columnCount() == 2
    assert model.rowCount(cell) == 0


def test_a_changed_row_is_asked_for_again(model, qtbot):
    rows = [1, 2]
    model.use(ListPages(rows))
    rows[0] = 7
    with qtbot.waitSignal(model.dataChanged):
        model.refresh()
    with qtbot.waitSignal(model.filled):
        model.row_at(0)
    assert model.row_at(0) == 7


def test_an_empty_list_asks_for_nothing(model):
    pages = Numbers(0)
    model.use(pages)
    assert (model.rowCount(), pages.asked) == (0, [])
