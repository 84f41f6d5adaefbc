from __future__ import annotations

import pytest

from stockpile.domain import facts
from stockpile.domain.weapons import extends
from tests.helpers.depots import Depot
from tests.helpers.one_weapon import (
    CORRECTED,
    J1,
    J2,
    REGISTERED,
    SOUTH,
    begun,
    chain,
    lived,
    parted,
)
from tests.helpers.strategies import WEAPON


def test_registration_is_the_head_of_all_aspects():
    heads = lived().heads
    assert heads.identity == heads.marking == heads.custody == heads.condition
    assert len(heads.identity) == 1


def test_a_count_replaces_nothing():
    assert lived(facts.WeaponCounted("t", SOUTH)).heads == lived().heads


@pytest.mark.parametrize(
    ("one", "other", "aspect"),
    [
        (CORRECTED, facts.WeaponCorrected("other", model="X"), "identity"),
        (begun(J1), begun(J2, "XX 2", 2), "marking"),
        (facts.WeaponInspected("serviceable"), facts.WeaponInspected("incomplete"), "condition"),
        (facts.WeaponReturned(SOUTH, "repairable"), facts.WeaponRepaired("serviceable"),
         "condition"),
    ],
)  # fmt: skip
def test_two_facts_of_one_aspect_are_two_heads(one, other, aspect):
    weapon = parted(one, other)
    assert len(weapon.heads.of(aspect)) == 2
    assert weapon.status == "in_store"


def test_facts_of_different_aspects_live_together():
    weapon = parted(facts.WeaponRelocated(SOUTH), facts.WeaponInspected("incomplete"))
    assert (weapon.place, weapon.condition) == (SOUTH, "incomplete")
    assert {len(weapon.heads.of(one)) for one in ("custody", "condition", "identity")} == {1}


def test_a_fact_that_was_waited_for_is_no_short_cut():
    here, there = Depot("aa"), Depot("bb")
    registered, moved = chain(here, REGISTERED, facts.WeaponRelocated(SOUTH))
    there.learn([moved])
    assert there.weapon(WEAPON).missing == (registered.hash,)
    assert not extends(there.weapon(WEAPON), registered)
    there.learn([registered])
    assert there.weapon(WEAPON) == here.weapon(WEAPON)
    assert there.weapon(WEAPON).place == SOUTH
