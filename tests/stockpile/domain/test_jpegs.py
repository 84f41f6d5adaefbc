"""Only what a home would have kept itself passes."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stockpile.domain.errors import PhotoRefused
from stockpile.domain.jpegs import MOST_BYTES, demand_photo
from tests.helpers.albums import a_photo
from tests.helpers.every import every
from tests.helpers.shots import drawn, encoded, remarked

GOOD = a_photo(1)
COMMENT = b"\xff\xfe\x00\x07Okot."


def judged(content):
    return demand_photo(content, hashlib.sha256(content).hexdigest())


def why(content):
    with pytest.raises(PhotoRefused) as refused:
        judged(content)
    return refused.value.why


def test_a_photo_that_a_home_kept_passes_with_its_size():
    assert judged(GOOD) == (320, 240)


def test_the_content_must_be_what_the_digest_names():
    with pytest.raises(PhotoRefused) as refused:
        demand_photo(GOOD, "0" * 64)
    assert refused.value.why == "other_digest"


@every(
    [
        (encoded("PNG"), "no_jpeg"),
        (b"", "no_jpeg"),
        (GOOD[:-1], "no_jpeg"),
        (GOOD + b"PK\x03\x04", "no_jpeg"),
        (GOOD + b"hidden\xff\xd9", "not_plain"),
        (GOOD + GOOD, "not_plain"),
        (GOOD[:2] + COMMENT + GOOD[2:], "not_plain"),
        (GOOD[:2] + b"\xff\xe0\x00\x09secret!" + GOOD[2:], "not_plain"),
        (encoded("JPEG", exif=remarked()), "not_plain"),
        (encoded("JPEG", progressive=True), "not_plain"),
        (encoded("JPEG", drawn(1700, 20)), "other_size"),
        (GOOD[:2] + b"\xff\xd9", "broken"),
        (GOOD[:40] + b"\xff\xd9", "broken"),
        (b"\xff\xd8" + bytes(MOST_BYTES), "too_large"),
    ]
)
def test_nothing_else_passes(given_and_why):
    content, reason = given_and_why
    assert why(content) == reason


@given(at=st.integers(2, 600), byte=st.integers(0, 255))
def test_whatever_is_changed_it_is_read_to_an_end(at, byte):
    changed = GOOD[:at] + bytes((byte,)) + GOOD[at + 1 :]
    try:
        width, height = judged(changed)
    except PhotoRefused:
        return
    assert 0 < width <= 1600
    assert 0 < height <= 1600


def test_a_gray_photo_is_a_photo():
    content = io.BytesIO()
    Image.new("L", (40, 30)).save(content, "JPEG", optimize=True)
    assert judged(content.getvalue()) == (40, 30)
