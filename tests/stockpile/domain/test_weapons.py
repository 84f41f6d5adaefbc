from __future__ import annotations

import itertools

import msgspec
from hypothesis import event, given, settings
from hypothesis import strategies as st

from stockpile.domain import facts, weapons
from stockpile.domain.weapons import extends, folded
from tests.helpers.depots import Depot
from tests.helpers.nightly import examples
from tests.helpers.one_weapon import J1, J2, NORTH, REGISTERED, SOUTH, begun, chain, fact_of
from tests.helpers.rooms import at_the_door, rooms_of
from tests.helpers.strategies import WEAPON, histories, of_shape, weapon_bodies


@settings(max_examples=examples(60))
@given(histories(), st.data())
def test_any_order_of_the_same_facts_is_the_same_weapon(written, data):
    shuffled = data.draw(st.permutations(written))
    assert folded(WEAPON, shuffled) == folded(WEAPON, written)
    assert folded(WEAPON, [*shuffled, *written]) == folded(WEAPON, written)


@settings(max_examples=examples(150))
@given(histories(), st.data())
def test_facts_arriving_one_by_one_make_the_same_weapon(written, data):
    """In any order, with repeats, counters that lie and causes that never come."""
    held = data.draw(st.lists(st.sampled_from(written), min_size=1, max_size=2 * len(written)))
    reader = Depot("rr")
    for at, fact in enumerate(held):
        reader.learn([fact])
        assert reader.weapon(WEAPON) == folded(WEAPON, held[: at + 1])
    event(f"short cuts: {reader.short_cuts > 1}")


@settings(max_examples=examples(150))
@given(histories(), st.data())
def test_a_short_cut_is_never_offered_where_it_would_lead_elsewhere(written, data):
    order = data.draw(st.permutations(written))
    for at, fact in enumerate(order):
        before = folded(WEAPON, order[:at])
        if extends(before, fact):
            assert weapons.after(before, fact) == folded(WEAPON, order[: at + 1])


@settings(max_examples=examples(60))
@given(histories(honest=True))
def test_an_honest_chain_is_nearly_always_a_short_cut(written):
    reader = Depot("rr")
    reader.learn(written)
    alone = [fact for fact in written if fact.node == written[0].node]
    sole = Depot("ss")
    sole.learn(alone)
    assert sole.short_cuts >= 1
    assert reader.weapon(WEAPON) == folded(WEAPON, written)


@given(st.lists(weapon_bodies(), max_size=8))
def test_one_nodes_own_facts_are_always_short_cuts(later):
    depot = Depot("aa")
    chain(depot, REGISTERED, *later)
    assert depot.short_cuts == 1 + len(later)
    assert all(len(depot.weapon(WEAPON).heads.of(one)) == 1 for one in ("custody", "identity"))


def test_two_facts_at_one_address_of_a_forked_chain_fold_alike():
    first, twin = Depot("aa"), Depot("aa")
    facts_of_both = [
        *chain(first, REGISTERED, facts.WeaponRelocated(SOUTH), begun(J1)),
        *chain(twin, REGISTERED, facts.WeaponRelocated(NORTH), begun(J2, "XX 2", 2)),
    ]
    ways = {folded(WEAPON, order) for order in itertools.permutations(facts_of_both)}
    assert len(ways) == 1
    assert ways.pop().status == "disputed"


def test_the_door_names_every_room_and_shows_every_shape():
    rooms = {room.__name__.rpartition(".")[2]: room for room in rooms_of(weapons)}
    assert {room for room in rooms if room not in (weapons.__doc__ or "")} == set()
    assert at_the_door(weapons) == []
    assert all(hasattr(weapons, name) for name in weapons.__all__)


@given(of_shape(facts.WeaponRegistered), st.integers(-2, 9))
def test_a_plain_beginning_is_what_the_long_way_comes_to(body, lamport):
    """The long way: after a fact that changes nothing but what is known."""
    first = msgspec.structs.replace(fact_of(body), lamport=lamport)
    strange = msgspec.structs.replace(fact_of(facts.Unreadable("x.y"), 2), lamport=-9, at=first.at)
    short, long = folded(WEAPON, [first]), folded(WEAPON, [strange, first])
    assert long == msgspec.structs.replace(short, known=2)
