"""A mark's Data Matrix is square, right, and read back from the metal as drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from tests.helpers.cutting import cut, read
from tests.helpers.nightly import examples

MAKER = ZxingMatrices()
LARGE = replace(STANDARD_LAYOUT, width=40_000, height=16_000, text_x=16_000)


def printed(modules, pixels=6):
    """Return modules as a picture with a quiet zone of two."""
    wide = len(modules[0]) + 4
    picture = Image.new("L", (wide, len(modules) + 4), 255)
    for y, row in enumerate(modules):
        for x, cell in enumerate(row):
            picture.putpixel((x + 2, y + 2), 0 if cell == "#" else 255)
    return picture.resize((wide * pixels, picture.height * pixels), Image.Resampling.NEAREST)


# machines/vectors.json, geometry
@pytest.mark.parametrize(
    ("text", "side", "dark"),
    [("12345678", 12, 83), ("UG-A00123", 14, 106), ("https://x.org/w/1234567890ABCDEF", 22, 246)],
)
def test_known_symbols(text, side, dark):
    modules = MAKER.modules(text)
    assert (len(modules), {len(row) for row in modules}) == (side, {side})
    assert "".join(modules).count("#") == dark


def test_the_first_row_is_dotted_and_the_last_solid():
    modules = MAKER.modules("UG 26 000123")
    assert modules[0] == "#." * 7
    assert modules[-1] == "#" * 14
    assert {row[0] for row in modules} == {"#"}


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
@settings(max_examples=examples(60))
def test_every_symbol_is_square_and_reads_as_its_text(text):
    modules = MAKER.modules(text)
    assert len(modules) == len(modules[0])
    (found,) = zxingcpp.read_barcodes(printed(modules))
    assert found.bytes == text.encode("ascii")


@pytest.mark.parametrize("text", ["СРБ 26 000123", "ΕΛ 26 000123", "Ñ 26 1"])
def test_other_alphabets_are_their_own_bytes(text):
    (found,) = zxingcpp.read_barcodes(printed(MAKER.modules(text)))
    assert found.bytes == text.encode()
    assert found.text == text


def test_no_text_and_too_much_of_it_have_no_symbol():
    assert MAKER.modules("") == ()
    assert MAKER.modules("A" * 4_000) == ()


@pytest.mark.parametrize("font", ["dots", "strokes"])
@pytest.mark.parametrize("text", ["UG 26 000123", "UG-A00123", "СРБ 26 000123"])
@pytest.mark.parametrize(("module", "width"), [(350, 250), (400, 250), (500, 250), (600, 200)])
def test_what_is_cut_reads_back_as_the_text(font, text, module, width):
    layout = replace(LARGE, font=font, module=module, line_width=width)
    laid = lay_out(layout, text, MAKER.modules(text))
    assert laid.problems == ()
    assert read(cut(laid.drawing, layout.width, layout.height)) == text.encode()
