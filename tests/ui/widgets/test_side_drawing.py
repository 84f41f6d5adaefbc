from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ui.theme import LIGHT
from ui.widgets.side_drawing import DISC, SideDrawing
from ui.widgets.side_places import Sign
from ui.widgets.silhouettes import silhouette

pytestmark = pytest.mark.usefixtures("light")

SIGNS = (
    Sign("KB 1", "Serial", "receiver", "left"),
    Sign("UG 26 0007", "Applied mark", "receiver", "right", ours=True),
    Sign("1902", "Assembly", "magazine", "bottom", obliterated=True),
)


@pytest.fixture
def drawing(qtbot):
    made = SideDrawing(silhouette("ASR"))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_weapon(silhouette("ASR"), SIGNS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colours(drawing, index, reach=DISC // 2):
    picture, centre = drawing.grab().toImage(), drawing.discs()[index].toPoint()
    steps = range(-reach, reach + 1)
    return {picture.pixelColor(centre + QPoint(x, y)).name().upper() for x in steps for y in steps}


def test_each_mark_has_a_number_above_or_below_and_a_point_on_the_weapon(drawing):
    discs, spots = drawing.discs(), drawing.spots()
    assert [disc.y() < 150 for disc in discs] == [True, True, False]
    assert discs[0].y() + DISC < min(spot.y() for spot in spots)
    assert discs[2].y() - DISC > max(spot.y() for spot in spots)
    assert abs(discs[0].x() - discs[1].x()) >= DISC


def test_ours_are_filled_in_the_accent_and_obliterated_ones_crossed_in_red(drawing):
    assert LIGHT.accent in colours(drawing, 1)
    assert LIGHT.accent not in colours(drawing, 0)
    assert LIGHT.bad in colours(drawing, 2)
    assert LIGHT.bad not in colours(drawing, 0)


def test_a_press_on_a_number_or_its_point_chooses_the_mark(drawing):
    told = []
    drawing.chosen.connect(told.append)
    for place in (drawing.discs()[2], drawing.spots()[0]):
        QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place.toPoint())
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=QPoint(5, 295))
    assert told == [2, 0]


def test_the_part_of_the_chosen_mark_stands_out(drawing):
    before = drawing.grab().toImage()
    drawing.choose(0)
    after = drawing.grab().toImage()
    beside = drawing.spots()[0].toPoint() + QPoint(-12, 0)
    assert after.pixelColor(beside) == QColor(LIGHT.accent_soft)
    assert before.pixelColor(beside) == QColor(LIGHT.grey_soft)
    drawing.choose(-1)
    assert drawing.grab().toImage() == before != after


def test_the_pointer_shows_what_can_be_pressed(drawing):
    QTest.mouseMove(drawing, drawing.discs()[1].toPoint())
    assert drawing.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert drawing.toolTip() == "UG 26 0007"
    QTest.mouseMove(drawing, QPoint(5, 295))
    assert drawing.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_weapon_is_never_mirrored(qtbot, drawing, mirrored):
    other = SideDrawing(silhouette("ASR"))
    qtbot.addWidget(other)
    other.resize(600, 300)
    other.show_weapon(silhouette("ASR"), SIGNS)
    assert other.spots() == drawing.spots()
    assert other.grab().toImage() == drawing.grab().toImage()


def test_forty_marks_still_have_their_numbers_in_sight(drawing):
    drawing.show_weapon(silhouette("PST"), SIGNS[:1] * 40)
    assert all(0 < disc.x() < 600 for disc in drawing.discs())
    drawing.grab()
