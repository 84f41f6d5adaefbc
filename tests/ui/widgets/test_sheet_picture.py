"""A sheet in small: the first free label is pressed or walked to by keys, and never mirrored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from stockpile.language import plain
from ui.widgets.sheet_picture import Grid, SheetPicture

A4 = Grid(210_000, 297_000, 3, 7, 63_500, 38_100)
ROLL = Grid(58_000, 40_000, 1, 1, 58_000, 40_000)


@pytest.fixture
def sheet(light, qtbot):
    made = SheetPicture()
    qtbot.addWidget(made)
    made.show_sheet(A4, 5)
    made.show()
    return made


def test_a_press_on_a_label_begins_there(sheet, qtbot):
    with qtbot.waitSignal(sheet.begins) as told:
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet._cell(8).center().toPoint())
    assert told.args == [8]
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert sheet.start_at == 8


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ("Right", 2), ("Left", 1), ("Down", 4), ("Up", 1), ("End", 21),
        ("End Home", 1), ("Down Down Right", 8), ("End Right", 21), ("End Up Left", 17),
    ],
)  # fmt: skip
def test_arrow_keys_walk_over_the_sheet_and_stay_on_it(sheet, qtbot, keys, at):
    for key in keys.split():
        qtbot.keyClick(sheet, getattr(Qt.Key, f"Key_{key}"))
    assert sheet.start_at == at


def test_the_labels_lie_as_on_the_paper_in_every_language(sheet):
    first, second, fourth = (sheet._cell(number) for number in (1, 2, 4))
    assert first.right() < second.left()
    assert first.bottom() < fourth.top()
    assert sheet._cell(21).bottom() < sheet.height()
    assert "1" in plain(sheet.accessibleDescription())


def test_another_stock_begins_at_its_first_label_and_a_roll_cannot_be_begun_later(sheet):
    sheet.begin_at(8)
    sheet.show_sheet(A4, 7)
    assert sheet.start_at == 8
    sheet.show_sheet(ROLL, 7)
    assert (sheet.start_at, sheet.isEnabled()) == (1, False)
    sheet.begin_at(2)
    assert sheet.start_at == 1
