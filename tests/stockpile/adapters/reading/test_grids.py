from __future__ import annotations

import numpy as np
import zxingcpp

from stockpile.adapters.reading.grids import RING, read_grid
from stockpile.adapters.reading.shapes import SQUARES

TAG = "K8Z1PN3K1VKND"


def levels(text):
    """How dark each module of a clean symbol is, with the light ring that a grid has around it."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    bits = np.asarray(made.to_image(scale=1, add_quiet_zones=False)) < 128
    return np.pad(bits.astype(np.float32), RING)


def test_a_clean_grid_says_its_text():
    mended = read_grid(SQUARES[3], levels(TAG))
    assert mended is not None
    assert mended.raw == TAG.encode()


def test_a_grid_without_the_frame_of_its_size_says_nothing():
    assert read_grid(SQUARES[3], 1 - levels(TAG)) is None
