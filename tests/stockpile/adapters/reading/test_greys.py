from __future__ import annotations

import numpy as np
from PIL import Image

from stockpile.adapters.reading.greys import (
    box_mean,
    evened,
    grey_of,
    image_of,
    smoothed,
    stretched,
)


def test_a_picture_comes_back_as_it_was():
    picture = Image.linear_gradient("L")
    assert image_of(grey_of(picture)).tobytes() == picture.tobytes()


def test_a_faint_picture_is_drawn_out_over_all_of_the_greys():
    faint = np.linspace(100, 110, 1000, dtype=np.float32).reshape(20, 50)
    assert np.percentile(stretched(faint), 99) > 250


def test_a_level_ground_stays_level_at_its_edges():
    level = np.full((9, 9), 80, dtype=np.float32)
    assert np.allclose(box_mean(level, 2), 80)
    assert np.allclose(smoothed(level, 1.5), 80, atol=0.01)


def test_shade_goes_away():
    shade = np.linspace(40, 200, 200, dtype=np.float32)[None, :].repeat(30, axis=0)
    assert np.ptp(evened(shade, 4)[:, 10:-10]) < np.ptp(shade / shade.mean())
