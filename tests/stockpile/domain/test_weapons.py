from __future__ import annotations

import dataclasses
import itertools
import typing

import msgspec
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from stockpile.domain import facts, weapons
from stockpile.domain.facts import Acquisition, Body, Component, Fact, Mark
from stockpile.domain.values import (
    Digest,
    JobId,
    NodeId,
    OfficerId,
    PersonId,
    PlaceId,
    SchemeId,
    WeaponId,
)
from stockpile.domain.weapons import (
    Weapon,
    aspects_of,
    custody_of,
    duplicate_key,
    extends,
    folded,
)
from tests.helpers.depots import START, Depot
from tests.helpers.every import every_row
from tests.helpers.nightly import examples
from tests.helpers.strategies import OTHER, WEAPON, bodies, histories, of_shape, weapon_bodies

NORTH, SOUTH = PlaceId("north"), PlaceId("south")
HOLDER = PersonId("holder")
J1, J2 = JobId("j1"), JobId("j2")
SERIAL = Mark("serial", "АВ 1234", is_identity=True)
PROOF = Mark("proof", "N")
REGISTERED = facts.WeaponRegistered(
    type="rifle", make="M", model="АКМ", calibre="7.62 × 39 mm", marks=(SERIAL, PROOF),
    country="XX", year="1974", action="auto", origin="YY", condition="serviceable", place=NORTH,
    acquired=Acquisition("found"), remarks="-",
)  # fmt: skip


def begun(job: JobId = J1, text: str = "XX 1", number: int = 1) -> facts.MarkingBegun:
    return facts.MarkingBegun(job, SchemeId("s"), text, number, "machine")


def lived(*later: Body) -> Weapon:
    """The registered weapon after these facts, one after the other at one depot."""
    depot = Depot("aa")
    for body in (REGISTERED, *later):
        depot.write(WEAPON, body, now=START + 1000 * depot.seq)
    return depot.weapon(WEAPON)


def state_of_marks(*later: Body) -> list[tuple[str, str]]:
    return [(one.job, one.state) for one in lived(*later).applied]


# --- given a history, when a fact, then the state ------------------------------------------------


def test_nothing_known_is_an_unregistered_weapon():
    weapon = folded(WEAPON, [])
    assert weapon == Weapon(WEAPON)
    assert (weapon.status, weapon.place, weapon.tag) == ("unregistered", None, "")
    assert (weapon.serial.status, weapon.standing_marks, weapon.known) == ("none", (), 0)


def test_a_registered_weapon_is_what_was_written():
    weapon = lived()
    assert weapon.registered
    assert (weapon.type, weapon.make, weapon.model) == ("rifle", "M", "АКМ")
    assert (weapon.calibre, weapon.country, weapon.year) == ("7.62 × 39 mm", "XX", "1974")
    assert (weapon.action, weapon.origin, weapon.remarks) == ("auto", "YY", "-")
    assert (weapon.marks, weapon.condition) == ((SERIAL, PROOF), "serviceable")
    assert (weapon.status, weapon.place) == ("in_store", NORTH)
    assert (weapon.acquired, weapon.recorded_at) == (Acquisition("found"), START)
    assert (weapon.serial.text, weapon.known, weapon.lamport) == ("АВ 1234", 1, 1)


def test_registration_is_the_head_of_all_aspects():
    heads = lived().heads
    assert heads.identity == heads.marking == heads.custody == heads.condition
    assert len(heads.identity) == 1


