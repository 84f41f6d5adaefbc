"""The distance to many marks at once is the domain's distance to each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sqlite.likeness_codes import matrix
from stockpile.adapters.sqlite.likeness_scoring import distances
from stockpile.domain.matching.channel import distance

texts = st.text("0011ABOS8МНØ", min_size=1, max_size=9)


@given(texts, st.lists(texts, min_size=1, max_size=6))
def test_all_at_once_costs_what_each_costs(read, marks):
    expected = [distance(read, mark) for mark in marks]
    assert distances(read, matrix(marks)).tolist() == pytest.approx(expected, abs=1e-3)


def test_no_marks_have_no_distances():
    assert distances("A1", np.zeros((0, 16), np.uint8)).shape == (0,)
