"""Bad pictures are read right or not at all, within a bounded time, and the search can be stopped.

`tests/bench/reading.py` measures thousands; these are a few of each kind that zxing-cpp alone does
not read.
"""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.bars import read_bars
from stockpile.adapters.reading.pictures import ZxingPictures
from stockpile.adapters.reading.search import search
from stockpile.domain.errors import Cancelled
from stockpile.services.ports import SYMBOL_KINDS, silent
from tests.helpers.degraded import degraded, degraded_case

EYES = ZxingPictures()
TAG = "K8Z1PN3K1VKND"
# Numbers of the set of seed 6, each of another kind.
DOTS_PLAIN, DOTS_TURNED, DOTS_MISSING, BARS_SHADED, BARS_ASKEW, RECTANGLE_NOISY = (
    14, 17, 30, 38, 47, 51,
)  # fmt: skip


@pytest.mark.parametrize(
    "number",
    [DOTS_PLAIN, DOTS_TURNED, DOTS_MISSING, BARS_SHADED, BARS_ASKEW, RECTANGLE_NOISY],
)
def test_what_the_reader_alone_leaves_is_read(number):
    case = degraded_case(6, number)
    (found,) = EYES.read(case.png())
    assert found.raw == case.payload
    assert found.symbol == ("bars" if case.symbol == "bars" else "matrix")


def test_a_label_is_read_by_all_its_symbols_and_a_mark_by_its_own():
    label = Image.new("L", (600, 240), 255)
    matrix = zxingcpp.create_barcode(TAG, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True)
    bars = zxingcpp.create_barcode(TAG, zxingcpp.BarcodeFormat.Code128)
    label.paste(Image.fromarray(np.asarray(matrix.to_image(scale=6))), (20, 60))
    label.paste(Image.fromarray(np.asarray(bars.to_image(scale=2))), (180, 60))
    everything = search(label, SYMBOL_KINDS, silent).found
    assert {one.raw for one in everything} == {TAG.encode()}
    assert [one.kind for one in search(label, ("matrix",), silent).found] == ["matrix"]
    assert [one.kind for one in search(label, ("bars",), silent).found] == ["bars"]


def test_bars_of_which_two_parts_say_another_are_not_believed():
    upper, lower = (
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=2)
        for text in (TAG, "K8Z1PN3K1VKNE")
    )
    one, two = (Image.new("L", (440, 80), 255) for _ in range(2))
    for picture, below in ((one, upper), (two, lower)):
        picture.paste(Image.fromarray(np.asarray(upper)[:30]), (10, 10))
        picture.paste(Image.fromarray(np.asarray(below)[:30]), (10, 40))
    assert read_bars(one, 0.0) == TAG.encode()
    assert read_bars(two, 0.0) == b""


def test_a_picture_of_nothing_takes_no_longer_than_allowed():
    ticks = itertools.count(0.0, 1.5)
    told = []
    noise = Image.frombytes("L", (60, 60), random.Random(1).randbytes(3600))
    looked = search(noise, ("bars",), lambda *at: told.append(at), lambda: next(ticks))
    assert looked.found == ()
    assert told == [(38, 100), (75, 100), (100, 100)]


def test_the_search_can_be_stopped():
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        EYES.read(degraded_case(6, DOTS_MISSING).png(), SYMBOL_KINDS, stop)


def test_the_set_is_the_same_by_its_seed():
    first, second = ([one.picture.tobytes() for one in degraded(8, 5)] for _ in range(2))
    assert first == second
    assert degraded_case(5, 7).picture.tobytes() == first[7]
