"""The weighted distance of a reading to a mark, and what it says of the difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.matching.channel import (
    LOST,
    SWAPPED,
    added,
    compare,
    distance,
    ends_lost,
    heads_added,
    heads_lost,
    lost,
)

texts = st.text("0011ABOS8МН", min_size=1, max_size=9)


@given(texts, texts)
def test_only_the_same_costs_nothing(one, other):
    assert distance(one, one) == 0
    assert (distance(one, other) == 0) == (one == other)


@given(texts, texts)
def test_an_explanation_costs_the_same_and_stays_inside_the_mark(read, mark):
    compared = compare(read, mark)
    assert compared.cost == pytest.approx(distance(read, mark))
    assert all(0 <= place < len(mark) for place in compared.at)
    assert bool(compared.reasons) == (read != mark)


@given(st.text("0123456789", min_size=2, max_size=9), st.data())
def test_a_look_alike_never_costs_more_than_the_unlike(mark, data):
    place = data.draw(st.integers(0, len(mark) - 1))
    alike = "OIZBASGTBG"[int(mark[place])]
    taken, other = (mark[:place] + one + mark[place + 1 :] for one in (alike, "Ж"))
    assert distance(taken, mark) <= distance(other, mark)


@pytest.mark.parametrize(
    ("read", "mark", "reasons", "at"),
    [
        ("OH0L234", "OH01234", ("look_alike",), (3,)),
        ("RA44521", "RA44512", ("swapped",), (5, 6)),
        ("RA4412", "RA44512", ("missing",), (4,)),
        ("RA445512", "RA44512", ("extra",), (4,)),
        ("RA44M12", "RA44512", ("differs",), (4,)),
        ("44512", "RA44512", ("prefix_lost",), (0, 1)),
        ("12345", "0012345", ("zeros",), (0, 1)),
        ("0012345", "12345", ("zeros",), (0,)),
        ("МН1234", "MH1234", ("other_script",), (0, 1)),
        ("RA4", "RA44512", ("missing",), (3, 4, 5, 6)),
    ],
)
def test_what_differs_is_told_with_its_place(read, mark, reasons, at):
    compared = compare(read, mark)
    assert (compared.reasons, compared.at) == (reasons, at)


def test_a_swap_is_one_error():
    assert distance("12435", "12345") == SWAPPED
    assert distance("11", "111") < LOST == lost("12", 1)


def test_ends_and_heads_cost_more_the_longer():
    assert heads_lost("ABC1")[3] < 3 * LOST
    assert heads_lost("001")[2] < heads_lost("ABC")[2]
    assert heads_added("NO1")[2] < 2 * added("NO", 1)
    assert ends_lost(0) == 0 < ends_lost(1) < ends_lost(2)
