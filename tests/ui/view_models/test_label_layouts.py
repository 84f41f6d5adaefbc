"""What is done to a layout at the screen: elements come where there is room, and stay on it."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import ELEMENTS, problems_of
from ui.view_models.label_layouts import (
    moved,
    resized,
    with_element,
    with_new,
    without_element,
)

SERIAL = LabelElement("serial", 2_000, 2_000, 30_000, 5_000)
LARGE = LabelLayoutSet("Large", "weapon", 100_000, 70_000, (SERIAL,), logo="0" * 64)


@pytest.mark.parametrize("what", [one for one in ELEMENTS if one != "code39"])
def test_a_new_element_comes_where_there_is_room_and_can_be_read(what):
    layout = with_new(LARGE, what)
    assert layout.elements[-1].what == what
    assert problems_of(layout, 300) == ()


def test_without_room_a_new_element_stands_at_the_foot_and_is_called_covering():
    full = LabelLayoutSet("Full", "weapon", 32_000, 10_000, (SERIAL,))
    layout = with_new(full, "matrix")
    assert layout.elements[-1].top == 0
    assert {one.kind for one in problems_of(layout)} >= {"covered"}


def test_an_element_stays_on_the_label_however_far_it_is_dragged():
    assert moved(LARGE, SERIAL, -9_000, 90_000) == LabelElement("serial", 0, 65_000, 30_000, 5_000)
    wide = resized(LARGE, SERIAL, 500_000, -500_000)
    assert (wide.left, wide.width, wide.height) == (2_000, 98_000, 500)


def test_elements_are_replaced_and_taken_away_by_their_place():
    two = with_new(LARGE, "model")
    other = LabelElement("mark", 1, 1, 1, 1)
    assert with_element(two, 0, other).elements == (other, two.elements[1])
    assert without_element(two, 0).elements == two.elements[1:]
