from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.days import (
    day_of,
    day_subject,
    done,
    is_head,
    is_overdue,
    minute_of,
    read_head,
)
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.ledger import Tip, head_code
from stockpile.domain.values import Digest, NodeId
from tests.helpers.nightly import examples

MIDNIGHT = 1_795_824_000_000  # 2026-11-28 00:00 UTC


def test_the_wall_decides_which_day_it_is():
    assert day_of(MIDNIGHT - 1, 0) == "2026-11-27"
    assert day_of(MIDNIGHT - 1, 180) == "2026-11-28"
    assert minute_of(MIDNIGHT, -60) == "2026-11-27 23:00"
    assert day_subject(NodeId("abc"), "2026-11-28") == "day:abc:2026-11-28"


def test_what_was_done_is_told_by_kinds():
    told = done([("weapon.issued", 3), ("weapon.returned", 2), ("weapon.lost", 1), ("other", 9)])
    assert (told.issued, told.returned, told.lost, told.recorded) == (3, 2, 1, 0)
    assert told.movements == 5


@pytest.mark.parametrize(
    ("due", "late"),
    [
        ("2026-11-27", True), ("2026-11-28", False), ("2026-11-29", False),
        ("2026-11-28 17:59", True), ("2026-11-28T17:59", True), ("2026-11-28 18:00", False),
        ("2026-11-28 18:01", False), ("", False), ("soon", False), ("2026-13-01", False),
    ],
)  # fmt: skip
def test_what_is_due_on_a_day_may_come_until_its_end(due, late):
    assert is_overdue(due, "2026-11-28 18:00") is late


@settings(max_examples=examples(60))
@given(st.integers(1, 10**7), st.binary(min_size=32, max_size=32))
def test_a_head_code_is_known_again_however_it_is_typed(number, hash_):
    tip = Tip(number, 1, Digest(hash_.hex()))
    code = head_code(tip)
    rest = code.partition("-")[2]
    for typed in (
        code, code.upper(), f" {number}-{rest.replace('-', '')} ",
        f"{number}-{rest.replace('-', ' ')}",
        f"{number}-{rest.replace('o', '0').replace('b', '8')}",
    ):  # fmt: skip
        assert is_head(typed, tip)
    other = Tip(number, 1, Digest(bytes([hash_[0] ^ 8, *hash_[1:]]).hex()))
    assert not is_head(code, other)


@pytest.mark.parametrize(
    "text", ["", "12", "x-aaaaa", "12-aaaaa", "12-" + "a" * 21, "١٢-" + "a" * 20]
)
def test_what_is_no_head_code_is_refused(text):
    with pytest.raises(FieldUnreadable):
        read_head(text)
