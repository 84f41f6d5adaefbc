from __future__ import annotations

import numpy as np
import pytest

from stockpile.adapters.reading.shapes import (
    RECTANGLES,
    SQUARES,
    codeword_places,
    frame_of,
    known_modules,
)


@pytest.mark.parametrize("shape", SQUARES + RECTANGLES)
def test_each_bit_of_each_codeword_has_a_module_of_its_own_beside_the_frame(shape):
    places = codeword_places(shape).reshape(-1, 2)
    assert len({tuple(one) for one in places.tolist()}) == len(places)
    known, _dark = known_modules(shape)
    assert not known[places[:, 0], places[:, 1]].any()


def test_the_frame_is_known_and_lies_in_its_square():
    frame = frame_of(SQUARES[3])
    assert len(frame.places) == len(frame.dark) == len(frame.weights)
    assert (np.abs(frame.places - 0.5) <= 0.6).all()
