from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.plain import read_plainly


def drawn(text):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return Image.fromarray(np.asarray(made.to_image(scale=8, add_quiet_zones=True)))


def test_a_clean_symbol_is_read_and_proved_by_its_own_correction():
    found = list(read_plainly(drawn("K8Z1PN3K1VKND12345678"), ["matrix"]))
    assert {one.raw for one in found} == {b"K8Z1PN3K1VKND12345678"}
    assert all(one.sure for one in found)


def test_an_empty_picture_says_nothing():
    assert list(read_plainly(Image.new("L", (200, 200), 255), ["matrix"])) == []
