from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import conflicts, facts, weapons
from stockpile.domain.facts import Body, Mark
from stockpile.domain.values import JobId, PersonId, PlaceId, SchemeId, WeaponId
from stockpile.domain.weapons import Applied, Weapon
from tests.helpers.depots import Depot
from tests.helpers.nightly import examples
from tests.helpers.strategies import WEAPON, histories

NORTH, SOUTH = PlaceId("north"), PlaceId("south")
REGISTERED = facts.WeaponRegistered(
    model="M", calibre="9 mm", marks=(Mark("serial", "AB 1", is_identity=True),), place=NORTH
)
J1, J2 = JobId("j1"), JobId("j2")


def found(weapon: Weapon) -> dict[str, tuple[str, ...]]:
    """What each conflict within the weapon is about, by its class."""
    return {one.kind: one.about for one in conflicts.within(weapon)}


def begun(job: JobId, text: str) -> facts.MarkingBegun:
    return facts.MarkingBegun(job, SchemeId("s"), text, 1, "machine")


def two() -> tuple[Depot, Depot]:
    """Two depots that both know of the registered weapon."""
    here, there = Depot("aa"), Depot("bb")
    there.learn([here.write(WEAPON, REGISTERED)])
    return here, there


def meet(*depots: Depot) -> Weapon:
    for one, other in itertools.permutations(depots, 2):
        one.learn(other.all_facts())
    held = {one.weapon(WEAPON) for one in depots}
    assert len(held) == 1
    return held.pop()


def lived(*later: Body) -> Weapon:
    depot = Depot("aa")
    for body in (REGISTERED, *later):
        depot.write(WEAPON, body)
    return depot.weapon(WEAPON)


# --- forks ---------------------------------------------------------------------------------------


def test_an_ordinary_life_has_no_conflict():
    assert found(Weapon(WEAPON)) == {}
    assert found(lived(
        facts.WeaponIssued(PersonId("h")), facts.WeaponReturned(NORTH, "serviceable"),
        facts.WeaponCounted("t", NORTH), begun(J1, "X1"), facts.MarkingEnded(J1, "marked"),
        facts.MarkVerified(J1, "X1", "scan"), facts.WeaponCorrected("typo", year="1974"),
        facts.WeaponInspected("serviceable"), facts.WeaponDestroyed("C"),
    )) == {}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "one", "other", "settled"),
    [
        ("custody_fork", facts.WeaponRelocated(SOUTH), facts.WeaponIssued(PersonId("h")),
         facts.CustodySettled(SOUTH, "seen")),
        ("identity_fork", facts.WeaponCorrected("-", year="1"),
         facts.WeaponCorrected("-", year="2"), facts.WeaponCorrected("looked", year="2")),
        ("marking_fork", begun(J1, "X1"), begun(J2, "X2"), facts.MarksSettled((J1,), "looked")),
        ("condition_fork", facts.WeaponInspected("serviceable"),
         facts.WeaponInspected("incomplete"), facts.WeaponInspected("incomplete")),
    ],
)  # fmt: skip
def test_a_fork_is_shown_to_all_until_one_fact_settles_it(kind, one, other, settled):
    here, there = two()
    heads = {here.write(WEAPON, one).hash, there.write(WEAPON, other).hash}
    weapon = meet(here, there)
    (conflict,) = conflicts.within(weapon)
    assert (conflict.kind, conflict.weapons, set(conflict.about)) == (kind, (WEAPON,), heads)
    there.write(WEAPON, settled)
    assert found(meet(here, there)) == {}


def test_a_third_head_joins_the_same_conflict():
    here, there, third = *two(), Depot("cc")
    third.learn(here.all_facts())
    for depot in (here, there, third):
        depot.write(WEAPON, facts.WeaponRelocated(SOUTH, depot.node))
    (one,) = conflicts.within(meet(here, there))
    (other,) = conflicts.within(meet(here, there, third))
    assert one.id == other.id
    assert len(other.about) == 3


# --- counts --------------------------------------------------------------------------------------


def test_a_count_elsewhere_is_a_mismatch_until_custody_follows():
    here, _ = two()
    seen = here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    assert found(here.weapon(WEAPON)) == {"count_mismatch": (seen.hash,)}
    here.write(WEAPON, facts.WeaponRelocated(SOUTH, "it stands there"))
    assert found(here.weapon(WEAPON)) == {}


def test_the_same_nodes_next_matching_count_answers_a_mismatch():
    assert found(lived(facts.WeaponCounted("t", SOUTH), facts.WeaponCounted("t2", NORTH))) == {}
    later = lived(facts.WeaponCounted("t", NORTH), facts.WeaponCounted("t2", SOUTH))
    assert list(found(later)) == ["count_mismatch"]


def test_a_counter_never_hides_another_nodes_mismatch():
    """A busy node's counter is higher; that does not make its count the later one."""
    here, there = two()
    for _ in range(50):
        here.write(WEAPON, facts.LabelPrinted("T", "s"))
    here.write(WEAPON, facts.WeaponCounted("t", NORTH))
    seen = there.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    assert found(meet(here, there)) == {"count_mismatch": (seen.hash,)}


