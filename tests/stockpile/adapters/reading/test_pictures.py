"""Symbols read from pictures: what was measured on drawn dots, and pictures of ill will.

Drawings, not photographs of steel: an upper bound of what a camera gives.
"""

from __future__ import annotations

import io
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.reading import pictures
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.adapters.reading.pictures import LARGEST_FILE, ZxingPictures
from stockpile.domain.errors import PhotoUnreadable
from tests.helpers.mark_pictures import drawn

TEXT = "UG 26 000001"
MODULES = ZxingMatrices().modules(TEXT)
EYES = ZxingPictures()


def png(image):
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def read(**how):
    return [one.raw for one in EYES.read(png(drawn(MODULES, **how)))]


@pytest.mark.parametrize("share", [1.0, 0.9, 0.8, 0.7, 0.6, 0.5])
def test_dots_of_half_a_module_and_more_are_read(share):
    assert read(share=share) == [TEXT.encode()]


@pytest.mark.parametrize(
    "how",
    [
        {"noise": 25.0}, {"noise": 50.0}, {"dark": 150, "light": 200}, {"dark": 220, "light": 40},
        {"astray": 0.05}, {"pitch": 4}, {"pitch": 30}, {"quiet": 1}, {"quiet": 25},
        {"missing": 0.02},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_camera_does_to_a_mark_is_forgiven(how):
    assert read(share=0.6, **how) == [TEXT.encode()]


@pytest.mark.parametrize("turned", [7, 20, 45, 80, 90, 180, -33])
def test_a_symbol_is_read_however_it_lies(turned):
    assert read(share=0.6, turned=turned) == [TEXT.encode()]


@pytest.mark.parametrize("missing", [0.12, 0.3])
def test_a_damaged_symbol_is_read_right_or_not_at_all(missing):
    eyes = ZxingPictures(most_seconds=0.6)
    picture = png(drawn(MODULES, share=0.8, missing=missing, seed=3))
    assert [one.raw for one in eyes.read(picture)] in ([], [TEXT.encode()])


@pytest.mark.parametrize("text", ["Ж 26 000001", "ΔΕ 26 1"])
def test_other_alphabets_are_read_by_their_bytes(text):
    (found,) = EYES.read(png(drawn(ZxingMatrices().modules(text), share=0.7)))
    assert (found.text, found.raw) == (text, text.encode())
    assert found.how


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "BMP", "TIFF"])
def test_a_camera_may_write_as_it_likes(kind):
    content = io.BytesIO()
    drawn(MODULES, share=0.7).convert("RGB").save(content, kind)
    assert [one.text for one in EYES.read(content.getvalue())] == [TEXT]


def test_what_lies_on_nothing_lies_on_white():
    dots = drawn(MODULES, share=0.7, dark=0, light=255)
    clear = Image.new("RGBA", dots.size, (0, 0, 0, 0))
    clear.putalpha(Image.eval(dots, lambda value: 255 - value))
    assert [one.text for one in EYES.read(png(clear))] == [TEXT]


def test_an_empty_picture_says_nothing():
    assert EYES.read(png(Image.new("L", (60, 40), 128))) == ()


def a_bomb():
    """A PNG of a few bytes that says it is a wall of pixels."""
    head = b"IHDR" + (60_000).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    chunk = len(head[4:]).to_bytes(4) + head + zlib.crc32(head).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "broken"), (b"no picture", "broken"), (a_bomb(), "broken"),
        (png(Image.new("L", (8000, 5001))), "too_many_pixels"),
        (b"\x89PNG" + bytes(LARGEST_FILE), "too_large"),
        (png(drawn(MODULES))[:300], "broken"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "broken"),
    ],
    ids=["empty", "words", "bomb", "pixels", "bytes", "cut", "program"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content, why):
    with pytest.raises(PhotoUnreadable) as refused:
        EYES.read(content)
    assert refused.value.why == why


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_a_hostile_picture_is_opened_or_refused_and_no_more(noise, at):
    whole = png(Image.new("L", (30, 20), 90))
    at = min(at, len(whole))
    with suppress(PhotoUnreadable):
        assert pictures._grey(whole[:at] + noise + whole[at + len(noise) :]).mode == "L"
