"""ISO 7064: the standard's own examples, and every single slip is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.check_characters import (
    DIGITS,
    DIGITS_AND_LETTERS,
    hybrid_check,
    hybrid_holds,
    pure_check,
    pure_holds,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PURE = [(97, 10, 2, DIGITS), (1271, 36, 2, DIGITS_AND_LETTERS), (661, 26, 2, LETTERS)]


@pytest.mark.parametrize(
    ("text", "alphabet", "check"),
    [("0794", DIGITS, "5"), ("A12425GABC1234002", DIGITS_AND_LETTERS, "M")],
)
def test_the_published_examples_of_the_hybrid_systems(text, alphabet, check):
    # MOD 11,10: the standard's example; MOD 37,36: the example of the Global Release Identifier
    assert hybrid_check(text, alphabet) == check


def test_the_published_example_of_a_pure_system():
    assert pure_check("794", 97, 10, 2) == "44"


@pytest.mark.parametrize("alphabet", [DIGITS, LETTERS, DIGITS_AND_LETTERS])
@given(choice=st.data())
def test_a_hybrid_system_finds_every_single_substitution(alphabet, choice):
    body = choice.draw(st.text(alphabet, min_size=1, max_size=14))
    whole = body + hybrid_check(body, alphabet)
    assert hybrid_holds(whole, alphabet)
    for place, right in enumerate(whole):
        for wrong in alphabet.replace(right, ""):
            assert not hybrid_holds(whole[:place] + wrong + whole[place + 1 :], alphabet)


@pytest.mark.parametrize(("modulus", "radix", "length", "alphabet"), PURE)
@given(choice=st.data())
def test_a_pure_system_finds_every_substitution_and_swap(modulus, radix, length, alphabet, choice):
    body = choice.draw(st.text(alphabet, min_size=1, max_size=14))
    whole = body + pure_check(body, modulus, radix, length, alphabet)
    assert pure_holds(whole, modulus, radix, alphabet)
    for place, right in enumerate(whole):
        for wrong in alphabet.replace(right, ""):
            slip = whole[:place] + wrong + whole[place + 1 :]
            assert not pure_holds(slip, modulus, radix, alphabet)
        swapped = whole[:place] + whole[place : place + 2][::-1] + whole[place + 2 :]
        assert (swapped == whole) == pure_holds(swapped, modulus, radix, alphabet)


def test_foreign_characters_never_hold():
    assert not hybrid_holds("")
    assert not hybrid_holds("a5")
    assert not pure_holds("", 97, 10)
    assert not pure_holds("79 44", 97, 10)
    with pytest.raises(ValueError, match="substring"):
        hybrid_check("é")
