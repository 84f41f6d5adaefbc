"""Blocks of a paper."""

from __future__ import annotations

from stockpile.services.documents import Pair, filled


def test_pairs_that_say_nothing_are_left_out():
    assert filled([Pair("Make", "Taurus"), Pair("Model", "")]).rows == (Pair("Make", "Taurus"),)
