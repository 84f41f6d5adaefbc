"""A line of text as dots says what the sheet says, in every script, whole."""

from __future__ import annotations

import pytest

from stockpile.adapters.pdf.raster import line_bitmap
from stockpile.domain.errors import LabelUnprintable

LINES = ("KB-4567", "بندقية هجومية", "ټوپک", "五六式自动步枪", "автомат", "بندقية KB-4567")


def dots(bitmap):
    """Return the rows as text, # dark."""
    stride = (bitmap.width + 7) // 8
    starts = range(0, len(bitmap.rows), stride)
    rows = ["".join(f"{byte:08b}" for byte in bitmap.rows[at : at + stride]) for at in starts]
    return [row[: bitmap.width].replace("0", " ").replace("1", "#") for row in rows]


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("height", [20, 32])
def test_a_line_has_its_height_and_begins_and_ends_with_ink(text, height):
    bitmap = line_bitmap(text, height)
    rows = dots(bitmap)
    assert bitmap.height == len(rows) == height
    assert any(row.startswith("#") for row in rows)
    assert any(row.endswith("#") for row in rows)
    assert bitmap.width > height


def test_a_line_is_in_the_order_of_the_eye():
    mixed, serial = dots(line_bitmap("بندقية KB-4567", 32)), dots(line_bitmap("KB-4567", 32))
    inked = [row[: len(serial[0])].rstrip() for row in mixed]
    assert sum(row.count("#") for row in inked) == pytest.approx(
        sum(row.count("#") for row in serial), rel=0.02
    )


def test_letters_higher_than_the_line_are_set_smaller_not_cut():
    tall = line_bitmap("لِلَّٰهِ", 24)
    assert tall.height == 24
    rows = dots(tall)
    assert "#" in "".join(rows[:4])
    assert "#" in "".join(rows[-4:])


def test_bold_is_darker():
    plain, bold = line_bitmap("KB-4567", 32), line_bitmap("KB-4567", 32, bold=True)
    assert "".join(dots(bold)).count("#") > "".join(dots(plain)).count("#")


def test_a_character_without_a_glyph_is_refused():
    with pytest.raises(LabelUnprintable) as refusal:
        line_bitmap("KB-4567 𒀀", 24)
    assert refusal.value.missing == "𒀀"


def test_nothing_is_a_picture_of_no_width():
    assert line_bitmap("", 24).width == 0
    assert line_bitmap(" ", 24).rows == b""
