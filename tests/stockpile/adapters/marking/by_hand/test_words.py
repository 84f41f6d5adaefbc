from __future__ import annotations

import pytest

from stockpile.adapters.marking.by_hand import words
from stockpile.domain.errors import MarkNotPossible


@pytest.mark.parametrize(
    "text", ["UG 26 000042", "UGA-26-00042", "СРБ-0001", "ΕΛ 26 7", "ÄÖÜ 1", "A" * 32]
)
def test_what_a_keyboard_has_can_be_set_by_hand(text: str):
    words.check_text(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("", "empty"), ("   ", "empty"), (" A", "spaces"), ("A ", "spaces"), ("A  B", "spaces")),
        *(("A\nB", "character"), ("A\x00", "character"), ("A\u200bB", "character")),
        *(("A\u202eB", "character"), ("中", "character"), ("A\u0301", "character")),
        *(("A\u00a0B", "character"), ("ﬁ", "character"), ("A★", "character")),
        ("A" * 33, "length"),
    ],
)
def test_what_a_person_could_not_tell_by_looking_is_refused(text: str, why: str):
    with pytest.raises(MarkNotPossible) as caught:
        words.check_text(text)
    assert caught.value.why == why


def test_the_white_list_holds_letters_of_three_scripts_and_no_invisible_sign():
    assert set("AZazÄñΩЖ09 -./") <= words.ALPHABET
    assert all(letter.isprintable() for letter in words.ALPHABET)
