"""Layouts are set by who may, laid out with problems in words, and printed true to scale."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from stockpile.domain.errors import MarkLayoutUnknown, OfficerNotAuthorised
from stockpile.domain.facts import Box, Glyph, SchemeSet
from stockpile.language import plain, use_language
from stockpile.services.mark_layouts import STANDARD_LAYOUT
from tests.helpers.house import PIN
from tests.helpers.cutting import read

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide", width=24_000)
TEXT = "UG 26 000123"


@pytest.fixture
def board(house):
    return house.stockpile.mark_layouts


def words_of(file):
    with pypdfium2.PdfDocument(file) as document:
        (text,) = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", plain(text))


def seen(file, dpi=150):
    with pypdfium2.PdfDocument(file) as document:
        return document[0].render(scale=dpi / 72).to_pil().convert("L")


def figures(picture, dpi=150):
    """Return the pictures of the two zones on a sheet, by their black frames."""
    wide = [round(scale * 30 * dpi / 25.4) for scale in (1, 5)]
    dark = picture.point(lambda value: 255 if value < 128 else 0)
    boxes = []
    for y in range(dark.height):
        row = dark.crop((0, y, dark.width, y + 1)).getbbox()
        if row and any(abs(row[2] - row[0] - one) <= 2 for one in wide):
            line = dark.crop((row[0], y, row[2], y + 1)).histogram()[255]
            if line > 0.98 * (row[2] - row[0]):
                boxes.append((row[0], y, row[2]))
    return boxes


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


def test_every_problem_has_its_sentence(board):
    crowded = replace(
        STANDARD_LAYOUT, radius=1_000, text_x=24_000, matrix_x=100, text_y=7_000, line_width=500,
        forbidden=(Box(24_000, 7_000, 900, 900),),
    )  # fmt: skip
    laid = board.laid_out(crowded, TEXT)
    assert {one.kind for one in laid.problems} == {
        "too_long", "outside", "forbidden", "curved", "module", "quiet_zone",
    }  # fmt: skip
    assert all(one.said and "{" not in one.said for one in laid.problems)


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


def test_a_sheet_is_true_to_scale_and_its_symbol_reads_back(board, tmp_path):
    file = board.print(STANDARD_LAYOUT, TEXT, tmp_path / "layout.pdf")
    picture = seen(file, 300)
    frames = figures(picture, 300)
    widths = sorted({right - left for left, _, right in frames})
    assert widths[0] == pytest.approx(30 * 300 / 25.4, abs=3)
    assert widths[-1] == pytest.approx(150 * 300 / 25.4, abs=3)
    large = [one for one in frames if one[2] - one[0] == widths[-1]]
    zone = picture.crop((large[0][0] + 4, large[0][1] + 4, large[-1][2] - 4, large[-1][1] - 4))
    zone = zone.crop((0, 0, zone.width * 7 // 30, zone.height))
    assert read(zone.resize((zone.width // 3, zone.height // 3), Image.Resampling.LANCZOS)) == (
        TEXT.encode()
    )


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
