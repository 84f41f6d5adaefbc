"""A page is rendered at a printer's dots exactly: what is whole dots wide stays whole dots wide."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2
import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.stocks import points

DPI = 203
DOT = 72 / DPI


@pytest.fixture
def page():
    """A roll's page of 80 mm, which is no whole number of dots, with bars of two dots."""
    out = io.BytesIO()
    document = StreamedDocument(out, points(80), points(40), "", "")
    bars = [f"{column} 0 2 40 re" for column in range(0, 640, 4)]
    document.add_page(f"q {DOT:.6f} 0 0 {DOT:.6f} 0 0 cm {' '.join(bars)} f Q")
    document.finish()
    opened = pypdfium2.PdfDocument(out.getvalue())
    yield opened[0]
    opened.close()


def test_bars_of_whole_dots_are_black_and_white_to_the_page_s_end(page):
    with closing(dots_of(page, DPI)) as bitmap:
        picture = bitmap.to_pil()
        assert picture.size == (640, 320)
        middle = list(picture.crop((0, 300, 636, 301)).tobytes())
    assert middle == [0, 0, 255, 255] * 159


def test_an_area_is_rendered_as_it_lies_on_the_page(page):
    area = (100 * DOT, points(40) - 20 * DOT, 40 * DOT, 10 * DOT)
    with closing(dots_of(page, DPI, area)) as bitmap:
        picture = bitmap.to_pil()
        assert picture.size == (40, 10)
        assert list(picture.crop((0, 5, 40, 6)).tobytes()) == [0, 0, 255, 255] * 10
