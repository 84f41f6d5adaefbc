"""A person settles a contradiction; the heads are all named, and nothing contradicts any more."""

from __future__ import annotations

import pytest

from stockpile.domain import conflicts, settling, weapons
from stockpile.domain.errors import FieldMissing, JobUnknown, ReasonMissing
from stockpile.domain.facts import MarkingBegun, WeaponCounted, WeaponRelocated
from stockpile.domain.values import JobId, SchemeId
from tests.helpers.builders import RACK, STORE, a_registration
from tests.helpers.depots import Depot
from tests.helpers.strategies import WEAPON


def two_places():
    north, south = Depot("aa"), Depot("bb")
    first = north.write(WEAPON, a_registration().body)
    south.learn([first])
    moved = north.write(WEAPON, WeaponRelocated(RACK))
    other = south.write(WEAPON, WeaponRelocated(STORE))
    north.learn([other])
    return north, [first, moved, other]


def settled(depot, facts, draft):
    fact = depot.write(WEAPON, draft.body, replaces=draft.replaces, saw=draft.saw)
    return weapons.folded(WEAPON, [*facts, fact])


def kinds(weapon):
    return [one.kind for one in conflicts.within(weapon)]


def test_a_dispute_about_the_place_is_settled():
    north, facts = two_places()
    disputed = weapons.folded(WEAPON, facts)
    assert kinds(disputed) == ["custody_fork"]
    after = settled(north, facts, settling.settle_custody(disputed, RACK, "it stands before me"))
    assert (after.place, kinds(after)) == (RACK, [])


def test_a_count_that_saw_it_elsewhere_is_answered():
    north = Depot("aa")
    facts = [north.write(WEAPON, a_registration().body)]
    custody = weapons.folded(WEAPON, facts).heads.custody
    facts.append(north.write(WEAPON, WeaponCounted("count", RACK), saw=custody))
    mismatched = weapons.folded(WEAPON, facts)
    assert kinds(mismatched) == ["count_mismatch"]
    after = settled(north, facts, settling.settle_custody(mismatched, RACK, "moved in haste"))
    assert (after.place, kinds(after)) == (RACK, [])


def test_of_two_marks_the_one_on_the_metal_stands():
    north = Depot("aa")
    facts = [north.write(WEAPON, a_registration().body)]
    for job in ("j1", "j2"):
        begun = MarkingBegun(JobId(job), SchemeId("s"), f"UG 26 00000{job[1]}", 1, "m")
        facts.append(north.write(WEAPON, begun))
    weapon = weapons.folded(WEAPON, facts)
    after = settled(north, facts, settling.settle_marks(weapon, [JobId("j2")], "looked"))
    assert [one.job for one in after.standing_marks] == ["j2"]
    with pytest.raises(JobUnknown):
        settling.settle_marks(weapon, [JobId("j9")], "looked")


def test_a_settlement_needs_a_place_and_a_reason():
    _north, facts = two_places()
    weapon = weapons.folded(WEAPON, facts)
    with pytest.raises(ReasonMissing):
        settling.settle_custody(weapon, RACK, " ")
    with pytest.raises(FieldMissing):
        settling.settle_custody(weapon, None, "somewhere")
