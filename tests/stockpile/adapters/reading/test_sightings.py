from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.sightings import sightings


def drawn(text):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return Image.fromarray(np.asarray(made.to_image(scale=8, add_quiet_zones=True)))


def test_a_symbol_on_a_large_ground_is_seen_where_it_lies():
    ground, symbol = Image.new("L", (900, 700), 255), drawn("K8Z1PN3K1VKND")
    ground.paste(symbol, (600, 400))
    corners = next(iter(sightings(ground)))[0].corners
    middle = corners.mean(axis=0)
    wanted = (600 + symbol.width / 2, 400 + symbol.height / 2)
    assert np.abs(middle - wanted).max() < symbol.width / 4
