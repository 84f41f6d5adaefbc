"""The size of a JPEG is read from its own header, whatever else is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.pdf.dossier_jpeg import Frame, frame_of
from tests.helpers.files import a_picture


@pytest.mark.parametrize(("mode", "grey"), [("RGB", False), ("L", True)])
def test_size_and_colours_are_read(mode, grey):
    assert frame_of(a_picture(321, 123, mode)) == Frame(321, 123, grey)


def test_what_prints_with_four_inks_is_not_drawn():
    assert frame_of(a_picture(8, 8, "CMYK")) is None


@given(st.binary(max_size=80))
def test_any_bytes_are_answered(content):
    assert frame_of(b"\xff\xd8" + content) is None or content


def test_a_cut_off_picture_is_none():
    whole = a_picture()
    start = whole.index(b"\xff\xc0")
    assert frame_of(whole[: start + 6]) is None
    assert frame_of(b"GIF89a") is None
