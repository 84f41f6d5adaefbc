from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.lattices import lattices
from stockpile.adapters.reading.shapes import SQUARES
from stockpile.adapters.reading.sightings import sightings


def drawn(text):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return Image.fromarray(np.asarray(made.to_image(scale=8, add_quiet_zones=True)))


def test_the_grid_of_a_clean_symbol_fits_best_with_its_own_number_of_modules():
    ground, symbol = Image.new("L", (500, 400), 255), drawn("K8Z1PN3K1VKND")
    ground.paste(symbol, (200, 120))
    best = lattices(ground, next(iter(sightings(ground))), SQUARES[:5])[0]
    assert (best.shape.rows, best.shape.columns) == (16, 16)
    assert not best.light_on_dark