CUSTODY = [
    ((facts.WeaponRelocated(SOUTH),), "in_store", SOUTH, None, ""),
    ((facts.WeaponCollected(SOUTH),), "collected", SOUTH, None, ""),
    ((facts.WeaponFound(SOUTH),), "found", SOUTH, None, ""),
    ((facts.WeaponSeized(SOUTH),), "seized", SOUTH, None, ""),
    ((facts.WeaponIssued(HOLDER),), "issued", None, HOLDER, ""),
    ((facts.WeaponIssued(HOLDER, SOUTH),), "issued", SOUTH, HOLDER, ""),
    ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(SOUTH)), "in_store", SOUTH, None, ""),
    ((facts.WeaponDispatched("W1", SOUTH),), "in_transit", None, None, "W1"),
    (
        (facts.WeaponDispatched("W1", SOUTH), facts.WeaponReceived("W1", SOUTH)),
        *("in_store", SOUTH, None, "W1"),
    ),
    (
        (facts.WeaponDispatched("W1", SOUTH), facts.DispatchReversed("W1", NORTH)),
        *("in_store", NORTH, None, "W1"),
    ),
    ((facts.WeaponLost("stolen"),), "lost", NORTH, None, ""),
    ((facts.WeaponIssued(HOLDER), facts.WeaponLost("lost")), "lost", None, None, ""),
    ((facts.WeaponLost("lost"), facts.WeaponRecovered(SOUTH)), "recovered", SOUTH, None, ""),
    ((facts.WeaponDestroyed("C1"),), "destroyed", NORTH, None, "C1"),
    ((facts.WeaponWithdrawn("-"),), "withdrawn", NORTH, None, ""),
    ((facts.WeaponAbsorbed(OTHER, "-"),), "merged", NORTH, None, ""),
    ((facts.WeaponIssued(HOLDER, receipt="R1"),), "issued", None, HOLDER, "R1"),
    (
        (facts.WeaponIssued(HOLDER), facts.WeaponReturned(SOUTH, receipt="R2")),
        *("in_store", SOUTH, None, "R2"),
    ),
    ((facts.WeaponLost("lost", report="L1"),), "lost", NORTH, None, "L1"),
    ((facts.CustodySettled(SOUTH, "seen"),), "in_store", SOUTH, None, ""),
    ((facts.CustodySettled(None, "his", HOLDER),), "issued", None, HOLDER, ""),
]


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


ASPECTS = [
    (REGISTERED, {"identity", "marking", "custody", "condition"}),
    (facts.WeaponCorrected("typo"), {"identity"}),
    (facts.ComponentSwapped("bolt"), {"identity"}),
    (facts.KitSet((facts.KitItem("sling"),)), {"identity"}),
    (begun(), {"marking"}),
    (facts.MarkingEnded(J1, "marked"), {"marking"}),
    (facts.MarkVerified(J1, "XX 1", "scan"), {"marking"}),
    (facts.MarkingResolved(J1, "marked", "seen"), {"marking"}),
    (facts.MarkVoided(J1, "scratched"), {"marking"}),
    (facts.MarksSettled((J1,), "seen"), {"marking"}),
    (facts.WeaponInspected("serviceable"), {"condition"}),
    (facts.WeaponRepaired("serviceable"), {"condition"}),
    (facts.WeaponDeactivated("C1"), {"condition"}),
    (facts.WeaponReturned(NORTH), {"custody"}),
    (facts.WeaponReturned(NORTH, "repairable"), {"custody", "condition"}),
    *((later[-1], {"custody"}) for later, *_ in CUSTODY),
    (facts.WeaponCounted("t", NORTH), set()),
    (facts.WeaponMerged(OTHER, "same"), set()),
    (facts.WeaponsDistinct(OTHER, "not"), set()),
    (facts.MarkReadBack("1", "1"), set()),
    (facts.PhotoAdded(facts.Photo(Digest("f" * 64))), set()),
    (facts.PhotoRemoved(Digest("f" * 64), "a face"), set()),
    (facts.TraceAsked("r"), set()),
    (facts.TraceAnswered("r", "refused"), set()),
    (facts.TagBound("T"), set()),
    (facts.LabelPrinted("T", "stock"), set()),
    (facts.DestructionVerified("DO", "1"), set()),
]


@every_row(ASPECTS)
def test_the_aspects_that_a_fact_decides(body, aspects):
    assert set(aspects_of(body)) == aspects


