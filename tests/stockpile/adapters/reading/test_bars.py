from __future__ import annotations

import math

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.bars import direction, read_bars


@pytest.fixture
def bars():
    made = zxingcpp.create_barcode("K8Z1PN3K1VKND", zxingcpp.BarcodeFormat.Code128)
    picture = Image.fromarray(np.asarray(made.to_image(scale=3, add_quiet_zones=True)))
    return picture.resize((picture.width, 120))


def test_bars_that_stand_upright_are_crossed_from_left_to_right(bars):
    along, striped = direction(bars)
    assert abs(math.sin(along)) < 0.1
    assert striped > 0.8


def test_nothing_is_read_where_there_are_no_bars():
    assert read_bars(Image.new("L", (400, 120), 255), 0.0) == b""


def test_bars_say_what_they_hold(bars):
    assert read_bars(bars, 0.0) == b"K8Z1PN3K1VKND"
