from __future__ import annotations

import io
import itertools

import zxingcpp
from PIL import Image, ImageFilter

from stockpile.adapters.marking.simulators.metal import Metal, lettered
from stockpile.adapters.marking.simulators.pictures import CUT, SCALE, STEEL, picture, text_on

TEXT = "UGA-26-00042"


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_picture_is_grey_in_true_scale_and_holds_every_cut():
    metal = Metal([(10_000, 4_000, 240)], [(1_000, 1_000, 3_000, 1_000, 100)])
    image = opened(picture(metal, ruled=False))
    assert image.mode == "L"
    assert round(image.info["dpi"][0]) == round(SCALE * 25.4)
    assert image.size == (33 * SCALE, 11 * SCALE)
    across, down = round(11.5 * SCALE), image.height - round(5.5 * SCALE)
    assert image.getpixel((across, down)) == CUT
    assert image.getpixel((across + 8, down)) == STEEL
    assert image.getpixel((round(3.5 * SCALE), image.height - round(2.5 * SCALE))) == CUT


def test_a_rule_in_millimetres_runs_along_the_lower_edge():
    image = opened(picture(Metal()))
    lowest = [image.getpixel((column, image.height - 1)) != STEEL for column in range(image.width)]
    ticks = [column for column, dark in enumerate(lowest) if dark]
    assert {after - before for before, after in itertools.pairwise(ticks)} == {SCALE}


def test_a_mark_larger_than_the_usual_zone_is_still_whole():
    metal = Metal([(70_000, 20_000, 240)])
    assert opened(picture(metal)).size[0] > 70 * SCALE
    assert text_on(metal) == ""


def test_noise_is_the_same_for_the_same_seed():
    metal = lettered(TEXT, len(TEXT))
    rough = picture(metal, noise=20, seed=4)
    assert rough == picture(metal, noise=20, seed=4)
    assert rough != picture(metal, noise=20, seed=5)


def test_the_dots_stand_apart_as_on_metal_and_read_when_they_are_grown():
    image = opened(picture(lettered(TEXT, len(TEXT)), noise=20))
    grown = image.filter(ImageFilter.MinFilter(5))
    reader = {"formats": zxingcpp.BarcodeFormat.DataMatrix}
    assert not zxingcpp.read_barcodes(image, **reader)
    assert [one.text for one in zxingcpp.read_barcodes(grown, **reader)] == [TEXT]
