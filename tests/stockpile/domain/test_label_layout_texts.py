"""A layout is written as a text and read again; a text that says something else is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layout_texts import layout_text, read_layout
from stockpile.domain.label_layouts import ELEMENTS, KINDS

TEXT = """
name = "Rifles"
width = 63.5
height = 38.1

[[element]]
what = "type"
left = 3
top = 2.25
width = 40
height = 5
size = 8.5
bold = true
language = "ar"
"""

lengths = st.integers(-500_000, 500_000)
words = st.text(max_size=20)
elements = st.builds(
    LabelElement,
    what=st.sampled_from(ELEMENTS),
    left=lengths,
    top=lengths,
    width=lengths,
    height=lengths,
    size=st.integers(0, 1_000),
    text=words,
    language=words,
    bold=st.booleans(),
)
layouts = st.builds(
    LabelLayoutSet,
    name=words,
    kind=st.sampled_from(KINDS),
    width=lengths,
    height=lengths,
    elements=st.lists(elements, max_size=3).map(tuple),
    logo=words,
)


def test_millimetres_and_points_are_read():
    element = LabelElement("type", 3_000, 2_250, 40_000, 5_000, size=85, language="ar", bold=True)
    assert read_layout(TEXT) == LabelLayoutSet("Rifles", "weapon", 63_500, 38_100, (element,))


@given(layouts)
def test_what_is_written_is_read_again(layout):
    assert read_layout(layout_text(layout)) == layout


@given(st.text(max_size=60) | st.text('[]="element\nwhat=.0123456789-einf ', max_size=60))
def test_any_other_text_is_refused_or_read(text):
    with suppress(FieldMissing, FieldUnreadable):
        assert isinstance(read_layout(text), LabelLayoutSet)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("colour = 1", "colour"),
        ("width = true", "width"),
        ("width = inf", "width"),
        ("width = 10000000", "width"),
        ("name = 1", "name"),
        ("element = 1", "element"),
        ("element = [1]", "element"),
        ("[[element]]\nwhat = 'serial'\nbold = 1", "bold"),
        ("[[element]]\nwhat = 'serial'\nfont = 'x'", "font"),
        ("name = ", "layout"),
    ],
)
def test_what_no_layout_says_is_refused_with_its_word(line, field):
    with pytest.raises(FieldUnreadable) as refusal:
        read_layout(line)
    assert refusal.value.field == field


def test_an_element_says_what_it_is():
    with pytest.raises(FieldMissing) as refusal:
        read_layout("[[element]]\nleft = 1")
    assert refusal.value.field == "what"