def test_every_body_about_a_weapon_has_a_line_in_the_table():
    assert {type(body) for body, _ in ASPECTS} == set(typing.get_args(facts.WeaponBody))


@given(bodies())
def test_facts_that_are_not_about_weapons_decide_nothing(body):
    decides = {type(one) for one, aspects in ASPECTS if aspects}
    assert bool(aspects_of(body)) == (type(body) in decides)
    assert (custody_of(body) is not None) == ("custody" in aspects_of(body))


@given(st.sampled_from(typing.get_args(facts.ReferenceBody)).flatmap(of_shape))
def test_a_hostile_subject_changes_nothing_of_a_weapon(body):
    before, weapon = lived(), lived(body)
    assert weapon.heads == before.heads
    assert (weapon.custody, weapon.marks, weapon.known) == (before.custody, before.marks, 2)


@pytest.mark.parametrize("body", [facts.Unreadable("x.y"), facts.Withheld("x.y", Digest("0" * 64))])
def test_what_we_cannot_read_is_counted_and_not_folded(body):
    (registered,) = _chain(Depot("aa"), REGISTERED)
    strange = Fact(
        Digest("1" * 64), registered.node, 2, 2, START, 0, None, (), WEAPON, body,
        (registered.hash,),
    )  # fmt: skip
    weapon = folded(WEAPON, [strange, registered])
    assert (weapon.known, weapon.status, weapon.heads.custody) == (
        2,
        "in_store",
        (registered.hash,),
    )


def _chain(depot: Depot, *written: Body) -> list[Fact]:
    return [depot.write(WEAPON, body) for body in written]


CORRECTED = facts.WeaponCorrected(
    "wrong", type="pistol", make="N", model="M57", calibre="9 mm", marks=(), country="AA", year="",
    action="single", origin="", remarks="corrected",
)  # fmt: skip


def test_a_correction_changes_what_it_names():
    weapon = lived(CORRECTED)
    assert (weapon.type, weapon.make, weapon.model, weapon.calibre) == (
        "pistol",
        "N",
        "M57",
        "9 mm",
    )
    assert (weapon.marks, weapon.country, weapon.year, weapon.origin) == ((), "AA", "", "")
    assert (weapon.action, weapon.remarks) == ("single", "corrected")
    assert weapon.custody == lived().custody


def test_a_correction_leaves_what_it_does_not_name():
    weapon = lived(facts.WeaponCorrected("typo", year="1975"))
    assert (weapon.year, weapon.model, weapon.marks) == ("1975", "АКМ", (SERIAL, PROOF))


def test_a_swapped_component_takes_its_marks_along():
    bolt = Mark("assembly", "77", component="bolt")
    weapon = lived(facts.ComponentSwapped("bolt", (bolt,), (PROOF,)))
    assert (weapon.marks, weapon.components) == ((SERIAL,), (Component("bolt", (bolt,)),))
    other = lived(
        facts.ComponentSwapped("bolt", (bolt,)), facts.ComponentSwapped("bolt", (), (bolt,))
    )
    assert other.components == ()


def test_a_part_without_marks_leaves_only_when_something_is_removed():
    bare = (facts.ComponentSwapped("stock"), facts.ComponentSwapped("bolt", (), (PROOF,)))
    assert lived(*bare).components == ()
    body = facts.WeaponRegistered(components=(Component("stock"), Component("sight")))
    kept = folded(
        WEAPON, [fact_of(body), fact_of(facts.ComponentSwapped("stock", (), (PROOF,)), 2)]
    )
    assert kept.components == (Component("sight"),)


def fact_of(body: Body, seq: int = 1) -> facts.Fact:
    node = NodeId("a" * 16)
    return facts.Fact(
        Digest(f"{seq:064x}"), node, seq, seq, START + seq, 0, None, (), WEAPON, body
    )  # fmt: skip


