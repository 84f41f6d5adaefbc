"""What is made of pictures that nobody made for us."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stockpile.adapters.photos import pictures
from stockpile.adapters.photos.pictures import LONGEST_EDGE, prepared, thumbnail
from stockpile.domain.errors import PhotoUnreadable
from tests.helpers.shots import SECRET, a_file, drawn, encoded, opened, png_bomb, remarked, turned

# A camera's remarks may be damaged; Pillow says so to whoever develops with it.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


def refusal(source):
    with pytest.raises(PhotoUnreadable) as refused:
        prepared(source)
    return refused.value.why


def is_blue(picture, x, y):
    red, _green, blue = picture.convert("RGB").getpixel((x, y))
    return blue > 200 and red < 60


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_becomes_a_jpeg_of_the_same_picture(form):
    ready = prepared(encoded(form))
    picture = opened(ready.content)
    assert (picture.format, picture.size) == ("JPEG", (90, 60))
    assert (ready.width, ready.height) == (90, 60)
    assert is_blue(picture, 5, 30)
    assert not is_blue(picture, 85, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_way_of_writing_colours_is_read(mode):
    form = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    assert opened(prepared(encoded(form, drawn(mode=mode))).content).mode == "RGB"


def test_what_was_see_through_lies_on_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert opened(prepared(encoded("PNG", clear)).content).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_stands_upright(form, orientation):
    picture = opened(prepared(turned(form, orientation)).content)
    assert picture.size == (90, 60)
    assert is_blue(picture, 5, 30)
    assert not is_blue(picture, 85, 30)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_tells_who_took_it_and_where(form):
    taken = encoded(form, exif=remarked())
    assert SECRET in taken
    content = prepared(taken).content
    assert SECRET not in content
    assert not dict(opened(content).getexif())
    assert set(opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_comment_and_a_colour_profile_stay_behind():
    content = prepared(encoded("JPEG", comment=SECRET, icc_profile=SECRET * 20)).content
    assert SECRET not in content


@pytest.mark.parametrize(("wide", "high"), [(4000, 3000), (3000, 4000), (1601, 2), (5000, 10)])
def test_a_large_photo_is_made_small(wide, high):
    ready = prepared(encoded("JPEG", drawn(wide, high)))
    assert max(ready.width, ready.height) == LONGEST_EDGE
    assert opened(ready.content).size == (ready.width, ready.height)
    assert abs(ready.width * high - ready.height * wide) <= max(wide, high)


def test_a_small_photo_is_not_blown_up():
    assert opened(prepared(encoded("PNG", drawn(3, 2))).content).size == (3, 2)


def test_the_same_photo_is_the_same_bytes(tmp_path):
    file = a_file(tmp_path)
    assert prepared(file) == prepared(file) == prepared(file.read_bytes())


def test_a_thumbnail_is_as_small_as_asked():
    content = prepared(encoded("JPEG", drawn(1200, 800))).content
    small = opened(thumbnail(content, 120, "x"))
    assert (small.size, small.format) == ((120, 80), "JPEG")
    assert is_blue(small, 5, 40)


@pytest.mark.parametrize("name", ["serial list.jpg", "list.png"])
def test_a_text_is_no_photo_whatever_its_name_says(tmp_path, name):
    file = a_file(tmp_path, name, b"KB4471902\nKB4471903\n")
    assert refusal(file) == "no_picture"


@pytest.mark.parametrize("content", [b"", b"\xff", b"GIF89a" + bytes(40), b"%PDF-1.7", bytes(100)])
def test_other_contents_are_refused(content):
    assert refusal(content) == "no_picture"


def test_other_formats_that_pillow_knows_are_refused():
    assert refusal(encoded("GIF")) == "no_picture"
    assert refusal(encoded("PPM")) == "no_picture"
    assert refusal(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n") == "no_picture"


def test_heic_is_named(tmp_path):
    file = a_file(tmp_path, "IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(100))
    with pytest.raises(PhotoUnreadable) as refused:
        prepared(file)
    assert (refused.value.path, refused.value.why) == ("IMG_0001.HEIC", "heic")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_was_cut_off_is_refused(form):
    whole = encoded(form, Image.effect_noise((200, 150), 80).convert("RGB"))
    for share in (0.1, 0.5, 0.9):
        assert refusal(whole[: int(len(whole) * share)]) == "broken"


def test_a_bomb_is_refused_by_what_it_says_before_it_unfolds():
    bomb = png_bomb(30_000, 30_000)
    assert len(bomb) < 200_000
    assert refusal(bomb) == "too_many_pixels"
    assert refusal(png_bomb(8_000, 5_001)) == "too_many_pixels"


def test_a_film_behind_a_photo_is_not_taken_for_scans():
    film = bytes([0xFF, 0xDA]) * 5000
    whole = encoded(exif=remarked()) + film
    assert prepared(whole) == prepared(encoded(exif=remarked()))


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_refused():
    usual = encoded("JPEG", drawn(64, 64), progressive=True)
    assert prepared(usual).width == 64
    scan = usual[usual.rindex(bytes([0xFF, 0xDA])) : -2]
    assert refusal(usual[:-2] + scan * 100 + usual[-2:]) == "broken"
    assert refusal(usual[:2] + bytes([0xFF, 0xFE, 0, 2]) * 5000 + usual[2:]) == "broken"


def test_a_file_without_end_is_not_read_to_its_end(tmp_path):
    file = tmp_path / "huge.jpg"
    with file.open("wb") as huge:
        huge.write(encoded())
        huge.truncate(pictures.LARGEST_FILE + 1)
    assert refusal(file) == "too_large"


def test_what_is_no_file_is_refused(tmp_path):
    assert refusal(tmp_path / "nowhere.jpg") == "no_file"
    assert refusal(tmp_path) == "no_file"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_keeps_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg") == "no_file"


def test_what_hides_behind_a_picture_is_left_behind():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("orders.txt", SECRET)
    both = encoded() + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(both))
    content = prepared(both).content
    assert not zipfile.is_zipfile(io.BytesIO(content))
    assert content == prepared(encoded()).content


def test_a_page_that_is_also_a_picture_carries_no_script():
    script = b"<script>alert(1)</script>"
    assert script not in prepared(encoded("JPEG", comment=script)).content


@given(st.sampled_from(FORMATS), st.integers(0, 2**32 - 1))
def test_a_damaged_file_is_a_photo_or_a_refusal_and_never_anything_else(form, seed):
    chance = random.Random(seed)
    content = bytearray(encoded(form, exif=remarked(6)) if form != "BMP" else encoded(form))
    for _ in range(chance.randrange(1, 12)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        ready = prepared(bytes(content))
    except PhotoUnreadable:
        return
    assert opened(ready.content).size == (ready.width, ready.height)
