"""Each dot and stroke stands where it should, and each broken limit is found."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.drawings import Drawing
from stockpile.domain.facts import Box, Glyph, MarkLayoutSet
from stockpile.domain.laying_out import (
    Problem,
    depth_problem,
    dot_depth,
    dot_diameter,
    inside,
    lay_out,
    letter_width,
    overlapping,
    pitch,
    strokes_through,
    wrapped,
)
from stockpile.domain.mark_fonts import alphabet, letters

FLAT = MarkLayoutSet("flat", 30_000, 8_000, text_x=8_200, text_y=3_000)
MATRIX = replace(FLAT, matrix_x=1_000, matrix_y=1_200, module=400)
MODULES = ("#.#.", "##.#", "#..#", "####")
"""As large as a symbol of four by four would be."""

# machines/vectors.json, geometry: in millimetres
PITCHES = [
    (1.6, 0.15, 0.2417, 1.1167),
    (1.6, 0.25, 0.225, 1.15),
    (2.0, 0.15, 0.3083, 1.3833),
    (2.0, 0.25, 0.2917, 1.4167),
    (3.0, 0.15, 0.475, 2.05),
    (3.0, 0.25, 0.4583, 2.0833),
]
DIAMETERS = [
    (60, 0.0762, 0.088),
    (60, 0.1, 0.1155),
    (60, 0.15, 0.1732),
    (60, 0.25, 0.2887),
    (90, 0.0762, 0.1524),
    (90, 0.1, 0.2),
    (90, 0.15, 0.3),
    (90, 0.25, 0.5),
    (120, 0.0762, 0.264),
    (120, 0.1, 0.3464),
    (120, 0.15, 0.5196),
    (120, 0.25, 0.866),
]


def kinds(laid):
    return [one.kind for one in laid.problems]


def within(drawing, box, slack=1):
    (left, low), (right, high) = drawing.bounds
    return (
        left >= box.x - slack
        and low >= box.y - slack
        and right <= box.x + box.width + slack
        and high <= box.y + box.height + slack
    )


fonts = st.sampled_from(["dots", "strokes"])
heights = st.integers(600, 20_000)
texts = st.text(alphabet(), min_size=1, max_size=14).map(str.strip).filter(bool)


@pytest.mark.parametrize(("height", "dot", "spacing", "wide"), PITCHES)
def test_the_height_is_over_the_outside_of_the_dots(height, dot, spacing, wide):
    assert round(pitch(height * 1000, dot * 1000) / 1000, 4) == spacing
    assert round(letter_width(height * 1000, dot * 1000) / 1000, 4) == wide


@pytest.mark.parametrize(("angle", "depth", "dot"), DIAMETERS)
def test_a_dot_is_as_wide_as_its_pin_goes_deep(angle, depth, dot):
    assert round(dot_diameter(depth, angle), 4) == dot
    assert math.isclose(dot_depth(dot_diameter(depth, angle), angle), depth)


@given(texts, fonts, heights, st.integers(50, 500), st.integers(1, 3))
def test_everything_that_is_cut_lies_in_its_box(text, font, height, dot, lines):
    layout = replace(FLAT, font=font, text_height=height, line_width=dot, lines=lines)
    laid = lay_out(layout, text)
    assert within(laid.drawing, laid.text_box)
    assert laid.drawing.width_um == dot


@given(fonts, heights, st.integers(50, 500), st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_full_letter_is_as_high_and_wide_as_asked_to_the_micrometre(font, height, dot, x, y):
    layout = replace(FLAT, font=font, text_height=height, line_width=dot, text_x=x, text_y=y)
    laid = lay_out(layout, "H")
    (left, low), (right, high) = laid.drawing.bounds
    assert abs((high - low) - height) <= 1
    assert abs((right - left) - letter_width(height, dot)) <= 1.5
    assert abs(left - x) <= 1
    assert abs(low - y) <= 1
    assert (laid.text_box.x, laid.text_box.y, laid.text_box.height) == (x, y, height)


@given(st.sampled_from(letters()), heights, st.integers(50, 500))
def test_a_letter_has_a_dot_for_each_of_its_own(letter, height, dot):
    laid = lay_out(replace(FLAT, text_height=height, line_width=dot), letter)
    assert len(laid.drawing.dots) > 0
    assert not laid.drawing.strokes


def test_letters_stand_side_by_side_and_lines_under_each_other():
    laid = lay_out(replace(FLAT, lines=2), "AB CD")
    left = [x for x, _ in laid.drawing.dots]
    up = [y for _, y in laid.drawing.dots]
    step = pitch(2_000, 250)
    assert max(left) - min(left) == pytest.approx(10 * step, abs=1)
    assert max(up) - min(up) == pytest.approx(2_000 + 2 * step + 6 * step, abs=1)


@pytest.mark.parametrize(
    ("text", "lines", "told"),
    [
        ("UG 26 000123", 1, ("UG 26 000123",)),
        ("UG 26 000123", 2, ("UG 26", "000123")),
        ("UG 26 000123", 3, ("UG", "26", "000123")),
        ("UG 26 000123", 4, ("UG", "26", "000123")),
        ("UG-A00123", 2, ("UG-A00123",)),
        ("  UG   26 ", 1, ("UG 26",)),
        ("", 2, ("",)),
    ],
)
def test_a_text_is_broken_at_its_spaces(text, lines, told):
    assert wrapped(text, lines) == told


def test_a_good_mark_has_no_problem():
    assert kinds(lay_out(MATRIX, "UG 26 0123", MODULES)) == []
    assert kinds(lay_out(replace(MATRIX, font="strokes"), "UG 26 0123", MODULES)) == []


def test_letters_lower_than_asked_for_are_told_by_how_much():
    (one,) = lay_out(replace(FLAT, text_height=1_500), "A").problems
    assert (one.kind, one.short, one.limit) == ("too_low", 100, 1_600)
    assert kinds(lay_out(FLAT, "A", min_height_um=2_001)) == ["too_low"]
    assert kinds(lay_out(FLAT, "A", min_height_um=2_000)) == []


def test_a_text_that_runs_out_of_the_zone_is_too_long():
    (one,) = lay_out(FLAT, "UG 26 0001234").problems
    assert one.kind == "too_long"
    assert one.short == 8_200 + lay_out(FLAT, "UG 26 0001234").text_box.width - 30_000


def test_a_text_over_another_edge_is_outside():
    assert kinds(lay_out(replace(FLAT, text_x=-1), "A")) == ["outside"]
    assert kinds(lay_out(replace(FLAT, text_y=6_001), "A")) == ["outside"]
    assert kinds(lay_out(replace(FLAT, text_y=6_000), "A")) == []


def test_a_mark_keeps_off_forbidden_areas():
    pin = Box(8_500, 4_000, 500, 500)
    (one,) = lay_out(replace(FLAT, forbidden=(pin,)), "A").problems
    assert (one.kind, one.at) == ("forbidden", pin)
    touching = Box(8_200 - 500, 3_000, 500, 500)
    assert kinds(lay_out(replace(FLAT, forbidden=(touching,)), "A")) == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"matrix_x": 300}, "quiet_zone"),
        ({"matrix_x": -100}, "outside"),
        ({"matrix_x": 6_400}, "quiet_zone"),
        ({"matrix_x": 8_000, "matrix_y": 3_000}, "overlap"),
        ({"forbidden": (Box(700, 1_300, 200, 200),)}, "quiet_zone"),
        ({"forbidden": (Box(1_100, 1_300, 200, 200),)}, "forbidden"),
        ({"line_width": 401}, "module"),
    ],
)
def test_a_data_matrix_has_its_room_to_itself(changed, kind):
    assert kinds(lay_out(replace(MATRIX, **changed), "A", MODULES)) == [kind]


def test_what_the_font_lacks_is_named_once_each():
    (one,) = lay_out(FLAT, "AéBé€").problems
    assert (one.kind, one.signs) == ("no_glyph", "é€")


def test_a_mark_on_a_cylinder_stays_near_its_top_line():
    barrel = replace(FLAT, radius=8_000, height=8_000)
    assert kinds(lay_out(barrel, "A")) == []
    (one,) = lay_out(replace(barrel, radius=1_900), "A").problems
    assert (one.kind, one.limit) == ("curved", 30)
    assert one.short == round(1_000 - 1_900 * math.pi / 6)


def test_a_measured_depth_is_judged_by_the_limit_and_none_is_not():
    assert depth_problem(76_200) is None
    assert depth_problem(0) is None
    assert depth_problem(70_000) == Problem("too_shallow", short=6, limit=76_200)


def test_the_machines_letters_are_approximate_and_its_own_affair():
    laid = lay_out(replace(FLAT, font="machine"), "Aé")
    assert laid.approximate
    assert kinds(laid) == []
    assert len(laid.drawing.dots) > 0
    assert not lay_out(FLAT, "A").approximate


def test_a_signs_glyph_is_drawn_as_high_as_the_letters():
    logo = Glyph("logo", ("#.#", ".#.", "#.#"))
    laid = lay_out(FLAT, "◈", glyphs=[logo])
    assert kinds(laid) == []
    assert laid.drawing.dots == (
        (8_325, 4_875), (10_075, 4_875), (9_200, 4_000), (8_325, 3_125), (10_075, 3_125),
    )  # fmt: skip
    assert kinds(lay_out(FLAT, "◈")) == ["no_glyph"]


def test_a_schemes_own_star_goes_before_ours():
    star = Glyph("star", ("#",) * 7)
    assert len(lay_out(FLAT, "★", glyphs=[star]).drawing.dots) == 7
    assert len(lay_out(FLAT, "★").drawing.dots) > 7


def test_a_glyph_in_strokes_joins_its_neighbouring_dots():
    assert set(strokes_through(("##", "#."))) == {((0, 1), (1, 1)), ((0, 0), (0, 1))}
    assert strokes_through(("#.", ".#")) == (((0, 1), (1, 0)),)
    assert strokes_through(("#..", "...", "..#")) == (((0, 2), (0, 2)), ((2, 0), (2, 0)))
    joined = {point for stroke in strokes_through(("#.#", ".#.", "#.#")) for point in stroke}
    assert joined == {(0, 0), (2, 2), (0, 2), (2, 0)}


def test_each_dark_module_has_a_dot_in_its_middle():
    dots = lay_out(replace(MATRIX, text_height=1_600), "", MODULES).drawing.dots
    assert len(dots) == sum(row.count("#") for row in MODULES)
    assert (1_200, 1_400) in dots
    assert (1_200, 2_600) in dots
    assert (1_600, 2_600) not in dots


def test_a_thin_pin_fills_a_module_with_several_dots():
    thin = lay_out(replace(MATRIX, line_width=120), "", MODULES).drawing.dots
    assert len(thin) == 4 * sum(row.count("#") for row in MODULES)
    assert (1_100, 1_300) in thin


def test_a_pen_hatches_a_module_to_its_edges():
    drawing = lay_out(replace(MATRIX, font="strokes", line_width=100), "", ("#",)).drawing
    assert drawing.bounds == ((1_000, 1_200), (1_400, 1_600))
    assert {y for stroke in drawing.strokes for _, y in stroke} == {1_250, 1_350, 1_450, 1_550}


def test_neighbouring_modules_are_cut_in_one_go():
    layout = replace(MATRIX, font="strokes", line_width=200)
    strokes = lay_out(layout, "", ("###.#",)).drawing.strokes
    assert sorted(abs(last[0] - first[0]) for first, last in strokes) == [200, 200, 1_000, 1_000]


def test_a_layout_without_module_has_no_data_matrix():
    laid = lay_out(FLAT, "A", MODULES)
    assert laid.matrix_box is None
    assert lay_out(MATRIX, "A", MODULES).matrix_box == Box(1_000, 1_200, 1_600, 1_600)


def test_no_text_is_no_drawing_and_no_problem():
    laid = lay_out(FLAT, "")
    assert laid.drawing == Drawing((), (), 250)
    assert laid.problems == ()


boxes = st.builds(Box, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9), st.integers(1, 9))


@given(boxes, boxes)
def test_boxes_overlap_where_they_share_a_point_of_their_inside(one, other):
    def cells(box):
        return {
            (x, y)
            for x in range(box.x, box.x + box.width)
            for y in range(box.y, box.y + box.height)
        }

    assert overlapping(one, other) == bool(cells(one) & cells(other))
    assert inside(one, other) == (cells(one) <= cells(other))
