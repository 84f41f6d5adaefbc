"""Marks as bytes: there and back, bags of looks, the number at the end."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sqlite.likeness_codes import (
    COST_OF,
    WIDTH,
    are_letters,
    bags,
    encoded,
    flattened,
    matrix,
    padding,
    spread,
    tails,
    texts_of,
)
from stockpile.domain.matching.symbols import ALPHABET, misread, symbols

texts = st.lists(st.text(ALPHABET, min_size=1, max_size=WIDTH), min_size=1, max_size=5)


@given(texts)
def test_codes_stand_for_their_symbols(some):
    codes = matrix(some)
    assert texts_of(codes) == some
    assert [bytes(row).rstrip(b"\0") for row in codes] == [encoded(one) for one in some]


@given(texts)
def test_texts_line_by_line_are_the_same_rows(some):
    spans = flattened("\n".join(some))
    assert texts_of(spread(*spans)) == texts_of(matrix(list(map(symbols, some))))
    lengths = [len(one) - len(one.lstrip("0")) for one in some]
    assert padding(*spans).tolist() == lengths


def test_what_has_no_code_is_other_and_longer_marks_are_cut():
    assert texts_of(matrix(["A枪1", "A" * 20])) == ["A?1", "A" * WIDTH]


def test_bags_differ_by_the_symbols_that_differ():
    same, swapped, alike, one_less, other = bags(
        matrix(["RA44512", "RA44521", "RA445I2", "RA4451", "RA44912"])
    )
    assert same == swapped == alike
    assert np.bitwise_count(same ^ one_less) == 1
    assert np.bitwise_count(same ^ other) == 2


def test_the_number_at_the_end():
    found = tails(matrix(["RA00512", "44512A", "123", "AB", "A1234567890"]))
    assert found.tolist() == [512, 0, 123, 0, 234567890]


def test_costs_are_those_of_the_tables():
    (zero, letter) = encoded("0O")
    assert COST_OF[zero, letter] == np.float32(misread("0", "O"))
    assert are_letters(np.frombuffer(encoded("A1Ж"), np.uint8)).tolist() == [True, False, True]
