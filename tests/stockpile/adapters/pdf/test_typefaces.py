"""What the shipped fonts can draw."""

from __future__ import annotations

import pytest

from stockpile.adapters.pdf.shaping import Hand
from stockpile.adapters.pdf.typefaces import Typeface


@pytest.mark.parametrize("name", sorted({name for hand in Hand for name in hand.value}))
def test_every_font_of_a_label_is_shipped_and_measured(name):
    font = Typeface(name)
    assert font.name == name
    assert " " in font.characters
    left, bottom, right, top = font.metrics.box
    assert left < right
    assert bottom < 0 <= font.metrics.cap_height < top  # Arabic has no capitals
    assert font.metrics.descent < 0 < font.metrics.ascent


def test_letters_are_measured_and_kerned():
    font = Typeface("NotoSans-Regular")
    alone = font.shaped("T", rtl=False)[0]
    assert alone.advance == font.width(alone.id)
    pair = font.shaped("To", rtl=False)
    assert sum(glyph.advance for glyph in pair) < sum(font.width(glyph.id) for glyph in pair)


def test_arabic_letters_join_from_the_right():
    font = Typeface("NotoNaskhArabic-Regular")
    joined = font.shaped("بب", rtl=True)
    apart = font.shaped("ب", rtl=True) * 2
    assert [glyph.id for glyph in joined] != [glyph.id for glyph in apart]
    assert joined[-1].cluster == 0


def test_what_a_font_lacks_is_glyph_zero():
    font = Typeface("NotoSans-Regular")
    assert font.shaped("枪", rtl=False)[0].id == 0
    assert "枪" not in font.characters


def test_a_subset_keeps_the_ids_of_its_glyphs():
    font = Typeface("NotoSansSC-subset")
    glyphs = [glyph.id for glyph in font.shaped("五六式", rtl=False)]
    subset = font.subset(glyphs)
    assert subset[:4] == b"\x00\x01\x00\x00"
    assert len(subset) < 100_000
    assert font.subset(glyphs) == subset


def test_control_characters_are_none_that_a_font_can_draw():
    assert not any(ord(character) < 32 for character in Typeface("NotoSans-Bold").characters)
