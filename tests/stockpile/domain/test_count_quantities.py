"""Numbers without serials are explained by what moved meanwhile, and by nothing else."""

from __future__ import annotations

from random import Random

import pytest

from stockpile.domain.count_quantities import QuantityLine, quantity_lines, standing, told_by
from stockpile.domain.facts import Fact, QuantityCounted, WeaponRelocated
from stockpile.domain.values import WeaponId
from tests.helpers.counts import ELSEWHERE, PLACES, RACKS, STOCKTAKE, STORE, Store, cases

ONE, TWO, THREE = RACKS


@pytest.fixture
def store():
    """Three weapons in a rack, one pistol in another; the count is open, one depot more knows."""
    one = Store()
    for place, kind in ((ONE, "ASR"), (ONE, "ASR"), (ONE, "PST"), (TWO, "PST")):
        one.register(one.depots[0], place, kind)
    one.open(one.depots[0], basis="quantity")
    one.meet(one.depots[0], one.depots[1])
    return one


def count(store: Store, place: str, quantity: int, type_: str = "", depot: int = 0) -> Fact:
    body = QuantityCounted(STOCKTAKE, place, quantity, type_)
    return store.depots[depot].write(f"quantity:{place}:{type_}", body)


def lines(store: Store, depot: int = 0) -> dict[tuple[str, str], QuantityLine]:
    known = store.depots[depot].all_facts()
    told = [one for one in (told_by(fact, STOCKTAKE) for fact in known) if one]
    about = [fact for fact in known if fact.subject.startswith("weapon")]
    found = quantity_lines(store.scope, cases(store.scope, about), told)
    return {(one.place, one.type): one for one in found}


def test_a_number_agrees_or_tells_the_difference(store):
    count(store, ONE, 3)
    count(store, TWO, 2)
    assert lines(store)[ONE, ""].agrees
    assert (lines(store)[TWO, ""].difference, lines(store)[TWO, ""].said) == (1, "2/1")
    count(store, ONE, 1)
    assert lines(store)[ONE, ""].difference == -2


def test_what_this_node_moved_before_the_number_is_replayed_and_what_it_moved_after_is_not(store):
    store.act(store.depots[0], WeaponId("weapon-000"), TWO)
    count(store, ONE, 2)
    store.act(store.depots[0], WeaponId("weapon-001"), TWO)
    one = lines(store)[ONE, ""]
    assert (one.expected, one.least, one.most, one.agrees) == (2, 2, 2, True)


def test_what_others_moved_makes_a_span(store):
    store.act(store.depots[1], WeaponId("weapon-000"), None)
    store.act(store.depots[1], WeaponId("weapon-003"), ONE)
    count(store, ONE, 3)
    store.meet_all()
    one = lines(store, 1)[ONE, ""]
    assert (one.expected, one.least, one.most) == (3, 2, 4)
    for number, agrees in ((1, False), (2, True), (4, True), (5, False)):
        count(store, ONE, number)
        assert lines(store)[ONE, ""].agrees is agrees


def test_a_number_of_one_type_is_of_that_type(store):
    count(store, ONE, 2, "asr")
    found = lines(store)
    assert found[ONE, "asr"].agrees
    assert {key for key, one in found.items() if one.counted is None} == {(ONE, ""), (TWO, "")}


def test_a_count_by_type_names_the_types_that_nobody_counted():
    store = Store()
    store.register(store.depots[0], ONE, "PST")
    store.open(store.depots[0], basis="type")
    count(store, ONE, 0, "ASR")
    left = lines(store)[ONE, "PST"]
    assert (left.counted, left.said, left.difference) == (None, "PST: 0/1", -1)


def test_where_nobody_counted_what_left_meanwhile_does_not_lack(store):
    store.act(store.depots[0], WeaponId("weapon-003"), ELSEWHERE)
    left = lines(store)[TWO, ""]
    assert (left.expected, left.least, left.agrees) == (1, 0, True)


def test_a_number_of_the_whole_store_counts_all_its_racks(store):
    count(store, STORE, 4)
    assert list(lines(store)) == [(STORE, "")]
    assert lines(store)[STORE, ""].agrees


def test_the_last_number_stands_on_every_node(store):
    count(store, ONE, 3)
    count(store, ONE, 2, depot=1)
    store.meet_all()
    for depot in range(3):
        known = store.depots[depot].all_facts()
        told = [one for one in (told_by(fact, STOCKTAKE) for fact in known) if one]
        assert len(standing(told)) == 1
        assert lines(store, depot) == lines(store, 0)
    assert told_by(store.depots[0].write("weapon-000", WeaponRelocated(ONE)), STOCKTAKE) is None


@pytest.mark.parametrize("seed", range(25))
def test_a_true_number_agrees_whatever_others_do_meanwhile(seed):
    chance = Random(seed)
    store = Store()
    for number in range(9):
        store.register(store.depots[0], PLACES[number % len(PLACES)])
    store.meet_all()
    store.open(store.depots[0], basis="quantity")
    for depot in store.depots[1:]:
        store.meet(store.depots[0], depot)
    counters = {rack: chance.randrange(3) for rack in RACKS}
    todo = chance.sample(RACKS, 3)
    for step in range(24):
        if step % 8 == 7:
            rack = todo.pop()
            there = sum(
                place is not None and store.scope.ground.lies_in(place, rack)
                for place in store.truth.values()
            )
            count(store, rack, there, depot=counters[rack])
        else:
            weapon = chance.choice(list(store.truth))
            store.act(chance.choice(store.depots), weapon, chance.choice([*PLACES, None]))
            if chance.random() < 0.3:
                store.meet(*chance.sample(store.depots, 2))
    store.meet_all()
    assert all(one.agrees for one in lines(store).values())