def test_a_registration_says_the_whole_record():
    body = facts.WeaponRegistered(
        make_code="m", model_code="m:1", calibre_codes=("9x19",), country_code="UG",
        frame="polymer", imported=facts.LastImport("UG", "1999", "I"), missing_parts="sight",
        safe=facts.SafeCheck(magazine_out=True), custody="evidence",
        components=(Component("barrel", (PROOF,)),), photos=(PHOTO,),
    )  # fmt: skip
    weapon = folded(WEAPON, [fact_of(body)])
    for name in dataclasses.asdict(body):
        held = getattr(weapon, "custody_type" if name == "custody" else name, None)
        assert name == "place" or held == getattr(body, name)


def test_a_second_reading_verifies_the_mark_only_where_both_agree():
    agreed = facts.MarkReadBack("АВ 1234", "ав-1234")
    by = msgspec.structs.replace(fact_of(agreed, 2), by=OfficerId("second"))
    weapon = folded(WEAPON, [fact_of(REGISTERED), by])
    assert [mark.verified_by for mark in weapon.marks] == ["second", ""]
    (reading,) = weapon.read_backs
    assert (reading.agrees, reading.read, reading.by) == (True, "ав-1234", "second")
    other = by.saying(facts.MarkReadBack("АВ 1234", "AB 1284"))
    differs = folded(WEAPON, [fact_of(REGISTERED), other])
    assert [mark.verified_by for mark in differs.marks] == ["", ""]
    assert not differs.read_backs[0].agrees


PHOTO = facts.Photo(Digest("f" * 64), "left", "a")


def test_photos_come_and_go_by_their_content():
    again = dataclasses.replace(PHOTO, caption="b")
    assert lived(facts.PhotoAdded(PHOTO), facts.PhotoAdded(again)).photos == (again,)
    gone = lived(facts.PhotoAdded(PHOTO), facts.PhotoRemoved(PHOTO.digest, "a face"))
    assert gone.photos == ()


def test_each_milestone_is_the_first_of_its_kind():
    weapon = lived(
        begun(), facts.MarkingEnded(J1, "marked"), facts.MarkVerified(J1, "XX 1", "scan"),
        facts.WeaponLost("lost"), facts.WeaponRecovered(SOUTH), facts.WeaponLost("lost"),
        facts.TraceAsked("T"), facts.WeaponDeactivated("C"), facts.WeaponDestroyed("D"),
    )  # fmt: skip
    at = [(getattr(weapon.dates, name) - START) // 1000 for name in
          ("marked", "lost", "recovered", "traced", "deactivated", "destroyed")]  # fmt: skip
    assert at == [2, 4, 5, 7, 8, 9]


def test_a_record_without_a_weapon_counts_nowhere_until_it_is_put_back():
    for body in (facts.WeaponWithdrawn("typed twice"), facts.WeaponAbsorbed(OTHER, "same")):
        gone = lived(body)
        assert (gone.registered, gone.stands, gone.place) == (True, False, NORTH)
        assert duplicate_key(gone) == ""
        assert lived(body, facts.CustodySettled(NORTH, "was right")).stands
    assert lived(facts.WeaponAbsorbed(OTHER, "same")).absorbed_into == OTHER
    parted = lived(facts.WeaponAbsorbed(OTHER, "same"), facts.WeaponsDistinct(OTHER, "two"))
    assert (parted.absorbed_into, parted.same_as, parted.distinct_from) == (None, (), (OTHER,))


