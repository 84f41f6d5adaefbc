"""Codewords are put right as far as their correction reaches, and never further."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.reading.codewords import mended, syndromes
from stockpile.adapters.reading.shapes import (
    RECTANGLES,
    SQUARES,
    codeword_places,
    known_modules,
)

VERSIONS = dict(zip(SQUARES, range(1, 11), strict=True)) | dict(
    zip(RECTANGLES, range(25, 31), strict=True)
)


def symbol(shape):
    """Return the modules of a symbol of one size, made by another hand."""
    drawn = zxingcpp.create_barcode(
        "123456", zxingcpp.BarcodeFormat.DataMatrix, version=VERSIONS[shape]
    )
    return np.asarray(drawn.to_image(scale=1, add_quiet_zones=False)) == 0


def words_of(shape):
    places = codeword_places(shape)
    bits = symbol(shape)[places[..., 0], places[..., 1]]
    return (bits @ (1 << np.arange(7, -1, -1))).tolist()


@pytest.mark.parametrize("shape", SQUARES + RECTANGLES, ids=str)
def test_every_size_is_framed_and_filled_as_the_standard_says(shape):
    modules, (known, dark) = symbol(shape), known_modules(shape)
    assert modules.shape == (shape.rows, shape.columns)
    assert (modules[known] == dark[known]).all()
    assert not any(syndromes(words_of(shape), shape.correction))


@given(st.data())
def test_what_the_correction_reaches_is_put_right(data):
    shape = data.draw(st.sampled_from(SQUARES[:8] + RECTANGLES[:3]))
    right = words_of(shape)
    bad = data.draw(st.integers(0, shape.correction // 2))
    doubtful = data.draw(st.integers(0, shape.correction - 2 * bad))
    places = data.draw(st.permutations(range(len(right))))[: bad + doubtful]
    damage = data.draw(st.lists(st.integers(1, 255), min_size=len(places), max_size=len(places)))
    words = list(right)
    for place, change in zip(places, damage, strict=True):
        words[place] ^= change
    assert mended(words, syndromes(words, shape.correction), places[bad:]) == right


@given(st.lists(st.integers(0, 255), min_size=24, max_size=24))
def test_what_is_no_symbol_is_left_alone_or_made_one(words):
    found = mended(words, syndromes(words, 12))
    assert found is None or not any(syndromes(found, 12))
