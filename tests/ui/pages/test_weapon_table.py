"""The table of weapons keeps its place and its cursor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from stockpile.services.ports import RegisterRow
from ui.pages.weapon_columns import register_columns
from ui.pages.weapon_table import WeaponTable
from ui.view_models.register import Listed, Slice
from ui.widgets.paged_model import PAGE, ListPages


def lines(first, count):
    return [line(number) for number in range(first, first + count)]


def line(number, **more):
    given = {
        "id": f"w{number:06d}", "number": f"N-{number}", "serial": f"KB{number:06d}", "mark": "",
        "type": "ASR", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39 mm",
        "condition": "serviceable", "status": "in_store", "place": "Rack 01", "tag": "",
        "recorded_at": 0,
    }  # fmt: skip
    return Listed(RegisterRow(**(given | more)))


@pytest.fixture
def table(light, qtbot):
    table = WeaponTable("Weapons", register_columns())
    qtbot.addWidget(table)
    table.resize(760, 400)
    table.show()
    return table


def slice_of(rows, *pages):
    held = ((page, rows[page * PAGE : (page + 1) * PAGE]) for page in pages)
    return Slice(len(rows), tuple(held))


def test_a_list_begins_with_its_first_weapon(table, qtbot):
    with qtbot.waitSignal(table.chosen) as blocker:
        table.begin(ListPages(lines(0, 300)))
    assert blocker.args == ["w000000"]
    assert table.selected_numbers() == [0]


def test_a_list_begins_with_its_first_weapon_also_when_the_focus_came_before(table, qtbot):
    table.setFocus()
    with qtbot.waitSignal(table.chosen):
        table.begin(ListPages(lines(0, 3)))
    assert table.selected_numbers() == [0]


def test_a_list_that_grew_before_the_cursor_keeps_the_weapon_and_the_place(table):
    rows = lines(100, 300)
    table.begin(ListPages(rows))
    table.go_to(50)
    place = table.verticalScrollBar().value()
    grown = [line(1), *rows]
    table.take(slice_of(grown, 0))
    assert table.current_row().row.id == rows[50].row.id
    assert table.selected_numbers() == [51]
    assert table.verticalScrollBar().value() == place


def test_a_cursor_out_of_sight_stays_out_of_sight(table):
    rows = lines(0, 600)
    table.begin(ListPages(rows))
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    place = table.verticalScrollBar().value()
    table.take(slice_of(rows, 4))
    assert table.verticalScrollBar().value() == place
    assert table.weapon == "w000000"


def test_no_choice_is_told_while_the_list_is_read_again(table):
    rows = lines(0, 30)
    table.begin(ListPages(rows))
    told = []
    table.chosen.connect(told.append)
    table.take(slice_of(rows, 0))
    assert told == []


def test_a_weapon_that_is_not_in_the_list_has_no_row(table):
    table.begin(ListPages(lines(0, 30)))
    table.point_at("elsewhere")
    assert table.selected_numbers() == []
    table.point_at("w000007")
    assert table.selected_numbers() == [7]


def test_the_serial_is_copied_without_isolates(table):
    table.begin(ListPages(lines(7, 3)))
    table.copy_serial()
    assert QGuiApplication.clipboard().text() == "KB000007"


def test_the_rows_in_sight_are_told(table):
    assert table.in_sight() == ""
    table.begin(ListPages(lines(0, 1200)))
    said = table.in_sight()
    assert said.startswith("1")
    assert said.endswith(QLocale().toString(1200))


def test_what_is_chosen_stays_where_the_list_is_as_long_as_before(table):
    rows = lines(0, 30)
    table.begin(ListPages(rows))
    table.go_to(3)
    table.selectAll()
    table.take(slice_of(rows, 0))
    assert table.selected_spans() == [(0, 29)]
    table.take(slice_of(lines(0, 31), 0))
    assert table.selected_spans() == [(0, 30)]


def test_other_columns_leave_the_order_and_the_rows(table):
    table.begin(ListPages(lines(0, 30)))
    table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    table.show_columns(register_columns([("model", 0), ("year", 80), ("nonsense", 9)]))
    assert table.arrangement() == [("model", 150), ("year", 80)]
    assert table.horizontalHeader().sortIndicatorSection() == 0
    assert table.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert table.rows.rowCount() == 30
