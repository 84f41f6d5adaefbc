"""What is cut knows how far it reaches."""

from __future__ import annotations

from stockpile.domain.drawings import Drawing


def test_nothing_cut_reaches_nowhere():
    assert Drawing().bounds == ((0, 0), (0, 0))
    assert list(Drawing().points()) == []


def test_a_dot_reaches_half_its_width_on_each_side():
    assert Drawing(dots=((1_000, 2_000),), width_um=250).bounds == ((875, 1_875), (1_125, 2_125))


def test_dots_and_strokes_reach_together():
    drawing = Drawing(((0, 0),), (((500, -100), (900, 700)),), 200)
    assert drawing.bounds == ((-100, -200), (1_000, 800))
    assert list(drawing.points()) == [(0, 0), (500, -100), (900, 700)]
