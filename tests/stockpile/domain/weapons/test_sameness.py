from __future__ import annotations

import pytest

from stockpile.domain import facts, weapons
from stockpile.domain.facts import Mark
from stockpile.domain.values import WeaponId
from tests.helpers.depots import Depot
from tests.helpers.one_weapon import SERIAL, lived
from tests.helpers.strategies import OTHER, WEAPON


def test_records_that_were_merged_or_told_apart():
    third = WeaponId("a-third")
    merged = (facts.WeaponMerged(one, "-") for one in (third, OTHER, third))
    weapon = lived(*merged)
    assert weapon.same_as == tuple(sorted((OTHER, third)))
    weapon = lived(facts.WeaponMerged(OTHER, "-"), facts.WeaponsDistinct(OTHER, "-"))
    assert (weapon.same_as, weapon.distinct_from) == ((), (OTHER,))
    weapon = lived(facts.WeaponsDistinct(OTHER, "-"), facts.WeaponMerged(OTHER, "-"))
    assert (weapon.same_as, weapon.distinct_from) == ((OTHER,), ())


def key_of(text: str, model: str = "АКМ", calibre: str = "7.62 × 39 mm") -> str:
    depot = Depot("aa")
    marks = (Mark("maker", "X"), Mark("serial", text, is_identity=True))
    depot.write(WEAPON, facts.WeaponRegistered(model=model, calibre=calibre, marks=marks))
    return weapons.duplicate_key(depot.weapon(WEAPON))


def test_look_alikes_share_a_key():
    assert key_of("AB 1234") == key_of("АВ-1234", "AKM", "7.62x39mm".replace("x", "×"))
    assert key_of("AB 1234") != key_of("AB 1235")
    assert key_of("AB 1234") != key_of("AB 1234", model="M57")
    assert key_of("AB 1234") != key_of("AB 1234", calibre="9 mm")


@pytest.mark.parametrize("text", ["", "none", "N/A", "спилен", "illegible", "12?4", "(photo)"])
def test_a_weapon_without_a_whole_serial_is_nobodys_duplicate(text):
    assert key_of(text) == ""


def test_a_weapon_that_is_not_registered_is_nobodys_duplicate():
    depot = Depot("aa")
    depot.write(WEAPON, facts.WeaponCorrected("-", marks=(SERIAL,)))
    assert weapons.duplicate_key(depot.weapon(WEAPON)) == ""
