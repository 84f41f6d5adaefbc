"""Every line of a list gets its verdict before it is saved."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled
from stockpile.services.judging import judge, judged


def test_each_line_is_judged_and_none_is_refused(house):
    first = house.register("KB4471902")
    house.register("KB7")
    lines = judge(
        house.stockpile.register,
        ["KB0001", "KB44719O2", "kb 7", "KB0001", "SUPRIMIDO", "N/A", "illegible"],
    )
    assert [one.standing for one in lines] == [
        "new", "look_alike", "on_record", "twice", "removed", "none", "illegible",
    ]  # fmt: skip
    assert lines[1].hits[0].row.id == first
    assert lines[3].same_as == 0
    assert [one.is_double for one in lines] == [False, False, True, True, False, False, False]


def test_two_weapons_without_a_number_are_not_the_same_line():
    assert [one.standing for one in judged(["none", "none"], {})] == ["none", "none"]


def test_a_long_list_can_be_stopped(house):
    def step(done, total):
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        judge(house.stockpile.register, [f"KB{number}" for number in range(10)], step)
