"""Layouts are set by who may, and laid out with their problems in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import MarkLayoutUnknown, OfficerNotAuthorised
from stockpile.domain.facts import Box, Glyph, SchemeSet
from stockpile.language import plain
from stockpile.services.mark_layouts import STANDARD_LAYOUT
from tests.helpers.house import PIN

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide", width=24_000)
TEXT = "UG 26 000123"


@pytest.fixture
def board(house):
    return house.stockpile.mark_layouts


def test_a_layout_is_kept_once_and_changed_as_its_next_version(house, board):
    assert board.all() == (STANDARD_LAYOUT,)
    board.set(SLIDE, by=house.officer)
    assert board.layout("pistol slide") == SLIDE
    assert board.set(replace(SLIDE, version=5), by=house.officer).facts == ()
    board.set(replace(SLIDE, height=9_000), by=house.officer)
    assert (board.layout("Pistol slide").version, board.layout("Pistol slide").height) == (2, 9_000)
    assert [one.name for one in board.all()] == ["Pistol slide", STANDARD_LAYOUT.name]


def test_the_layout_that_ships_may_be_set_anew(house, board):
    board.set(replace(STANDARD_LAYOUT, lines=1), by=house.officer)
    assert board.layout("").lines == 1
    assert len(board.all()) == 1


def test_a_layout_that_is_not_there_is_said(board):
    with pytest.raises(MarkLayoutUnknown):
        board.layout("Bolt")


def test_who_may_not_sets_no_layout(house, board):
    people = house.stockpile.people
    people.appoint("B. Okot", ("storekeeper",), PIN, by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        board.set(SLIDE, by=people.sign_in("B. Okot", PIN))


def test_a_mark_is_laid_out_with_its_own_symbol_and_its_problems_in_words(board):
    laid = board.laid_out(STANDARD_LAYOUT, TEXT)
    assert laid.problems == ()
    assert laid.matrix_box == Box(1_000, 1_200, 5_600, 5_600)
    low = board.laid_out(replace(STANDARD_LAYOUT, text_height=1_000, text_x=1_000), TEXT + "é")
    assert [plain(one.said) for one in low.problems] == [
        "There is no letter for: é",
        "The letters are 0.6 mm too low: at least 1.6 mm is asked for.",
        "Text and Data Matrix lie over each other.",
        "The mark reaches over the edge of the zone.",
    ]


def test_height_and_signs_are_the_schemes_own(board):
    scheme = SchemeSet("x", "{logo} {seq}", min_height_um=2_500, glyphs=(Glyph("logo", ("##",)),))
    (one,) = board.laid_out(STANDARD_LAYOUT, "◈ 000123", scheme).problems
    assert plain(one.said) == "The letters are 0.5 mm too low: at least 2.5 mm is asked for."


def test_a_sign_is_cut_but_not_in_the_data_matrix(board):
    plain_text, signed = (board.laid_out(STANDARD_LAYOUT, one) for one in ("UG 1", "★ UG 1"))
    assert signed.matrix_box == plain_text.matrix_box
    inside = [
        {dot for dot in one.drawing.dots if dot[0] < one.matrix_box.x + one.matrix_box.width}
        for one in (plain_text, signed)
    ]
    assert inside[0] == inside[1]
