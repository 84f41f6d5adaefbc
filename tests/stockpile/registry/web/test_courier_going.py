"""Some steps with each look, of either kind of file: how far they came is written down, always."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from types import SimpleNamespace

import pytest

from stockpile.domain.errors import CourierBrokenOff
from stockpile.registry.metrics import Figures
from stockpile.registry.web import courier_going
from stockpile.registry.web import courier_progress as progress
from tests.helpers.begun_files import FURTHER, PHOTOS, RECORD, begin, visitor_of


@pytest.fixture
def visitor(registry, amina):
    return visitor_of(registry, amina)


@pytest.fixture(params=[RECORD, PHOTOS], ids=["record", "photos"])
def begun(request, visitor):
    """A file of either kind that was begun."""
    return begin(visitor, request.param), request.param


@pytest.fixture
def request_():
    state = SimpleNamespace(courier_turn=Lock(), figures=Figures())
    return SimpleNamespace(app=SimpleNamespace(state=state))


@contextmanager
def steps(*ways, then=None):
    """Steps that come so far; and what goes wrong after them."""

    def gone():
        yield from ways
        if then is not None:
            raise then

    yield gone()


def taken(request_):
    """How many files were counted as taken in."""
    return request_.app.state.figures._couriers.labels("taken")._value.get()


def test_it_goes_on_until_there_is_no_time_left(request_, visitor, begun, monkeypatch):
    id_, way = begun
    further = FURTHER[type(way)]
    done = replace(further, state="done")
    monkeypatch.setattr(courier_going, "_STEP", 0.0)
    gone = courier_going.go_on(request_, visitor, id_, way, steps(further, done))
    assert gone == (further, False)
    monkeypatch.setattr(courier_going, "_STEP", 60.0)
    assert courier_going.go_on(request_, visitor, id_, further, steps(done)) == (done, False)
    assert progress.now_of(visitor, id_, way) == done
    assert taken(request_) == 1


def test_of_two_looks_the_one_that_ended_it_counts_it(request_, visitor, begun):
    id_, way = begun
    done = replace(FURTHER[type(way)], state="done")
    for _look in range(2):  # the second began from where the first did
        gone = courier_going.go_on(request_, visitor, id_, way, steps(replace(done)))
        assert gone == (done, False)
    assert taken(request_) == 1


def test_while_another_file_is_opened_it_waits_and_opens_nothing(
    request_, visitor, begun, monkeypatch
):
    id_, way = begun
    monkeypatch.setattr(courier_going, "_SHORT", 0.0)
    with request_.app.state.courier_turn:
        opened = steps(then=AssertionError("opened out of turn"))
        assert courier_going.go_on(request_, visitor, id_, way, opened) == (way, True)


def test_what_cannot_go_on_is_stopped_where_it_is(request_, visitor, begun):
    id_, way = begun
    further, broken = FURTHER[type(way)], CourierBrokenOff("a", "signature")
    with pytest.raises(CourierBrokenOff):
        courier_going.go_on(request_, visitor, id_, way, steps(further, then=broken))
    assert progress.now_of(visitor, id_, way) == replace(further, state="stopped")
    assert not request_.app.state.courier_turn.locked()


def test_what_somebody_stops_stops_after_the_step_that_is_under_way(request_, visitor, begun):
    id_, way = begun
    further = FURTHER[type(way)]

    def stopped_meanwhile():
        progress.turn_to(visitor, id_, "going", "stopped")
        yield further
        pytest.fail("a further step after the stop")

    @contextmanager
    def opened():
        yield stopped_meanwhile()

    gone, waits = courier_going.go_on(request_, visitor, id_, way, opened())
    assert (gone, waits) == (replace(further, state="stopped"), False)
