"""Rows on paper: a square to tick stands before each row of a count, titles on every page."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest

from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.language import plain
from stockpile.services.documents import Column, Paper, Table, Ticks

COLUMNS = (Column("Serial", 1, code=True), Column("Model", 2))
ROWS = tuple((f"SN{n:05}", "AKM") for n in range(90))


def pages_of(tmp_path, block, *, rtl=False):
    """Return the text of each page, and the places of its squares."""
    paper = Paper("Stocktake", "Rack 4", "ST-KLA-26-0001", (block,), (), rtl)
    with pypdfium2.PdfDocument(PdfPress().draw(paper, tmp_path / "p.pdf").file) as document:
        return [(text_of(page), squares_of(page)) for page in document]


def text_of(page):
    return re.sub(r"\s+", " ", plain(page.get_textpage().get_text_range()))


def squares_of(page):
    boxes = [one.get_bounds() for one in page.get_objects() if one.type == 2]
    return [
        (left, bottom)
        for left, bottom, right, top in boxes
        if abs((right - left) - (top - bottom)) < 1 and 10 < right - left < 14
    ]


@pytest.mark.parametrize("rtl", [False, True])
def test_a_square_stands_before_every_row_where_reading_starts(tmp_path, rtl):
    pages = pages_of(tmp_path, Ticks(COLUMNS, ROWS), rtl=rtl)
    assert len(pages) > 1
    assert sum(len(squares) for _text, squares in pages) == len(ROWS)
    for text, squares in pages:
        assert "Serial" in text
        assert text.count("SN") == len(squares)
        assert all((left > 500) == rtl for left, _bottom in squares)
        heights = [bottom for _left, bottom in squares]
        assert all(a - b >= 20 for a, b in itertools.pairwise(heights))


def test_a_row_of_a_count_has_one_square_however_long_it_is(tmp_path):
    long = " ".join(f"word{n:04}" for n in range(900))
    pages = pages_of(tmp_path, Ticks(COLUMNS, (("SN1", long),)))
    assert sum(len(squares) for _text, squares in pages) == 1
    assert all(f"word{n:04}" in " ".join(text for text, _ in pages) for n in range(900))


def test_a_table_has_no_squares(tmp_path):
    assert all(squares == [] for _text, squares in pages_of(tmp_path, Table(COLUMNS, ROWS)))
