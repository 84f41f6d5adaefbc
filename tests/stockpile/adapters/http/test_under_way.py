from __future__ import annotations

import threading

import pytest

from stockpile.adapters.http.under_way import UnderWay
from stockpile.domain.errors import ChainGap


class Closing:
    """Counts how often a line was closed, and lets somebody wait for it."""

    def __init__(self):
        self.times = 0
        self.done = threading.Event()

    def __call__(self):
        self.times += 1
        self.done.set()


@pytest.fixture
def closing():
    return Closing()


def test_two_are_made_at_a_time_and_each_has_its_own_answer(closing):
    made, meet = UnderWay(closing), threading.Barrier(3)
    answers = [made.begin(lambda number=number: (meet.wait(), number)[1]) for number in (1, 2)]
    meet.wait()  # both are there at once
    assert [answer() for answer in reversed(answers)] == [2, 1]
    made.close()
    assert closing.times == 1


def test_a_trouble_is_raised_where_it_is_waited_for_however_often(closing):
    def call():
        raise ChainGap("node", 1, 3)

    answer = UnderWay(closing).begin(call)
    for _ in range(2):
        with pytest.raises(ChainGap):
            answer()


def test_who_leaves_last_closes_the_line_and_nobody_waits(closing):
    made, go_on = UnderWay(closing), threading.Event()
    answers = [made.begin(go_on.wait) for _ in range(2)]
    made.close()
    made.close()
    assert not closing.times
    go_on.set()
    closing.done.wait()
    assert [answer() for answer in answers] == [True, True]
    assert closing.times == 1
