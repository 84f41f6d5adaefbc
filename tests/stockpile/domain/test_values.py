from __future__ import annotations

import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.values import is_id, new_id, parse_digest, search_key, tidied
from tests.helpers.strategies import texts

instants = st.integers(0, 2**48 - 1)
chances = st.binary(min_size=10, max_size=10)


@given(instants, chances)
def test_an_id_is_a_uuid_of_version_7(at, randomness):
    text = new_id(at, randomness)
    known = uuid.UUID(text)
    assert is_id(text)
    assert str(known) == text
    assert (known.version, known.variant) == (7, uuid.RFC_4122)
    assert known.int >> 80 == at


@given(instants, chances, chances)
def test_an_id_keeps_its_chance(at, one, other):
    def kept(randomness: bytes) -> int:  # all but the six bits that say version and variant
        value = int.from_bytes(randomness, "big")
        return (value >> 64 & 0xFFF) << 62 | value & (1 << 62) - 1

    assert (new_id(at, one) == new_id(at, other)) == (kept(one) == kept(other))


@given(instants, instants, chances)
def test_ids_sort_by_their_instant(one, other, randomness):
    assert (new_id(one, randomness) < new_id(other, randomness)) == (one < other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "019a0000-0000-4000-8000-000000000001",
        "019a0000-0000-7000-c000-000000000001",
        "019A0000-0000-7000-8000-00000000000A",
        "019a000000007000800000000000000001",
        "019a0000-0000-7000-8000-000000000001\n",
        "{019a0000-0000-7000-8000-000000000001}",
    ],
)
def test_other_writings_are_no_ids(text):
    assert not is_id(text)


def test_a_digest_is_64_small_hexadecimal_digits():
    assert parse_digest("0f" * 32) == "0f" * 32


@pytest.mark.parametrize("text", ["", "0F" * 32, "0f" * 31, "0f" * 33, "0g" * 32, "0f" * 32 + "\n"])
def test_anything_else_is_no_digest(text):
    with pytest.raises(FieldUnreadable) as caught:
        parse_digest(text)
    assert caught.value.details() == {"field": "digest", "text": text}


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("  AB  12 ", "AB 12"),
        ("AB\u00a012\t3\n", "AB 12 3"),
        ("AB\u201112\u201334\u2212", "AB-12-34-"),
        ("\u202e21\u202c\u200b\ufeff", "21"),
        ("e\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("aB-Яя ٣/№ⅫØ", "aB-Яя ٣/№ⅫØ"),
    ],
)
def test_only_spaces_dashes_and_the_invisible_are_put_in_order(text, tidy):
    assert tidied(text) == tidy


@given(st.text(st.characters(max_codepoint=127)) | st.text("ab \t\n\x0b\x1c\x1f\x7f\x00"))
def test_plain_text_is_tidied_as_any_other(text):
    beside = tidied(text + "\u00e9")  # the long way, for a letter that is not plain
    assert tidied(text + "e") == beside[:-1] + "e"
    assert tidied(text) == tidied(f"{text}\u200b")


@given(texts | st.text("e\u0301\u200b \u00a0-\u2013\u0338\u1100\u1161"))
def test_tidy_text_is_tidy_and_composed(text):
    once = tidied(text)
    assert tidied(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ab-12/34", "AB1234"),
        ("Ab １２", "AB12"),
        ("№7", "NO7"),
        ("7.62×39", "76239"),
        ("ß", "SS"),
        ("٣", "٣"),
        ("  ", ""),
    ],
)
def test_a_search_key_has_one_case_and_no_punctuation(text, key):
    assert search_key(text) == key


@given(texts)
def test_a_search_key_holds_letters_and_digits_only(text):
    key = search_key(text)
    assert key == "".join(one for one in key if one.isalnum())
    assert search_key(f" -{text}. ") == key