def test_a_matching_count_that_knew_the_mismatch_answers_it():
    here, there = two()
    seen = there.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    weapon = meet(here, there)
    here.write(WEAPON, facts.WeaponCounted("t2", NORTH), saw=(*weapon.heads.custody, seen.hash))
    assert found(meet(here, there)) == {}


def test_counts_that_know_each_other_leave_one_sighting_however_many_there_are():
    depot = Depot("aa")
    depot.write(WEAPON, REGISTERED)
    for number in range(20):
        weapon = depot.weapon(WEAPON)
        known = (*weapon.heads.custody, *(one.fact for one in weapon.sightings))
        depot.write(WEAPON, facts.WeaponCounted(str(number), SOUTH), saw=known)
        assert len(depot.weapon(WEAPON).sightings) == 1
        assert list(found(depot.weapon(WEAPON))) == ["count_mismatch"]
    assert depot.weapon(WEAPON).missing == ()
    assert depot.short_cuts == 21  # each was folded in without folding all of them again


def test_a_count_during_transit_is_no_mismatch():
    here, there = two()
    here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    there.write(WEAPON, facts.WeaponCounted("t", NORTH))
    assert found(meet(here, there)) == {}


def test_counts_of_a_disputed_weapon_wait_for_the_settlement():
    here, there = two()
    here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    there.write(WEAPON, facts.WeaponRelocated(PlaceId("field")))
    weapon = meet(here, there)
    here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    assert len(weapon.custody) == 2
    assert list(found(meet(here, there))) == ["custody_fork"]
    here.write(WEAPON, facts.CustodySettled(SOUTH, "counted there"))
    assert found(meet(here, there)) == {}


def test_a_lost_weapon_that_is_seen_is_a_mismatch_wherever_it_is():
    for place in (NORTH, SOUTH):
        weapon = lived(facts.WeaponLost("lost"), facts.WeaponCounted("t", place))
        assert list(found(weapon)) == ["count_mismatch"]
    weapon = lived(facts.WeaponLost("lost"), facts.WeaponCounted("t", NORTH),
                   facts.WeaponRecovered(NORTH))  # fmt: skip
    assert found(weapon) == {}


@pytest.mark.parametrize(
    "act",
    [facts.WeaponIssued(PersonId("h")), facts.WeaponDispatched("W", SOUTH)],
)
def test_a_weapon_that_is_away_and_seen_is_a_mismatch(act):
    assert list(found(lived(act, facts.WeaponCounted("t", NORTH)))) == ["count_mismatch"]


# --- after the end -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        facts.WeaponRelocated(SOUTH),
        facts.WeaponDestroyed("C2"),
        facts.WeaponCounted("t", NORTH),
        facts.WeaponCounted("t", SOUTH),
    ],
)
def test_an_act_or_sighting_after_destruction_is_always_a_case(act):
    depot = Depot("aa")
    for body in (REGISTERED, facts.WeaponDestroyed("C")):
        depot.write(WEAPON, body)
    fact = depot.write(WEAPON, act)
    assert found(depot.weapon(WEAPON)) == {"act_after_end": (fact.hash,)}
    depot.write(WEAPON, facts.CustodySettled(SOUTH, "another weapon was destroyed"))
    assert found(depot.weapon(WEAPON)) == {}


def test_an_act_beside_destruction_is_a_fork():
    here, there = two()
    here.write(WEAPON, facts.WeaponDestroyed("C"))
    there.write(WEAPON, facts.WeaponRelocated(SOUTH))
    assert list(found(meet(here, there))) == ["custody_fork"]


# --- marks ---------------------------------------------------------------------------------------


def test_two_marks_of_one_scheme_on_one_weapon_are_a_conflict():
    twice = (begun(J2, "X2"), facts.MarkingEnded(J2, "marked"),
             begun(J1, "X1"), facts.MarkingEnded(J1, "marked"))  # fmt: skip
    assert found(lived(*twice)) == {"marked_twice": ("s", "j1", "j2")}
    assert found(lived(*twice, facts.MarkVoided(J1, "struck out"))) == {}
    assert found(lived(*twice, facts.MarksSettled((J2,), "looked"))) == {}


def test_twice_in_two_schemes_is_two_conflicts():
    jobs = [(JobId(f"{scheme}{n}"), SchemeId(scheme)) for scheme in "sz" for n in (1, 2)]
    marked = [
        fact
        for job, scheme in jobs
        for fact in (
            facts.MarkingBegun(job, scheme, job, 1, "machine"),
            facts.MarkingEnded(job, "marked"),
        )
    ]
    one, other = conflicts.within(lived(*marked))
    assert (one.about, other.about) == (("s", "s1", "s2"), ("z", "z1", "z2"))
    assert one.id != other.id


