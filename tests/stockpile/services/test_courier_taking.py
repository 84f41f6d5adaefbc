"""A long courier file is taken in batch by batch: stopped, killed and loaded again, it is whole."""

from __future__ import annotations

import os
import signal

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import Cancelled
from stockpile.services import courier_taking
from tests.helpers.house import PASSPHRASE, PIN
from tests.helpers.neighbours import introduced, two_depots

BATCH = 5
LONG = 8
"""Acts of three weapons each; a batch of five facts holds one of them or two."""


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.setattr(courier_taking, "FACTS_AT_ONCE", BATCH)
    depots = two_depots(tmp_path)
    introduced(*depots, tmp_path)
    yield depots
    for one in depots:
        one.stockpile.close()


@pytest.fixture
def file(pair, tmp_path):
    """A courier file with a long chain of the first depot, for the second one."""
    one, other = pair
    for number in range(LONG):
        one.stock(3, f"ACT {number}")
    return one.pack(tmp_path / "long.courier", other.node).file


def held(depot, far):
    return dict(depot.stockpile.books.tips())[far.node].number


def stopping_after(batches):
    """A progress that is told of so many batches, and then stopped."""
    told = []

    def step(done, total):
        told.append((done, total))
        if len(told) > batches:
            raise Cancelled

    return told, step


def take(depot, file, *progress):
    couriers = depot.stockpile.couriers
    return couriers.take(couriers.open(file), *progress, by=depot.by)


def test_how_far_it_is_is_told_before_each_batch_and_at_the_end(pair, file):
    _one, other = pair
    told = []
    recorded, taken = take(other, file, lambda *said: told.append(said))
    done, totals = [one[0] for one in told], {one[1] for one in told}
    assert done == sorted(set(done))
    assert done[0] == 0
    assert totals == {done[-1]}
    assert len(done) > LONG / 2
    assert taken.facts == len(recorded.facts)
    assert done[-1] >= taken.facts


def test_stopped_in_the_middle_what_came_stays_and_loaded_again_it_goes_on(pair, file):
    one, other = pair
    before = held(other, one)
    told, step = stopping_after(3)
    with pytest.raises(Cancelled):
        take(other, file, step)
    middle = held(other, one)
    assert before < middle < one.stockpile.books.tip().number
    assert 0 < told[-1][0] < told[-1][1]
    other.stockpile.checking.check(deep=True)
    left = other.stockpile.couriers.open(file).preview.acts
    assert left == one.stockpile.books.tip().number - middle
    recorded, _taken = take(other, file)
    assert len(recorded.entries) == left
    assert held(other, one) == one.stockpile.books.tip().number
    assert take(other, file)[1].facts == 0
    other.stockpile.checking.check(deep=True)


def test_what_the_sender_said_of_itself_is_kept_once_all_of_it_came(pair, file):
    one, other = pair
    heard = other.stockpile.couriers.heard(one.node)
    with pytest.raises(Cancelled):
        take(other, file, stopping_after(1)[1])
    assert other.stockpile.couriers.heard(one.node) == heard
    take(other, file)
    assert other.stockpile.couriers.heard(one.node).heard_at > heard.heard_at


def test_stopped_when_all_of_it_came_it_is_taken_in(pair, file):
    one, other = pair

    def stop_at_the_end(done, total):
        if done == total:
            raise Cancelled

    assert take(other, file, stop_at_the_end)[1].facts
    assert held(other, one) == one.stockpile.books.tip().number


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it forked")
@pytest.mark.parametrize("batches", [1, 3])
def test_killed_between_two_batches_the_ones_before_stay_and_it_goes_on(pair, file, batches):
    one, other = pair
    home, before = other.house.home, held(other, one)
    other.stockpile.close()
    child = os.fork()
    if not child:
        take_and_die(home, file, batches)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    other.house.stockpile = open_home(home, PASSPHRASE)
    other.house.officer = other.stockpile.people.sign_in("B. Okello", PIN)
    other.stockpile.checking.check(deep=True)
    assert before < held(other, one) < one.stockpile.books.tip().number
    take(other, file)
    assert held(other, one) == one.stockpile.books.tip().number
    other.stockpile.checking.check(deep=True)


def take_and_die(home, file, batches):
    """Take the file in, in this process, which is killed after so many batches."""
    told = []

    def die(done, _total):
        told.append(done)
        if len(told) > batches:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        stockpile = open_home(home, PASSPHRASE)
        by = stockpile.people.sign_in("B. Okello", PIN)
        stockpile.couriers.take(stockpile.couriers.open(file), die, by=by)
    finally:
        os._exit(1)


def test_single_facts_of_a_third_depot_come_in_batches_too(pair):
    one, other = pair
    weapons = [weapon for at in range(4) for weapon in one.stock(2, f"SENT {at}")]
    whole = one.stockpile.books.excerpts(weapons)
    told = []
    taking = courier_taking.CourierTaking(other.stockpile.books, lambda *said: told.append(said))
    recorded, forked = taking.take(courier_taking.Came((), whole))
    assert (len(recorded.facts) > BATCH, forked) == (True, None)
    assert len(told) > 2
    assert taking.take(courier_taking.Came((), whole))[0].facts == ()
