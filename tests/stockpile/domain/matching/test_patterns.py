"""Serials of which a part was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.matching.patterns import is_partial, pattern


@pytest.mark.parametrize(
    ("text", "fitting", "other"),
    [
        ("RA?4", "RA14", "RA114"), ("RA*4", "RA12344", "RA5"), ("[8B]12", "B12", "312"),
        ("*** **659", "ABC99659", "ABC99658"), ("12...", "12345", "21345"), ("#5", "15", "5"),
    ],
)  # fmt: skip
def test_wildcards_stand_for_what_they_say(text, fitting, other):
    assert is_partial(text)
    assert pattern(text).fits(fitting)
    assert not pattern(text).fits(other)


def test_what_was_read_and_where():
    known = pattern("RA *59")
    assert (known.read, known.head, known.tail, known.length) == ("RA59", "RA", "59", 5)
    assert not is_partial("RA 4")


@given(st.text("ABC019", min_size=1, max_size=8), st.data())
def test_a_symbol_left_open_still_fits(mark, data):
    place = data.draw(st.integers(0, len(mark) - 1))
    assert pattern(mark[:place] + "?" + mark[place + 1 :]).fits(mark)
    assert pattern(mark[:place] + "*").fits(mark)
