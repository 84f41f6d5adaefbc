"""The registry number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.numbers import paper_number, read_number, registry_number
from stockpile.domain.values import new_id

ids = st.builds(new_id, st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))


def test_a_known_id_has_a_known_number_for_ever():
    assert registry_number("0190a000-0000-7000-8000-000000000001") == "0000-0000-0001"
    assert registry_number("0190a000-0000-7abc-bfff-ffffffffffff") == "ZZZZ-ZZZZ-ZZZZ"
    assert registry_number("0190a000-0000-7abc-8123-456789abcdef") == "28T5-CY4T-QKFF"


@given(ids)
def test_a_number_is_read_as_it_was_written(weapon):
    number = registry_number(weapon)
    assert read_number(number) == number
    assert read_number(number.lower().replace("-", " ")) == number
    assert read_number(number.replace("1", "l").replace("0", "o")) == number


@given(ids, ids)
def test_two_numbers_differ_where_the_random_bits_do(one, other):
    assert (registry_number(one) == registry_number(other)) == (one[-16:] == other[-16:])


@given(st.text(max_size=50))
def test_an_id_that_is_none_of_ours_is_numbered_too(text):
    assert read_number(registry_number(text)) == registry_number(text)


@pytest.mark.parametrize(
    "text", ["", "KB4471902", "0000-0000-000", "0000-0000-00011", "UUUU-UUUU-UUUU"]
)
def test_other_texts_are_no_number(text):
    assert read_number(text) == ""


def test_papers_are_numbered_by_site_and_year():
    taken = ["HR-KLA-26-0007", "HR-KLA-25-0900", "WB-KLA-26-0044", "HR-KLA-26-copy"]
    assert paper_number("HR", "KLA", 2026, taken) == "HR-KLA-26-0008"
    assert paper_number("HR", "KLA", 2027, taken) == "HR-KLA-27-0001"
    assert paper_number("HR", "KLA", 2026, ["HR-KLA-26-9999"]) == "HR-KLA-26-10000"
