from __future__ import annotations

import threading

import pytest

from stockpile.adapters.marking.link import Order, Outlet
from stockpile.domain.errors import PortLost
from tests.helpers.benches import Transcript

START = Order(b"GO\r", repeatable=False)
QUESTION = Order(b"ST\r", repeatable=True)


def test_a_question_may_be_sent_again_and_again():
    link = Transcript({})
    outlet = Outlet(link)
    assert outlet.send(QUESTION)
    assert outlet.send(QUESTION)
    assert link.sent == [b"ST\r", b"ST\r"]


def test_a_start_without_a_shot_never_reaches_the_wire():
    link = Transcript({})
    assert not Outlet(link).send(START)
    assert link.sent == []


def test_one_shot_is_one_start():
    link = Transcript({})
    outlet = Outlet(link)
    outlet.arm()
    outlet.arm()
    assert [outlet.send(START) for _ in range(3)] == [True, False, False]
    assert link.sent == [b"GO\r"]


def test_a_start_that_failed_on_the_wire_has_spent_the_shot():
    link = Transcript({}, lost=True)
    outlet = Outlet(link)
    outlet.arm()
    with pytest.raises(PortLost):
        outlet.send(START)
    link.lost = False
    assert not outlet.send(START)
    assert link.sent == []


def test_nothing_starts_after_a_stop():
    link = Transcript({})
    outlet = Outlet(link)
    outlet.arm()
    outlet.send_last(Order(b"AM\r", repeatable=True))
    assert not outlet.send(START)
    assert link.sent == [b"AM\r"]


def test_a_shot_can_be_taken_back():
    outlet = Outlet(Transcript({}))
    outlet.arm()
    outlet.unarm()
    assert not outlet.send(START)


def test_many_threads_with_one_shot_send_one_start():
    link = Transcript({})
    outlet = Outlet(link)
    outlet.arm()
    gate = threading.Barrier(8)

    def press() -> None:
        gate.wait()
        outlet.send(START)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert link.sent == [b"GO\r"]
