"""When a weapon may be moved."""

from __future__ import annotations

import pytest

from stockpile.domain import custody, weapons
from stockpile.domain.errors import CustodyDisputed, WeaponElsewhere, WeaponGone
from stockpile.domain.facts import Draft, WeaponDestroyed, WeaponIssued, WeaponLost
from tests.helpers.builders import RACK, STORE, WEAPON, a_registration, a_weapon, recorded


def test_a_move_supersedes_the_custody_before_it():
    weapon = a_weapon(lambda one: custody.relocate(one, RACK, " stocktake "))
    assert (weapon.place, weapon.status, len(weapon.custody)) == (RACK, "in_store", 1)


def test_a_disputed_weapon_stays_where_it_is_until_settled():
    birth = a_registration()
    weapon = weapons.folded(WEAPON, recorded(birth))
    twice = recorded(birth, custody.relocate(weapon, RACK), custody.relocate(weapon, STORE))
    disputed = weapons.folded(WEAPON, twice)
    assert disputed.status == "disputed"
    with pytest.raises(CustodyDisputed):
        custody.relocate(disputed, RACK)


def test_what_was_destroyed_does_not_move():
    gone = a_weapon(lambda one: Draft(WEAPON, WeaponDestroyed("C-1"), one.heads.custody))
    with pytest.raises(WeaponGone):
        custody.relocate(gone, RACK)


@pytest.mark.parametrize("body", [WeaponIssued("person-1"), WeaponLost("stolen")])
def test_what_is_out_or_lost_does_not_come_back_by_a_move(body):
    away = a_weapon(lambda one: Draft(WEAPON, body, one.heads.custody))
    with pytest.raises(WeaponElsewhere):
        custody.demand_in_store(away)
    custody.demand_in_store(a_weapon())
