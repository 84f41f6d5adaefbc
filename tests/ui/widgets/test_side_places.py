from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from stockpile.domain.vocabulary import COMPONENTS, POSITIONS
from ui.widgets.side_places import Sign, bearer, lanes, points, spread
from ui.widgets.silhouettes import DRAWINGS, drawing


def sign(component="", position=""):
    return Sign("77", "Serial", component, position)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_mark_lies_on_the_metal_wherever_the_record_says_it_is(name):
    drawn = drawing(name)
    signs = [sign(part, where) for part in ("", *COMPONENTS) for where in ("", *POSITIONS)]
    spots = points(drawn, signs)
    assert len(spots) == len(signs)
    for one, spot in zip(signs, spots, strict=True):
        assert bearer(drawn, one.component).room.adjusted(-1, -1, 1, 1).contains(spot)


def test_a_part_that_is_not_drawn_is_shown_on_its_neighbour():
    pistol, rifle = drawing("pistol"), drawing("rifle")
    assert bearer(pistol, "slide").component == "slide"
    assert bearer(pistol, "receiver").component == "frame"
    assert bearer(pistol, "suppressor").component == "barrel"
    assert bearer(rifle, "slide").component == "bolt"
    assert bearer(rifle, "").component == "receiver"
    assert bearer(drawing("manpads"), "receiver").component == "launch_tube"
    assert bearer(pistol, "tripod").component == "frame"


def test_marks_of_one_part_stand_apart_also_on_both_sides():
    spots = points(drawing("rifle"), [sign("receiver", "left"), sign("receiver", "right")])
    assert abs(spots[0].x() - spots[1].x()) > 20


def test_top_bottom_front_and_rear_are_where_they_are():
    drawn = drawing("rifle")
    where = dict(
        zip(POSITIONS, points(drawn, [sign("receiver", one) for one in POSITIONS]), strict=True)
    )
    assert where["top"].y() < where["left"].y() < where["bottom"].y()
    assert where["front"].x() < where["top"].x() < where["rear"].x()


def test_what_the_left_side_does_not_show_is_hidden():
    assert sign("receiver", "right").hidden
    assert sign("receiver", "inside").hidden
    assert not sign("receiver", "left").hidden
    assert not sign("receiver", "top").hidden
    assert not sign().hidden


def test_numbers_stand_on_the_side_of_their_point_until_that_is_full():
    spots = [QPointF(n, 0 if n < 4 else 90) for n in range(5)]
    assert lanes(spots, 50, 9) == ["above"] * 4 + ["below"]
    assert lanes(spots, 50, 3) == ["above"] * 3 + ["below"] * 2
    assert lanes(spots, 50, 1) == ["above"] * 4 + ["below"]
    assert lanes([], 50, 1) == []


@given(st.lists(st.floats(-50, 700), max_size=40), st.floats(5, 40))
def test_numbers_in_a_lane_keep_their_order_their_distance_and_their_room(wanted, gap):
    room = QRectF(0, 0, 600, 20)
    placed = spread(wanted, room, gap)
    assert len(placed) == len(wanted)
    step = min(gap, 600 / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    along = [placed[number] for number in order]
    assert all(after - before > step - 0.001 for before, after in itertools.pairwise(along))
    assert all(-0.001 <= one <= 600.001 for one in along)


def test_a_number_that_has_room_stands_where_it_wants():
    assert spread([100, 300], QRectF(0, 0, 600, 20), 28) == [100, 300]
