from __future__ import annotations

import itertools

import pytest

from stockpile.domain import facts
from stockpile.domain.facts import Body
from tests.helpers.depots import START, Depot
from tests.helpers.every import every_row
from tests.helpers.one_weapon import CUSTODY, HOLDER, NORTH, REGISTERED, SOUTH, chain, lived, parted
from tests.helpers.strategies import WEAPON


@pytest.mark.parametrize(("later", "status", "place", "holder", "paper"), CUSTODY)
def test_where_a_weapon_is_after_an_act(later, status, place, holder, paper):
    weapon = lived(*later)
    (custody,) = weapon.custody
    assert (weapon.status, weapon.place, custody.holder, custody.paper) == (
        status, place, holder, paper,
    )  # fmt: skip
    assert weapon.heads.custody == (custody.fact,)
    assert custody.since == START + 1000 * len(later)
    assert not custody.after_end


def test_acts_after_destruction_are_told_from_those_before():
    weapon = lived(facts.WeaponDestroyed("C1"), facts.WeaponRelocated(SOUTH))
    assert [one.after_end for one in weapon.custody] == [True]
    assert lived(facts.WeaponDestroyed("C1"), facts.WeaponRelocated(SOUTH),
                 facts.WeaponRelocated(NORTH)).custody[0].after_end  # fmt: skip
    assert lived(facts.WeaponDestroyed("C1"), facts.WeaponDestroyed("C2")).custody[0].after_end
    settled = lived(facts.WeaponDestroyed("C1"), facts.CustodySettled(SOUTH, "another weapon"))
    assert not settled.custody[0].after_end


ACTS = [later[0] for later, *_ in CUSTODY]


def is_one_journey(one: Body, other: Body) -> bool:
    """The two ends of one shipment contradict each other no more than two halves of a letter."""
    kinds = {type(one), type(other)}
    met = kinds == {facts.WeaponDispatched, facts.WeaponReceived} and one.waybill == other.waybill
    return met or (kinds == {facts.WeaponReceived} and one == other)


APART = [pair for pair in itertools.combinations(ACTS, 2) if not is_one_journey(*pair)]


@every_row(APART)
def test_two_acts_of_custody_stand_together(one, other):
    weapon = parted(one, other)
    assert (weapon.status, weapon.place, len(weapon.custody)) == ("disputed", None, 2)
    assert weapon.heads.custody == tuple(custody.fact for custody in weapon.custody)


def test_a_settlement_ends_the_dispute_and_what_it_did_not_know_reopens_it():
    here, there, third = Depot("aa"), Depot("bb"), Depot("cc")
    (first,) = chain(here, REGISTERED)
    for depot in (there, third):
        depot.learn([first])
    here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    there.write(WEAPON, facts.WeaponIssued(HOLDER))
    third.write(WEAPON, facts.WeaponLost("lost"))
    here.learn(there.all_facts())
    here.write(WEAPON, facts.CustodySettled(NORTH, "seen there"))
    assert (here.weapon(WEAPON).status, here.weapon(WEAPON).place) == ("in_store", NORTH)
    here.learn(third.all_facts())
    assert here.weapon(WEAPON).status == "disputed"


@pytest.mark.parametrize(
    ("later", "home"),
    [
        ((), NORTH),
        ((facts.WeaponRelocated(SOUTH),), SOUTH),
        ((facts.WeaponIssued(HOLDER),), NORTH),
        ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(SOUTH)), SOUTH),
        ((facts.WeaponDispatched("W1", SOUTH),), NORTH),
        ((facts.WeaponDispatched("W1", SOUTH), facts.WeaponReceived("W1", SOUTH)), SOUTH),
        ((facts.WeaponLost("stolen"),), NORTH),
        ((facts.CustodySettled(None, "his", HOLDER),), NORTH),
    ],
)
def test_a_weapon_belongs_where_a_store_last_took_it_in(later, home):
    assert lived(*later).home == home


def test_an_issue_says_until_when_and_for_what_use():
    (out,) = lived(facts.WeaponIssued(HOLDER, due="2026-12-01", use="assignment")).custody
    assert (out.due, out.use) == ("2026-12-01", "assignment")
    (back,) = lived(facts.WeaponIssued(HOLDER, due="x"), facts.WeaponReturned(NORTH)).custody
    assert (back.due, back.use) == ("", "")


def test_of_the_two_ends_of_a_journey_the_arrival_stands():
    weapon = parted(facts.WeaponDispatched("W1", SOUTH), facts.WeaponReceived("W1", SOUTH))
    assert (weapon.status, weapon.place) == ("in_store", SOUTH)
    assert [one.state for one in weapon.echoes] == ["in_transit"]
    other = parted(facts.WeaponDispatched("W1", SOUTH), facts.WeaponReceived("W2", SOUTH))
    assert (other.status, other.echoes) == ("disputed", ())
