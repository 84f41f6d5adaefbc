from __future__ import annotations

import statistics

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from tests.helpers.hints import hint_of
from tests.helpers.readable import displayed
from ui.theme import LIGHT, Tone
from ui.widgets.cells import CellDelegate, tick_room
from ui.widgets.columns import Column, Kind
from ui.widgets.paged_model import ListPages, PagedModel
from ui.widgets.paged_table import PagedTable

WIDTH, HEIGHT = 220, 42
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
WHITE = QColor("white")
pytestmark = pytest.mark.usefixtures("light")


def painted(column, row, direction=LEFT, *, selected=False, ticks=False, held=True):
    model = PagedModel([column])
    if held:
        model.use(ListPages([row]))
    else:
        model.show_count(1)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32)
    image.fill(WHITE)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, HEIGHT)
    option.direction = direction
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    CellDelegate(model, ticks=ticks, parent=model).paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def ink(image, colour=None):
    """The smallest rectangle with everything that was drawn, above the line of the row."""
    wanted = QColor(colour) if colour else None
    drawn = [
        (x, y)
        for x in range(WIDTH)
        for y in range(HEIGHT - 2)
        if (image.pixelColor(x, y) == wanted if wanted else image.pixelColor(x, y) != WHITE)
    ]
    xs, ys = [x for x, _y in drawn], [y for _x, y in drawn]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def profile(image):
    """How much ink stands in each of forty slices, from left to right: the order of the letters."""
    word = image.copy(ink(image)).convertToFormat(QImage.Format.Format_Grayscale8)
    word = word.scaled(40, 8, mode=Qt.TransformationMode.SmoothTransformation)
    return [sum(255 - word.pixelColor(x, y).red() for y in range(8)) for x in range(40)]


def likeness(one, other):
    """1 for the same order of letters; letters in another order give far less."""
    return statistics.correlation(profile(one), profile(other))


CALIBRE = "7.62x39"


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.MONO])
@pytest.mark.parametrize("text", [CALIBRE, "56-2209147", "11 Bde", "7.62×39 mm", "TT 88213"])
def test_an_identifier_is_painted_in_its_own_order_among_arabic(kind, text):
    column = Column("العيار", WIDTH, lambda row: row, kind)
    assert likeness(painted(column, text, RIGHT), painted(column, text, LEFT)) > 0.85


@pytest.mark.parametrize("text", ["11 Bde", "7.62×39 mm"])
def test_without_isolates_it_is_not(text):
    sentence = Column("العيار", WIDTH, lambda row: row)
    assert likeness(painted(sentence, text, RIGHT), painted(sentence, text, LEFT)) < 0.6


def test_a_cell_starts_where_reading_starts():
    column = Column("Place", WIDTH, lambda row: row, Kind.CODE)
    assert ink(painted(column, "A1", LEFT)).left() < 20
    assert ink(painted(column, "A1", RIGHT)).right() > WIDTH - 20


def test_a_number_stands_at_the_end():
    column = Column("Count", WIDTH, lambda row: row, Kind.NUMBER)
    assert ink(painted(column, "48", LEFT)).right() > WIDTH - 20


def test_a_chip_has_its_tone_and_its_dot_on_the_right_side():
    column = Column("State", WIDTH, lambda row: row, Kind.CHIP, tone=lambda _row: Tone.OK)
    assert ink(painted(column, "صالح", RIGHT), LIGHT.ok).right() > WIDTH - 24
    assert ink(painted(column, "fit", LEFT), LIGHT.ok_soft).left() < 16


def test_two_lines_stand_over_each_other():
    column = Column("Model", WIDTH, lambda row: row, Kind.TWO_LINE, second=lambda _row: "Izhmash")
    one = Column("Model", WIDTH, lambda row: row, Kind.TWO_LINE)
    assert ink(painted(column, "AKM")).height() > ink(painted(one, "AKM")).height() + 8


def test_a_selected_row_is_marked_by_more_than_its_ground():
    column = Column("Place", WIDTH, lambda row: row)
    chosen = painted(column, "A1", selected=True)
    assert chosen.pixelColor(1, 20) == QColor(LIGHT.accent)
    assert chosen.pixelColor(200, 20) == QColor(LIGHT.select)
    assert painted(column, "A1", RIGHT, selected=True).pixelColor(WIDTH - 2, 20) == QColor(
        LIGHT.accent
    )


def test_a_tick_box_stands_before_the_first_cell():
    column = Column("Place", WIDTH, lambda row: row)
    assert ink(painted(column, "A1", ticks=True)).left() < 14
    ticked = painted(column, "A1", ticks=True, selected=True)
    assert ticked.pixelColor(19, 14) == QColor(LIGHT.accent)
    assert tick_room() >= 24


def test_a_row_on_its_way_is_a_pale_bar():
    column = Column("Place", WIDTH, lambda row: row)
    waiting = painted(column, "A1", held=False)
    assert waiting.pixelColor(40, 20) == QColor(LIGHT.grey_soft)


def test_an_empty_cell_says_so_quietly():
    column = Column("Mark", WIDTH, lambda row: row, Kind.MONO, empty="Not marked")
    assert ink(painted(column, "")).width() > 40


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MONO, Kind.CHIP, Kind.TWO_LINE])
def test_what_had_no_room_is_told_under_the_hand_and_nothing_else(kind, qtbot):
    long = "not fit for any use at all"
    columns = [
        Column("Condition", 90, lambda row: row, kind, second=lambda _row: "AKM"),
        Column("Place", WIDTH, lambda _row: "A1"),
    ]
    table = PagedTable("Weapons", columns)
    table.use(ListPages([long]))
    displayed(table, qtbot, 400, 200)
    assert plain(hint_of(table, column=0)).startswith(f"Condition\n{long}")
    assert hint_of(table, column=1) == ""
    title = table.model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert title == "Condition"
