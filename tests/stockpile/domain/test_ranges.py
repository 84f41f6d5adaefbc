"""Runs of serials: what stands around the number stays, and its zeros stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import RangeTooLong, RangeUnclear
from stockpile.domain.ranges import MOST, counted_range, parse_range, range_between
from stockpile.domain.values import tidied

LETTERS = st.text(alphabet="ABKЖ/- ", max_size=4)
ZEROS = st.sampled_from("0٠०")


@pytest.mark.parametrize(
    ("written", "first", "last", "count"),
    [
        ("KB4471902..KB4472401", "KB4471902", "KB4472401", 500),
        ("KB4471902..2401", "KB4471902", "KB4472401", 500),
        ("KB4471902+500", "KB4471902", "KB4472401", 500),
        ("KB4471902 … KB4471903", "KB4471902", "KB4471903", 2),
        ("0001..0010", "0001", "0010", 10),
        ("998..1002", "998", "1002", 5),
        ("12-345/74 .. 12-350/74", "12-345/74", "12-350/74", 6),
        ("A7C..A9C", "A7C", "A9C", 3),
        ("ЖК٠٠٨..ЖК٠١٠", "ЖК٠٠٨", "ЖК٠١٠", 3),
        ("KB1..KB1", "KB1", "KB1", 1),
    ],
)
def test_a_run_is_understood_as_it_is_written(written, first, last, count):
    run = parse_range(written)
    assert run is not None
    assert (run.lowest, run.highest, run.count) == (first, last, count)
    assert run.serials()[0] == first
    assert run.serials()[-1] == last


@pytest.mark.parametrize(
    "written",
    ["KB4471902", "", "KB..", "..12", "KB12..XY99", "KB9..KB1", "A1B2..A3B4", "KB12..34..56",
     "KB1+0", "KB007..KB1٠"],
)  # fmt: skip
def test_what_is_no_run_is_one_serial(written):
    assert parse_range(written) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [("KB", "KC"), ("KB1", "KC2"), ("KB2", "KB1"), ("A1B1", "A2B2"), ("KB01", "KB001"),
     ("1", "2A"), ("1٠", "2٠")],
)  # fmt: skip
def test_two_ends_that_are_no_run_are_refused(first, last):
    with pytest.raises(RangeUnclear):
        range_between(first, last)


@pytest.mark.parametrize(("first", "count"), [("KB", 5), ("KB1", 0), ("KB1", -3)])
def test_a_count_that_leads_nowhere_is_refused(first, count):
    with pytest.raises(RangeUnclear):
        counted_range(first, count)


def test_a_run_has_an_end():
    assert counted_range("KB1", MOST).count == MOST
    with pytest.raises(RangeTooLong):
        counted_range("KB1", MOST + 1)
    with pytest.raises(RangeTooLong):
        parse_range("1..99999999")


@given(prefix=LETTERS, suffix=LETTERS, zero=ZEROS, first=st.integers(0, 10**9),
       width=st.integers(1, 11), count=st.integers(1, 40))  # fmt: skip
def test_a_run_counts_up_by_one_and_keeps_everything_else(
    prefix, suffix, zero, first, width, count
):
    digits = "".join(chr(ord(zero) + int(one)) for one in str(first).zfill(width))
    start = tidied(f"{prefix}{digits}{suffix}")
    run = counted_range(start, count)
    serials = run.serials()
    before, after = tidied(f"{prefix}{digits}")[: -len(digits)], start.rpartition(digits)[2]
    numbers = [int(one[len(before) : len(one) - len(after)]) for one in serials]
    assert numbers == list(range(first, first + count))
    assert len(set(serials)) == count == run.count
    assert all(one.startswith(before) and one.endswith(after) for one in serials)
    assert all(len(one) >= len(start) for one in serials)
    again = range_between(run.lowest, run.highest)
    assert again.serials() == serials
