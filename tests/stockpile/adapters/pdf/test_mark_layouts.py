"""A mark on paper is as large as it says, its symbol reads back, and its ruler agrees."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.domain.facts import Box
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.services.documents import MarkFigure, Paper
from tests.helpers.cutting import read

TEXT = "UG 26 000123"
DPI = 300
SCALE = 5


def drawn(tmp_path, *, rtl=False, scale=SCALE, **changed):
    """Return a page with one mark on it as a picture, its zone cut out."""
    layout = replace(STANDARD_LAYOUT, **changed)
    laid = lay_out(layout, TEXT, ZxingMatrices().modules(TEXT))
    paper = Paper("Layout", "", "ML-1", (MarkFigure(layout, laid, scale),), rtl=rtl)
    file = PdfPress().draw(paper, tmp_path / "mark.pdf").file
    with pypdfium2.PdfDocument(file) as document:
        page = document[0].render(scale=DPI / 72).to_pil().convert("L")
        words = document[0].get_textpage().get_text_range()
    return page, zone_of(page, layout.width * scale), words


def zone_of(page, width_um):
    """Return the place of the zone on a page by its long black frame."""
    wide = round(width_um * DPI / 25_400)
    dark = page.point(lambda value: 255 if value < 60 else 0)  # the ruler is grey
    found = []
    for y in range(dark.height):
        row = dark.crop((0, y, dark.width, y + 1)).getbbox()
        if row and abs(row[2] - row[0] - wide) <= 3:
            inked = dark.crop((row[0], y, row[2], y + 1)).histogram()[255]
            if inked > 0.98 * (row[2] - row[0]):
                found.append((row[0], y, row[2]))
    return found[0][0], found[0][1], found[-1][2], found[-1][1]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("font", ["dots", "strokes"])
def test_the_mark_is_as_large_as_it_says_and_reads_back(tmp_path, font, rtl):
    page, (left, top, right, bottom), _words = drawn(tmp_path, rtl=rtl, font=font)
    assert right - left == pytest.approx(30 * SCALE * DPI / 25.4, abs=3)
    assert bottom - top == pytest.approx(8 * SCALE * DPI / 25.4, abs=3)
    symbol = page.crop((left + 4, top + 4, left + (right - left) * 7 // 30, bottom - 4))
    small = symbol.resize((symbol.width // 3, symbol.height // 3), Image.Resampling.LANCZOS)
    assert read(small) == TEXT.encode()


def test_a_mark_for_readers_from_the_right_is_moved_but_not_mirrored(tmp_path):
    _page, left_zone, _words = drawn(tmp_path)
    page, right_zone, _words = drawn(tmp_path, rtl=True)
    assert right_zone[0] > left_zone[0]
    left, top, right, bottom = right_zone
    matrix = page.crop((left + 4, top + 4, left + (right - left) // 4, bottom - 4))
    empty = page.crop((right - (right - left) // 4, top + 4, right - 4, bottom - 4))
    assert matrix.getextrema()[0] < 60
    assert empty.getextrema() == (255, 255)


def test_a_ruler_counts_the_millimetres(tmp_path):
    _page, _zone, words = drawn(tmp_path)
    assert {"0", "5", "10", "15", "20", "25", "30"} <= set(words.split())
    _page, _zone, words = drawn(tmp_path, scale=1)
    assert "15" not in words.split()
    assert {"0", "10", "20", "30"} <= set(words.split())


def test_a_forbidden_area_is_hatched_where_it_lies(tmp_path):
    area = Box(22_000, 2_000, 5_000, 4_000)
    plain, zone, _words = drawn(tmp_path)
    hatched, _zone, _words = drawn(tmp_path, forbidden=(area,))
    left, top, right, bottom = zone
    wide = (right - left) / 30_000
    inside = (
        round(left + area.x * wide),
        round(bottom - (area.y + area.height) * wide),
        round(left + (area.x + area.width) * wide),
        round(bottom - area.y * wide),
    )
    assert plain.crop(inside).getextrema() == (255, 255)
    assert hatched.crop(inside).getextrema()[0] < 200
    assert top < inside[1] < bottom


def test_a_high_mark_turns_the_page(tmp_path):
    layout = replace(STANDARD_LAYOUT, height=150_000)
    laid = lay_out(layout, TEXT)
    figures = (MarkFigure(layout, laid, 1), MarkFigure(layout, laid, 1))
    assert PdfPress().draw(Paper("Layout", "", "ML-1", figures), tmp_path / "a.pdf").pages == 2
