from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from ui.widgets.outlines import outline, rounded_polygon

DRAWN = """
barrel 2 0,10 50,10 50,20 0,20
receiver 4 50,0 100,0 100,40 50,40
| 60,10 90,10 90,30 60,30
- 1 70,12 74,12 74,16 70,16
barrel 1 0,30 10,30 10,34 0,34
- o 20,50 6
"""


def test_a_text_becomes_parts_in_their_order():
    drawn = outline("thing", DRAWN)
    assert [part.component for part in drawn.parts] == ["barrel", "receiver", "", "barrel", ""]
    assert drawn.parts[0].room == QRectF(0, 10, 50, 10)
    assert drawn.room == QRectF(0, 0, 100, 56).united(drawn.parts[4].room)


def test_the_largest_part_of_a_name_is_found_and_the_nameless_never_are():
    drawn = outline("thing", DRAWN)
    assert drawn.of("barrel") is drawn.parts[0]
    assert drawn.of("slide") is None
    assert drawn.of("") is None


def test_a_hole_is_not_part_of_the_shape():
    receiver = outline("thing", DRAWN).parts[1]
    assert receiver.path.contains(QPointF(55, 20))
    assert not receiver.path.contains(QPointF(75, 20))


def test_a_disc_is_round():
    disc = outline("thing", DRAWN).parts[4].path
    assert disc.contains(QPointF(20, 45))
    assert not disc.contains(QPointF(15, 45))


def test_corners_are_cut_by_their_rounding():
    square = [QPointF(0, 0), QPointF(10, 0), QPointF(10, 10), QPointF(0, 10)]
    sharp, soft = rounded_polygon(square, 0), rounded_polygon(square, 4)
    assert sharp.contains(QPointF(0.3, 0.3))
    assert not soft.contains(QPointF(0.3, 0.3))
    assert soft.contains(QPointF(5, 0.2))
    assert rounded_polygon(square, 400).contains(QPointF(5, 5))


def test_two_corners_in_one_place_are_drawn():
    doubled = [QPointF(0, 0), QPointF(0, 0), QPointF(10, 0), QPointF(10, 10)]
    assert rounded_polygon(doubled, 2).contains(QPointF(8, 4))