def test_marks_of_two_schemes_and_marks_not_made_are_none():
    other = facts.MarkingBegun(J2, SchemeId("z"), "Z1", 1, "machine")
    marked = (begun(J1, "X1"), facts.MarkingEnded(J1, "marked"))
    assert found(lived(*marked, other, facts.MarkingEnded(J2, "marked"))) == {}
    assert found(lived(*marked, begun(J2, "X2"), facts.MarkingEnded(J2, "not_started"))) == {}


# --- between weapons -----------------------------------------------------------------------------


def weapon(name: str, *, same: str = "", distinct: str = "", mark: str = "") -> Weapon:
    applied = Applied(JobId(f"j{name}"), "s", mark, 1, "m", "verified", 0)
    return Weapon(
        WeaponId(name), registered=True, model="M", calibre="9 mm",
        marks=(Mark("serial", "AB 1", is_identity=True),),
        applied=(applied,) if mark else (),
        same_as=tuple(map(WeaponId, same)), distinct_from=tuple(map(WeaponId, distinct)),
    )  # fmt: skip


KEY = weapons.duplicate_key(weapon("a"))


@pytest.mark.parametrize(
    ("sharing", "left"),
    [
        ([], ""),
        ([weapon("a")], ""),
        ([weapon("a"), weapon("a")], ""),
        ([weapon("a"), weapon("b")], "ab"),
        ([weapon("a", same="b"), weapon("b")], ""),
        ([weapon("a", distinct="b"), weapon("b")], ""),
        ([weapon("a"), weapon("b", same="a")], ""),
        ([weapon("a", same="b"), weapon("b"), weapon("c")], "abc"),
        ([weapon("a", distinct="bc"), weapon("b"), weapon("c")], "bc"),
        ([weapon("a", same="b"), weapon("b", same="c"), weapon("c")], ""),
        ([weapon("a", same="b"), weapon("b", distinct="c"), weapon("c")], ""),
        ([weapon("a", same="b"), weapon("c", same="d"), weapon("b"), weapon("d")], "abcd"),
        ([weapon("a", same="b"), weapon("b", same="c"), weapon("c", same="d"), weapon("d")], ""),
    ],
)
def test_possible_duplicates_remain_until_each_is_merged_or_told_apart(sharing, left):
    for order in itertools.permutations(sharing):
        conflict = conflicts.possible_duplicate(KEY, order)
        assert ("" if conflict is None else "".join(conflict.weapons)) == left
        if conflict:
            assert (conflict.kind, conflict.about) == ("possible_duplicate", (KEY,))


def test_a_weapon_with_another_key_is_no_duplicate():
    other = msgspec.structs.replace(weapon("b"), model="N")
    assert conflicts.possible_duplicate(KEY, [weapon("a"), other]) is None


@pytest.mark.parametrize(
    ("bearing", "left"),
    [
        ([weapon("a", mark="X1")], ""),
        ([weapon("a", mark="X1"), weapon("a", mark="X1")], ""),
        ([weapon("a", mark="X1"), weapon("b", mark="X2")], ""),
        ([weapon("a", mark="X1"), weapon("b", mark="X1")], "ab"),
        ([weapon("a", mark="X1", distinct="b"), weapon("b", mark="X1")], "ab"),
        ([weapon("a", mark="X1", same="b"), weapon("b", mark="X1")], ""),
        ([weapon("a", mark="X1", same="b"), weapon("b", mark="X1"), weapon("c", mark="X1")], "abc"),
    ],
)
def test_one_mark_on_two_weapons_is_a_conflict(bearing, left):
    for order in itertools.permutations(bearing):
        conflict = conflicts.mark_doubled("X1", order)
        assert ("" if conflict is None else "".join(conflict.weapons)) == left
        if conflict:
            assert (conflict.kind, conflict.about) == ("mark_doubled", ("X1",))


def test_a_mark_that_drew_no_number_doubles_nothing():
    short = [
        msgspec.structs.replace(
            weapon(name), applied=(Applied(J1, "s", "UG 26", 0, "m", "verified", 0),)
        )
        for name in "ab"
    ]
    assert conflicts.mark_doubled("UG 26", short) is None


def test_a_voided_mark_doubles_nothing():
    voided = msgspec.structs.replace(
        weapon("b"), applied=(Applied(J1, "s", "X1", 1, "m", "voided", 0),)
    )  # fmt: skip
    assert conflicts.mark_doubled("X1", [weapon("a", mark="X1"), voided]) is None


# --- for all -------------------------------------------------------------------------------------


@settings(max_examples=examples(60))
@given(histories(), st.data())
def test_conflicts_are_equal_whatever_way_the_facts_came(written, data):
    order = data.draw(st.permutations(written))
    one, other = weapons.folded(WEAPON, written), weapons.folded(WEAPON, order)
    assert conflicts.within(one) == conflicts.within(other)


@settings(max_examples=examples(60))
@given(histories())
def test_ids_are_digests_and_tell_conflicts_apart(written):
    ids = [one.id for one in conflicts.within(weapons.folded(WEAPON, written))]
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 64 for one in ids)
