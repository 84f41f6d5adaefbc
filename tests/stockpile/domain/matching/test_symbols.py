"""The symbols of a mark: every script's digits, twins by look and by sound, sets of look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.matching.symbols import (
    ALPHABET,
    CLASSES,
    UNLIKE,
    is_alike,
    is_of_other_script,
    look,
    misread,
    placed,
    symbols,
)

some = st.sampled_from(ALPHABET)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ra 44-512", "RA44512"), ("٤٤٥١٢", "44512"), ("۴۴۵", "445"), ("４４", "44"),
        ("四四五", "445"), ("贰叁", "23"), ("Ⅻ", "XII"), ("000000&1234", "00000001234"),
        ("1|7", "1I7"), ("мн 12", "МН12"), ("Ø1", "Ø1"), ("...", ""),
    ],
)  # fmt: skip
def test_what_is_compared_of_a_text(written, compared):
    assert symbols(written) == compared


def test_every_symbol_knows_its_place():
    assert placed(" a-Ⅻ") == [("A", 1), ("X", 3), ("I", 3), ("I", 3)]


@given(some, some)
def test_misreading_is_symmetric_and_nothing_costs_more_than_the_unlike(one, other):
    assert misread(one, other) == misread(other, one)
    assert 0 <= misread(one, other) <= UNLIKE
    assert (misread(one, other) == 0) == (one == other)


def test_one_set_of_looks_holds_what_is_taken_for_one_another():
    assert {look(symbol) for symbol in "0OQDОØ"} == {"0"}
    held = "".join(CLASSES)
    assert len(held) == len(set(held))


@pytest.mark.parametrize("pair", ["0O", "1I", "2Z", "5S", "8B", "6G", "AА", "HН", "CС", "SС", "OØ"])
def test_look_alikes_cost_less_than_the_unlike(pair):
    assert is_alike(*pair)
    assert not is_alike("1", "M")


def test_twins_by_look_cost_less_than_by_sound():
    assert misread("C", "С") < misread("S", "С") < misread("C", "G")


def test_other_scripts_are_told():
    assert is_of_other_script("Ж")
    assert not any(map(is_of_other_script, "A7"))
