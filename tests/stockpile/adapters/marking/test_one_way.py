from __future__ import annotations

import pytest

from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.one_way import OneWay
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import PortLost
from stockpile.services.ports import StartResult
from tests.helpers.benches import Transcript

QUICK = Times(answer=0.2, pause=0.0)
START = Order(b"GO", repeatable=False, word="GO")
TEXT = Order(b"AB", repeatable=True, word="TEXT")


def line() -> tuple[OneWay, Transcript]:
    link = Transcript({})
    return OneWay(link, QUICK), link


def test_what_is_answered_is_thrown_away():
    way, link = line()
    link.waiting = [b"\x15", b"no", b"refused"]
    way.tell(TEXT)
    assert link.waiting == []
    assert link.sent == [b"AB"]


def test_endless_chatter_does_not_hold_the_bench():
    way, link = line()
    link.receive = lambda _seconds: b"x"  # type: ignore[method-assign]
    way.tell(TEXT)
    assert link.sent == [b"AB"]


def test_a_start_goes_out_once_and_is_taken_to_be_accepted():
    way, link = line()
    way.outlet.arm()
    assert way.start(START) is StartResult.ACCEPTED
    assert way.start(START) is StartResult.REFUSED
    assert link.sent == [b"GO"]


def test_a_start_that_was_not_armed_is_refused_and_not_sent():
    way, link = line()
    assert way.start(START) is StartResult.REFUSED
    assert link.sent == []


def test_a_port_that_goes_with_the_start_leaves_it_uncertain():
    way, link = line()
    way.outlet.arm()
    link.on_send = lambda _frame: setattr(link, "lost", True)
    assert way.start(START) is StartResult.UNCERTAIN
    with pytest.raises(PortLost):
        way.tell(TEXT)


def test_closing_takes_an_unused_start_along():
    way, link = line()
    way.outlet.arm()
    way.close()
    assert link.closed
    assert way.start(START) is StartResult.REFUSED
