"""The grammar of sizes."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.calibre_sizes import readings


@pytest.mark.parametrize(
    ("written", "size", "words"),
    [
        ("9x19", "9x19", ""),
        ("7.62 x 54 R", "7.62x54r", ""),
        ("7.62.39", "7.62x39", ""),
        ("762x39", "7.62x39", ""),
        ("0,45", ".45", ""),
        ("38.0", ".38", ""),
        ("12.0", "12ga", ""),
        ("38 spl", ".38", "special"),
        ("12 GA", "12ga", ""),
        ("12.7", "12.7mm", ""),
        ("81", "81mm", ""),
        (".9mm", "9mm", ""),
        ("30-06", ".30-06", ""),
        ("RIFLE,5.56 MILLIMETER", "5.56mm", ""),
        ("GLOCK 17 9mm", "9mm", "glock"),
    ],
)
def test_the_likeliest_size_comes_first(written, size, words):
    one = readings(written)[0]
    assert (one.sizes[0], " ".join(one.words)) == (size, words)


def test_a_bare_number_may_mean_several_things():
    assert {"32", ".32", "32ga"} <= set(readings("32")[0].sizes)


def test_brackets_are_read_apart():
    outside, within = readings(".38 special (9 x 29,5 mm)")
    assert (outside.sizes[0], within.sizes[0]) == (".38", "9x29.5")


def test_a_second_calibre_is_noticed_and_a_chamber_length_is_none():
    assert readings("36/.22")[0].more
    assert not readings("12/70")[0].more


@pytest.mark.parametrize("written", ["", "abc", "1970-12-01 00:00:00", "20/05/2021"])
def test_no_size_no_reading(written):
    assert readings(written) == ()
