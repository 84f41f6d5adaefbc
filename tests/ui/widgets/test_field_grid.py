"""Fields side by side, as many as have room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.widgets.arrange import boxed, column, scrolled
from ui.widgets.field import Field
from ui.widgets.field_grid import GAP, FieldGrid


def shown(qtbot, count):
    fields = [Field(f"Field {number}") for number in range(count)]
    grid = FieldGrid(fields)
    qtbot.addWidget(grid)
    grid.resize(600, 200)
    grid.show()
    QApplication.processEvents()
    return grid, fields


def test_they_stand_in_three_columns_and_in_two_where_three_have_no_room(light, qtbot):
    grid, fields = shown(qtbot, 4)
    assert grid.columns == 3
    assert fields[2].y() == fields[0].y()
    grid.fit(fields[0].minimumSizeHint().width() * 3 + GAP)
    QApplication.processEvents()
    assert grid.columns == 2
    assert fields[2].y() > fields[0].y()
    grid.fit(2000)
    assert grid.columns == 3


def test_they_stand_alone_where_not_even_two_names_fit(light, qtbot):
    grid, fields = shown(qtbot, 2)
    grid.fit(fields[0].minimumSizeHint().width() * 2 - 1)
    QApplication.processEvents()
    assert grid.columns == 1
    assert fields[1].x() == fields[0].x()


def test_a_hint_is_read_whole_before_a_third_column_stands(light, qtbot):
    fields = [Field("Days", hint="without rain, roads and repairs") for _three in range(3)]
    grid = FieldGrid(fields)
    qtbot.addWidget(grid)
    whole = 3 * fields[0].whole_width() + 2 * GAP
    grid.fit(whole - 1)
    assert grid.columns == 2
    grid.fit(whole)
    assert grid.columns == 3


def test_the_last_one_takes_the_room_that_is_left(light, qtbot):
    _grid, fields = shown(qtbot, 4)
    assert fields[3].width() > 2.5 * fields[0].width()


def test_a_pair_looks_by_itself_whether_both_have_room_in_one_row(light, qtbot):
    pair = FieldGrid((Field("Searched at home on"), Field("Searched by")), fits_itself=True)
    area = scrolled(boxed(column(pair)))
    qtbot.addWidget(area)
    one, other = pair.findChildren(Field)
    area.resize(600, 200)
    area.show()
    QApplication.processEvents()
    assert (pair.columns, one.width()) == (2, other.width())
    least = pair.minimumSizeHint().width()
    assert least == max(field.minimumSizeHint().width() for field in (one, other))
    area.resize(least + 20, 200)
    QApplication.processEvents()
    assert pair.columns == 1
    assert other.y() > one.y()