MARKING = [
    ((), "begun"),
    ((facts.MarkingEnded(J1, "marked"),), "marked"),
    ((facts.MarkingEnded(J1, "not_started"),), "not_started"),
    ((facts.MarkingEnded(J1, "unknown"),), "unknown"),
    ((facts.MarkingEnded(J1, "marked"), facts.MarkVerified(J1, "XX 1", "scan")), "verified"),
    ((facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-")), "marked"),
    (
        (facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-", "xx-1")),
        "verified",
    ),
    (
        (facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-", "XX 2")),
        "marked",
    ),
    ((facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "partial", "-")), "partial"),
    ((facts.MarkingResolved(J1, "unmarked", "-"),), "not_started"),
    ((facts.MarkingEnded(J1, "marked"), facts.MarkVoided(J1, "-")), "voided"),
    ((facts.MarkingEnded(J2, "marked"),), "begun"),
]


@pytest.mark.parametrize(("later", "state"), MARKING)
def test_what_becomes_of_a_mark(later, state):
    assert state_of_marks(begun(), *later) == [(J1, state)]


@pytest.mark.parametrize(("later", "state"), MARKING)
def test_a_mark_stands_unless_nothing_was_done_or_it_was_voided(later, state):
    standing = lived(begun(), *later).standing_marks
    assert bool(standing) == (state not in ("not_started", "voided"))


def test_a_settlement_says_which_marks_stand():
    marked = (begun(J1), facts.MarkingEnded(J1, "marked"), begun(J2, "XX 2", 2))
    settled = facts.MarksSettled((J1,), "looked")
    assert state_of_marks(*marked, settled) == [(J1, "marked"), (J2, "voided")]
    again = facts.MarksSettled((J2,), "looked again, with a lamp")
    assert state_of_marks(*marked, settled, again) == [(J1, "voided"), (J2, "marked")]


@pytest.mark.parametrize(
    ("later", "condition"),
    [
        ((facts.WeaponInspected("repairable"),), "repairable"),
        ((facts.WeaponRepaired("serviceable"),), "serviceable"),
        ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(NORTH)), "serviceable"),
        ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(NORTH, "incomplete")), "incomplete"),
    ],
)
def test_the_condition_is_what_was_seen_last(later, condition):
    assert lived(*later).condition == condition


def test_deactivation_stays():
    assert not lived().deactivated
    assert lived(facts.WeaponDeactivated("C1"), facts.WeaponRepaired("serviceable")).deactivated


def test_records_that_were_merged_or_told_apart():
    third = WeaponId("a-third")
    merged = (facts.WeaponMerged(one, "-") for one in (third, OTHER, third))
    weapon = lived(*merged)
    assert weapon.same_as == tuple(sorted((OTHER, third)))
    weapon = lived(facts.WeaponMerged(OTHER, "-"), facts.WeaponsDistinct(OTHER, "-"))
    assert (weapon.same_as, weapon.distinct_from) == ((), (OTHER,))
    weapon = lived(facts.WeaponsDistinct(OTHER, "-"), facts.WeaponMerged(OTHER, "-"))
    assert (weapon.same_as, weapon.distinct_from) == ((OTHER,), ())


def test_tags_and_labels():
    weapon = lived(facts.TagBound("T1"), facts.TagBound("T2"), facts.LabelPrinted("T2", "s", 3),
                   facts.LabelPrinted("T2", "s", 2))  # fmt: skip
    assert (weapon.tags, weapon.tag, weapon.labels) == (("T1", "T2"), "T2", 3)


def test_a_sighting_stands_until_custody_moves():
    weapon = lived(facts.WeaponCounted("t", SOUTH))
    (seen,) = weapon.sightings
    assert (seen.place, seen.saw) == (SOUTH, weapon.heads.custody)
    assert lived(facts.WeaponCounted("t", SOUTH), facts.WeaponRelocated(SOUTH)).sightings == ()


def test_a_count_replaces_nothing():
    assert lived(facts.WeaponCounted("t", SOUTH)).heads == lived().heads


def test_acts_after_destruction_are_told_from_those_before():
    weapon = lived(facts.WeaponDestroyed("C1"), facts.WeaponRelocated(SOUTH))
    assert [one.after_end for one in weapon.custody] == [True]
    assert lived(facts.WeaponDestroyed("C1"), facts.WeaponRelocated(SOUTH),
                 facts.WeaponRelocated(NORTH)).custody[0].after_end  # fmt: skip
    assert lived(facts.WeaponDestroyed("C1"), facts.WeaponDestroyed("C2")).custody[0].after_end
    settled = lived(facts.WeaponDestroyed("C1"), facts.CustodySettled(SOUTH, "another weapon"))
    assert not settled.custody[0].after_end


