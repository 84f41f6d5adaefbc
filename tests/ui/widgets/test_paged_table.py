from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from ui.widgets.columns import Column, Kind
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable

pytestmark = pytest.mark.usefixtures("light")
ROWS = [f"KB{number:05}" for number in range(1000)]


def _table(qtbot, rows=ROWS, **options):
    columns = [
        Column("Serial", 160, lambda row: row, Kind.MONO, sort_key="serial"),
        Column("Length", 80, lambda row: str(len(row))),
        Column("Note", 120, lambda _row: "", spare=True),
    ]
    table = PagedTable("Weapons", columns, **options)
    table.use(ListPages(rows))
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    return table


def test_rows_are_of_one_height(qtbot):
    table = _table(qtbot)
    assert table.rowHeight(0) == 42
    table.set_compact(compact=True)
    assert table.rowHeight(999) == 32


def test_keys_move_the_cursor_and_enter_opens(qtbot):
    table = _table(qtbot)
    moved = []
    table.current_changed.connect(moved.append)
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row() == "KB00001"
    assert moved == [0, 1]
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [1]
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.current_row() == "KB00999")


def test_tab_leaves_the_table(qtbot):
    assert not _table(qtbot).tabKeyNavigation()


def test_a_tick_adds_a_row_and_takes_it_away(qtbot):
    table = _table(qtbot, ticks=True)
    counts = []
    table.selected_changed.connect(counts.append)
    for number in (1, 3, 1):
        place = QPoint(15, table.rowViewportPosition(number) + 20)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert counts == [1, 2, 1]
    assert table.selected_numbers() == [3]


def test_a_press_beside_the_tick_chooses_one_row(qtbot):
    table = _table(qtbot, ticks=True)
    for number in (1, 3):
        place = QPoint(120, table.rowViewportPosition(number) + 20)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.selected_numbers() == [3]


def test_a_range_is_chosen_by_keys(qtbot):
    table = _table(qtbot)
    table.go_to(2)
    for _step in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_numbers() == [2, 3, 4, 5]


def test_the_rows_in_sight_are_known(qtbot):
    table = _table(qtbot)
    assert table.first_in_sight() == 0
    assert 5 <= table.last_in_sight() <= 12
    table.go_to(500)
    assert table.first_in_sight() <= 500 <= table.last_in_sight()
    short = _table(qtbot, ROWS[:2])
    assert short.last_in_sight() == 1


def test_the_first_row_is_chosen_in_a_mirrored_table_too(qtbot, mirrored):
    table = _table(qtbot)
    table.go_to(0)
    assert table.selected_numbers() == [0]


def test_a_spare_column_goes_when_there_is_no_room(qtbot):
    table = _table(qtbot)
    assert not table.isColumnHidden(2)
    table.resize(260, 400)
    assert table.isColumnHidden(2)
    table.resize(600, 400)
    assert not table.isColumnHidden(2)


def test_a_few_missing_pixels_are_taken_from_the_last_column(qtbot):
    table = _table(qtbot)
    table.resize(sum(table.columnWidth(n) for n in range(2)) + 120 + 10, 400)
    assert not table.isColumnHidden(2)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_press_on_a_title_asks_for_another_order(qtbot):
    table = _table(qtbot)
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.sorted_by) as told:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 18))
    assert told.args == ["serial", True]


def test_cells_are_read_aloud(qtbot):
    table = _table(qtbot)
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface.text(QAccessible.Text.Name) == "Weapons"
    spoken = [interface.child(at).text(QAccessible.Text.Name) for at in range(10)]
    assert "Serial: KB00000" in spoken
