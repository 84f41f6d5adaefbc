"""The nearest known word."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.spelling import Speller, slips_allowed

WORDS = Speller(
    {"taurus": "t", "winchester": "w", "colt": "c", "bersa": "b", "versa": "v", "mk17": "m"}
)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("tarus", "taurus"),
        ("tuarus", "taurus"),
        ("winchster", "winchester"),
        ("winchesterr", "winchester"),
    ],
)
def test_a_slip_is_put_right(written, known):
    assert WORDS.nearest(written) == known


@pytest.mark.parametrize("written", ["bolt", "xaurux", "sig", "mk19a", "zersa"])
def test_short_far_and_doubtful_words_stay(written):
    assert WORDS.nearest(written) is None


def test_the_longer_the_word_the_more_slips():
    assert [slips_allowed("a" * length) for length in (4, 5, 8, 9)] == [0, 1, 1, 2]
