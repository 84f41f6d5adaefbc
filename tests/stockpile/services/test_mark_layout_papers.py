"""A layout's sheet says what it shows, and names each limit with its source."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from stockpile.domain.facts import Box, SchemeSet
from stockpile.language import plain, use_language
from stockpile.services.mark_layouts import STANDARD_LAYOUT

TEXT = "UG 26 000123"


@pytest.fixture
def board(house):
    return house.stockpile.mark_layouts


def words_of(file):
    with pypdfium2.PdfDocument(file) as document:
        (text,) = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", plain(text))


def test_a_sheet_names_each_limit_with_its_source_and_what_no_drawing_shows(board, tmp_path):
    said = words_of(board.print(STANDARD_LAYOUT, TEXT, tmp_path / "layout.pdf"))
    for words in (
        TEXT, "True to scale 1 : 1", "Enlarged 5 : 1", "at least 1.6 mm", "at least 0.0762 mm",
        "Directive (EU) 2019/68, (EU) 2024/325", "27 CFR 478.92: 0.003 in",
        "No drawing shows it: measure it on a test piece", "ISO/IEC 16022",
    ):  # fmt: skip
        assert words in said
    assert "Approximate" not in said


def test_a_scheme_brings_its_own_source(board, tmp_path):
    scheme = SchemeSet("National", "{seq}", limits_source="Order 14 of 2021")
    said = words_of(board.print(STANDARD_LAYOUT, "000123", tmp_path / "a.pdf", scheme))
    assert said.count("Order 14 of 2021") == 2
    assert "478.92" not in said


def test_letters_of_the_machine_are_called_approximate(board, tmp_path):
    layout = replace(STANDARD_LAYOUT, font="machine")
    assert "Approximate: the letters are" in words_of(board.print(layout, TEXT, tmp_path / "a.pdf"))


def test_a_cylinder_and_forbidden_areas_are_told(board, tmp_path):
    layout = replace(STANDARD_LAYOUT, radius=20_000, forbidden=(Box(20_000, 500, 3_000, 2_000),))
    said = words_of(board.print(layout, TEXT, tmp_path / "a.pdf"))
    assert "3 x 2 mm @ 20, 0.5" in said
    assert "A rule of this program, no standard's" in said


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(12_000, 4_000, "Enlarged 10 : 1"), (90_000, 40_000, "1 : 1"), (300_000, 50_000, "1 : 2")],
)
def test_a_zone_is_drawn_as_large_as_the_paper_holds(board, tmp_path, width, height, shown):
    layout = replace(STANDARD_LAYOUT, width=width, height=height, module=0, text_x=200)
    assert shown in words_of(board.print(layout, "A", tmp_path / "a.pdf"))


def test_the_same_mark_is_the_same_bytes_and_another_has_another_code(board, tmp_path):
    one, again, other = (
        board.print(STANDARD_LAYOUT, text, tmp_path / f"{number}.pdf").read_bytes()
        for number, text in enumerate((TEXT, TEXT, "UG 26 000124"))
    )
    assert one == again
    assert one != other


def test_a_sheet_is_printed_in_the_language_of_its_reader(board, tmp_path):
    use_language("ar")
    try:
        assert board.print(STANDARD_LAYOUT, TEXT, tmp_path / "a.pdf").stat().st_size > 1_000
    finally:
        use_language("en")
