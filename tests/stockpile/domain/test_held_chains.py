from __future__ import annotations

import pytest

from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.held_chains import MOST_HELD, held_text, read_held
from tests.helpers.every import every


@every([{}, {"a" * 16: 1}, {"a" * 16: 7, "b2" * 8: 40_000}])
def test_how_far_chains_are_held_is_read_as_it_was_said(held):
    assert read_held(held_text(held)) == held


def test_the_longest_chains_are_told_where_there_are_too_many():
    many = {f"{chr(97 + one // 26 % 26)}{chr(97 + one % 26)}" * 8: one for one in range(300)}
    told = read_held(held_text(many))
    assert len(told) == MOST_HELD
    assert min(told.values()) == 50
    assert len(held_text(many)) < 8_000


@every([
    "a", "a.", ".1", "A.1", "a.1,", "a.-1", "a.1;b.2", "a." + "9" * 16, "a.٣", "a.1,,b.1", "\0.1",
    ",".join(f"{chr(97 + one // 26)}{chr(97 + one % 26)}.1" for one in range(251)),
])  # fmt: skip
def test_what_is_no_word_of_how_far_chains_are_held(text):
    with pytest.raises(MessageUnreadable):
        read_held(text)
