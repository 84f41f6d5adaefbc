from __future__ import annotations

from stockpile.domain import facts
from tests.helpers.depots import Depot
from tests.helpers.one_weapon import NORTH, REGISTERED, SOUTH, chain, lived, parted
from tests.helpers.strategies import WEAPON


def test_a_sighting_stands_until_custody_moves():
    weapon = lived(facts.WeaponCounted("t", SOUTH))
    (seen,) = weapon.sightings
    assert (seen.place, seen.saw) == (SOUTH, weapon.heads.custody)
    assert lived(facts.WeaponCounted("t", SOUTH), facts.WeaponRelocated(SOUTH)).sightings == ()


def test_a_count_that_knew_an_earlier_one_answers_it():
    depot = Depot("aa")
    _registered, first = chain(depot, REGISTERED, facts.WeaponCounted("t", SOUTH))
    knew = (*depot.weapon(WEAPON).heads.custody, first.hash)
    again = depot.write(WEAPON, facts.WeaponCounted("u", NORTH), saw=knew)
    assert [seen.fact for seen in depot.weapon(WEAPON).sightings] == [again.hash]


def test_counts_that_knew_nothing_of_each_other_stand_in_one_order_for_all():
    weapon = parted(facts.WeaponCounted("t", SOUTH), facts.WeaponCounted("u", NORTH))
    assert [seen.place for seen in weapon.sightings] == [SOUTH, NORTH]
