from __future__ import annotations

from stockpile.domain import facts
from stockpile.domain.weapons import Weapon, duplicate_key, folded
from tests.helpers.one_weapon import NORTH, lived
from tests.helpers.strategies import OTHER, WEAPON


def test_nothing_known_is_an_unregistered_weapon():
    weapon = folded(WEAPON, [])
    assert weapon == Weapon(WEAPON)
    assert (weapon.status, weapon.place, weapon.tag) == ("unregistered", None, "")
    assert (weapon.serial.status, weapon.standing_marks, weapon.known) == ("none", (), 0)


def test_a_record_without_a_weapon_counts_nowhere_until_it_is_put_back():
    for body in (facts.WeaponWithdrawn("typed twice"), facts.WeaponAbsorbed(OTHER, "same")):
        gone = lived(body)
        assert (gone.registered, gone.stands, gone.place) == (True, False, NORTH)
        assert duplicate_key(gone) == ""
        assert lived(body, facts.CustodySettled(NORTH, "was right")).stands
    assert lived(facts.WeaponAbsorbed(OTHER, "same")).absorbed_into == OTHER
    parted = lived(facts.WeaponAbsorbed(OTHER, "same"), facts.WeaponsDistinct(OTHER, "two"))
    assert (parted.absorbed_into, parted.same_as, parted.distinct_from) == (None, (), (OTHER,))