# --- two at once ---------------------------------------------------------------------------------


def parted(one: Body, other: Body) -> Weapon:
    """The weapon after two depots, neither knowing of the other, each wrote a fact."""
    here, there = Depot("aa"), Depot("bb")
    there.learn([here.write(WEAPON, REGISTERED)])
    here.write(WEAPON, one)
    there.write(WEAPON, other)
    here.learn(there.all_facts())
    there.learn(here.all_facts())
    assert here.weapon(WEAPON) == there.weapon(WEAPON)
    return here.weapon(WEAPON)


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
    (first,) = _chain(here, REGISTERED)
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


# --- any order, any way --------------------------------------------------------------------------


@settings(max_examples=examples(60))
@given(histories(), st.data())
def test_any_order_of_the_same_facts_is_the_same_weapon(written, data):
    shuffled = data.draw(st.permutations(written))
    assert folded(WEAPON, shuffled) == folded(WEAPON, written)
    assert folded(WEAPON, [*shuffled, *written]) == folded(WEAPON, written)


@settings(max_examples=examples(60))
@given(histories())
def test_the_order_is_causal_and_total(written):
    ordered = weapons.in_causal_order(written)
    assert sorted(one.hash for one in ordered) == sorted({one.hash for one in written})
    place = {fact.hash: at for at, fact in enumerate(ordered)}
    for fact in ordered:
        causes = {*fact.replaces, *fact.saw} & place.keys()
        assert all(place[cause] < place[fact.hash] for cause in causes)


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
    _chain(depot, REGISTERED, *later)
    assert depot.short_cuts == 1 + len(later)
    assert all(len(depot.weapon(WEAPON).heads.of(one)) == 1 for one in ("custody", "identity"))


def test_a_fact_that_was_waited_for_is_no_short_cut():
    here, there = Depot("aa"), Depot("bb")
    registered, moved = _chain(here, REGISTERED, facts.WeaponRelocated(SOUTH))
    there.learn([moved])
    assert there.weapon(WEAPON).missing == (registered.hash,)
    assert not extends(there.weapon(WEAPON), registered)
    there.learn([registered])
    assert there.weapon(WEAPON) == here.weapon(WEAPON)
    assert there.weapon(WEAPON).place == SOUTH


def test_two_facts_at_one_address_of_a_forked_chain_fold_alike():
    first, twin = Depot("aa"), Depot("aa")
    facts_of_both = [
        *_chain(first, REGISTERED, facts.WeaponRelocated(SOUTH), begun(J1)),
        *_chain(twin, REGISTERED, facts.WeaponRelocated(NORTH), begun(J2, "XX 2", 2)),
    ]
    ways = {folded(WEAPON, order) for order in itertools.permutations(facts_of_both)}
    assert len(ways) == 1
    assert ways.pop().status == "disputed"


# --- look-alikes ---------------------------------------------------------------------------------


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


def test_an_unfit_weapon_is_unfit_until_somebody_finds_it_fit():
    unfit = lived(facts.WeaponInspected("unserviceable", due="2027-01-01", unfit=True))
    assert (unfit.unfit, unfit.inspect_by) == (True, "2027-01-01")
    fit = lived(
        facts.WeaponInspected("unserviceable", unfit=True), facts.WeaponInspected("serviceable")
    )
    assert (fit.unfit, fit.inspect_by) == (False, "")


def test_what_goes_with_a_weapon_is_what_was_said_last():
    sling, magazines = facts.KitItem("sling"), facts.KitItem("magazine", 4)
    assert lived(facts.KitSet((sling,)), facts.KitSet((magazines, sling))).kit == (magazines, sling)
