"""What is measured of a grid: modules freed of blur and shade, and grids that find their place."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from stockpile.adapters.reading.greys import box_mean, grey_of, homographies, mapped, smoothed
from stockpile.adapters.reading.grids import read_grid
from stockpile.adapters.reading.lattices import Lattice, lattices
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.adapters.reading.modules import RING, brightness, levelled, restored
from stockpile.adapters.reading.shapes import SQUARES
from stockpile.adapters.reading.sightings import sightings

TEXT = "UG 26 000123"
DARK = np.array([[one == "#" for one in row] for row in ZxingMatrices().modules(TEXT)])
SHAPE = next(one for one in SQUARES if one.rows == len(DARK))
PIXELS, QUIET = 8, 5
CORNERS = (QUIET + np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * len(DARK)) * float(PIXELS)


def picture(blur=0.0):
    """Return the symbol in a picture, blurred by so many modules."""
    light = np.where(np.pad(DARK, QUIET), 40, 200).astype(np.uint8)
    large = Image.fromarray(np.kron(light, np.ones((PIXELS, PIXELS), dtype=np.uint8)))
    return large.filter(ImageFilter.GaussianBlur(blur * PIXELS))


@pytest.mark.parametrize("blur", [0.4, 0.6, 0.8])
def test_a_blur_is_measured_and_taken_away(blur):
    lattice = Lattice(SHAPE, CORNERS, light_on_dark=False, fit=1.0)
    means = brightness(grey_of(picture(blur)), lattice)
    found = {one: restored(means, SHAPE, one) for one in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)}
    best = min(found, key=lambda one: found[one].error)
    assert best == pytest.approx(blur, abs=0.11)
    assert read_grid(SHAPE, found[best].level).raw == TEXT.encode()


def test_shade_is_taken_away():
    grey = grey_of(picture()) * np.linspace(1, 0.15, (len(DARK) + 2 * QUIET) * PIXELS)
    lattice = Lattice(SHAPE, CORNERS, light_on_dark=False, fit=1.0)
    level = levelled(brightness(grey.astype(np.float32), lattice), SHAPE)
    assert ((level[RING:-RING, RING:-RING] > 0.5) == DARK).all()


def test_a_grid_finds_its_place_and_its_size():
    turned = picture().rotate(20, expand=True, fillcolor=200)
    best = lattices(turned, next(sightings(turned)))[0]
    assert best.shape == SHAPE
    assert not best.light_on_dark
    level = levelled(brightness(grey_of(turned), best), SHAPE)
    assert read_grid(SHAPE, level).raw == TEXT.encode()


def test_half_a_symbol_is_not_read():
    level = np.pad(DARK.astype(float), RING)
    level[:, : len(DARK) // 2] = 0
    assert read_grid(SHAPE, level) is None


def test_a_square_is_laid_on_its_corners():
    corners = np.array([[3.0, 4.0], [40.0, 9.0], [44.0, 50.0], [1.0, 41.0]])
    unit = np.array([[0.0, 0.0], [1, 0], [1, 1], [0, 1]])
    assert mapped(homographies(corners), unit) == pytest.approx(corners)


def test_what_is_even_stays_so():
    even = np.full((9, 7), 50, dtype=np.float32)
    assert box_mean(even, 3) == pytest.approx(even)
    assert smoothed(even, 1.5) == pytest.approx(even)
