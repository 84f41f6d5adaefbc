"""The recovery sheet: two halves make the secret, one tells nothing, and slips are noticed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.errors import SheetHalfMistyped, SheetHalvesApart
from stockpile.domain.recovery_sheets import Half, grouped_row, joined, read_half, split
from stockpile.domain.tags import ALPHABET
from tests.helpers.books import SeededChance
from tests.helpers.nightly import examples

SHARES = st.binary(min_size=32, max_size=32)
SHEETS = st.text(ALPHABET, min_size=4, max_size=4)


@given(SHEETS, st.sampled_from([1, 2]), SHARES)
@settings(max_examples=examples(200), deadline=None)
def test_what_was_printed_is_read_back_grouped_or_not_in_small_letters_or_scanned(
    sheet, number, share
):
    half = Half(sheet, number, share)
    typed = f"{sheet}-{number} " + " ".join(map(grouped_row, half.rows))
    for text in (half.text, half.text.lower(), typed, f"]Q1{half.text}"):
        assert read_half(text) == half
    assert len(half.text) == 61


@given(SHARES, st.integers(0, 60), st.sampled_from(ALPHABET))
@settings(max_examples=examples(400), deadline=None)
def test_one_wrong_character_is_noticed_wherever_it_is(share, at, character):
    text = Half("K7ZQ", 1, share).text
    changed = text[:at] + character + text[at + 1 :]
    if changed == text:
        return
    with pytest.raises(SheetHalfMistyped) as said:
        read_half(changed, 2)
    assert said.value.half == 2
    if at >= 5:
        assert said.value.row == (at - 5) // 14 + 1


@given(st.binary(min_size=1, max_size=16))
@settings(max_examples=examples(100), deadline=None)
def test_both_halves_make_the_secret_in_either_order(seed):
    secret, first, second = split(SeededChance(seed.hex()).bytes)
    assert joined(first, second) == joined(second, first) == secret
    assert secret not in (first.share, second.share)


def test_the_same_half_twice_and_halves_of_two_sheets_make_nothing():
    _secret, first, second = split(SeededChance("a").bytes)
    _other, third, _fourth = split(SeededChance("b").bytes)
    for one, other in ((first, first), (second, second), (third, second)):
        with pytest.raises(SheetHalvesApart):
            joined(one, other)


def test_rows_in_the_wrong_places_are_noticed():
    half = split(SeededChance("a").bytes)[1]
    one, two, *rest = half.rows
    with pytest.raises(SheetHalfMistyped) as said:
        read_half(f"{half.sheet}1{two}{one}{''.join(rest)}")
    assert said.value.row == 1


def test_a_half_does_not_show_its_secret_where_it_is_only_named():
    half = split(SeededChance("a").bytes)[1]
    assert repr(half) == f"Half({half.sheet}, 1)"
    for strange in ("", "K7ZQ1", "K7ZQ3" + "0" * 56, "é" * 61):
        with pytest.raises(SheetHalfMistyped):
            read_half(strange)
