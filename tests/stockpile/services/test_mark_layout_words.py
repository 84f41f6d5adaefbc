"""Each problem of a mark is said in words, and each limit with its source."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from stockpile.domain.facts import SchemeSet
from stockpile.domain.laying_out import Problem, ProblemKind, depth_problem, lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.language import plain
from stockpile.services.mark_layout_words import (
    fine_mm,
    font_name,
    limits_of,
    problem_sentence,
    said,
)

MODULES = ("#" * 14,) * 14


def limits(layout=STANDARD_LAYOUT, scheme=None):
    found = limits_of(layout, lay_out(layout, "UG 1", MODULES), scheme)
    return {one.name: one for one in found}


@pytest.mark.parametrize("kind", get_args(ProblemKind))
def test_every_problem_has_its_sentence(kind):
    sentence = problem_sentence(Problem(kind, short=100, limit=1_600, signs="é"))
    assert sentence.endswith((".", "é", "\u2069"))
    assert "{" not in sentence


def test_a_shallow_mark_is_said_as_the_limits_of_depth_are_written():
    sentence = plain(problem_sentence(depth_problem(70_000)))
    assert sentence == "The mark is 0.006 mm too shallow: at least 0.0762 mm is asked for."
    assert fine_mm(76.2) == "0.0762 mm"


def test_a_mark_round_a_cylinder_is_said_in_degrees():
    assert "at most 30° from" in plain(problem_sentence(Problem("curved", short=10, limit=30)))


def test_the_problems_of_a_mark_get_their_sentences():
    laid = lay_out(replace(STANDARD_LAYOUT, text_height=1_000), "A", MODULES)
    assert [one.said for one in laid.problems] == [""]
    assert [bool(one.said) for one in said(laid).problems] == [True]


def test_the_laws_limits_stand_with_their_sources():
    found = limits()
    assert list(found) == ["Height of the letters", "Depth", "Quiet zone of the Data Matrix"]
    assert plain(found["Height of the letters"].asked) == "at least 1.6 mm"
    assert "27 CFR 478.92: 1/16 in" in plain(found["Height of the letters"].source)
    assert plain(found["Depth"].asked) == "at least 0.0762 mm"
    assert "measure it" in found["Depth"].found
    assert not any(one.broken for one in found.values())


def test_a_schemes_limits_stand_with_its_source():
    scheme = SchemeSet("x", "{seq}", min_height_um=2_500, limits_source="Order 14")
    found = limits_of(STANDARD_LAYOUT, lay_out(STANDARD_LAYOUT, "A"), scheme)
    assert [plain(one.source) for one in found] == ["Order 14", "Order 14"]
    assert plain(found[0].asked) == "at least 2.5 mm"


def test_our_own_rule_is_called_our_own_and_broken_limits_are_marked():
    found = limits(replace(STANDARD_LAYOUT, radius=2_000, matrix_x=100))
    assert found["Reach round the cylinder"].source == "A rule of this program, no standard's"
    assert found["Reach round the cylinder"].broken
    assert found["Quiet zone of the Data Matrix"].broken
    assert not limits(replace(STANDARD_LAYOUT, radius=20_000))["Reach round the cylinder"].broken


def test_fonts_are_named_and_an_unknown_one_stands_as_it_is():
    assert font_name("dots") == "Dots"
    assert font_name("gothic") == "gothic"
