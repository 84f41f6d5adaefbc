"""What others send, judged before anything is written; the rest is in the contract of Books."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.incoming import judged
from stockpile.domain.errors import ChainBroken, ChainGap


@pytest.fixture
def entries(depot, other):
    for n in range(4):
        depot.register_weapon(f"A{n}")
    other.books.trust(depot.node, depot.keys.public_key)
    return depot.books.entries(depot.node, 0, 99)


def test_good_ones_come_with_their_tip_and_facts(depot, other, entries):
    arrivals = list(judged(other.open().store.connection, other.books.chains, entries, []))
    assert [one.tip.number for one in arrivals] == [1, 2, 3, 4]
    assert [one.facts[0].seq for one in arrivals] == [1, 2, 3, 4]
    assert arrivals[-1].tip == depot.books.tip()
    assert other.books.chains.tip(depot.node).number == 0


def test_repetitions_within_one_delivery_are_left_out(other, entries):
    arrivals = judged(
        other.open().store.connection,
        other.books.chains,
        [entries[0], entries[0], *entries, entries[2]],
        [],
    )
    assert [one.tip.number for one in arrivals] == [1, 2, 3, 4]


def test_the_good_ones_come_before_the_complaint(other, entries):
    lacking = [*entries[:2], entries[3]]
    arrivals = judged(other.open().store.connection, other.books.chains, lacking, [])
    assert [next(arrivals).tip.number, next(arrivals).tip.number] == [1, 2]
    with pytest.raises(ChainGap):
        next(arrivals)


def test_strangers_are_told_from_friends(depot, other, entries):
    stranger = other.register_weapon("B1")
    assert stranger.registered
    with pytest.raises(ChainBroken, match="not trusted"):
        list(
            judged(
                depot.open().store.connection,
                depot.books.chains,
                other.books.entries(other.node, 0, 9),
                [],
            )
        )
