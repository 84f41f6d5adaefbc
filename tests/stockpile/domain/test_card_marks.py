from __future__ import annotations

from dataclasses import replace
from random import Random

from stockpile.domain import conflicts, facts, references
from stockpile.domain.references import Reference
from stockpile.domain.values import JobId, SchemeId
from tests.helpers.deciding import (
    SOUTH,
    begun,
    card_at,
    kinds,
    marked,
    meet,
    settle,
    the,
    two,
)
from tests.helpers.depots import Depot
from tests.helpers.strategies import OTHER, WEAPON


def test_marks_of_two_schemes_may_all_stand_and_of_one_scheme_only_one():
    here, there = two()
    marked(here, "j1", "X1", 1)
    marked(there, "j2", "Y1", 1, "other")
    meet(here, there)
    card = card_at(here, the("marking_fork", here))
    assert [one.kind for one in card.choices] == [
        "mark_stands", "mark_stands", "all_marks_stand", "no_mark_stands",
    ]  # fmt: skip
    settle(here, card.choices[2])
    assert {one.state for one in here.weapon(WEAPON).applied} == {"marked"}
    marked(here, "j3", "X3", 3)
    card = card_at(here, the("marked_twice", here))
    assert "all_marks_stand" not in {one.kind for one in card.choices}
    settle(here, card.choices[-2])
    assert kinds(here) == set()


def test_a_doubled_mark_stays_on_one_weapon_and_its_other_marks_stand():
    here, there = two()
    for depot, weapon, job in ((here, WEAPON, "j1"), (there, OTHER, "j2")):
        if weapon == OTHER:
            depot.write(OTHER, facts.WeaponRegistered(model="N", place=SOUTH))
            depot.write(OTHER, begun("j9", "Z9", 9, "other"))
        depot.write(weapon, begun(job, "X7", 7))
        depot.write(weapon, facts.MarkingEnded(JobId(job), "marked"))
    meet(here, there)
    conflict = the("mark_doubled", here)
    card = card_at(here, conflict)
    assert [one.kind for one in card.choices] == ["mark_on", "mark_on", "same_weapon",
                                                  "mark_on_none"]  # fmt: skip
    settle(here, card.choices[conflict.weapons.index(WEAPON)])
    assert [one.state for one in here.weapon(WEAPON).applied] == ["marked"]
    assert {one.text: one.state for one in here.weapon(OTHER).applied} == {
        "Z9": "begun", "X7": "voided",
    }  # fmt: skip
    assert kinds(here) == set()


# --- a number outside its block -----------------------------------------------------------------


def outside(depot, *blocks):
    """The marks of the weapon that a depot finds outside their blocks."""
    known = {}
    for block in blocks:
        about = depot.known.get(block, {}).values()
        reference = Reference(block)
        for fact in about:
            reference = references.after(reference, fact)
        known[block] = reference
    return conflicts.outside(depot.weapon(WEAPON), known)


def with_a_strange_number():
    """A depot that marked the weapon with a number of another one's block, and a registry."""
    here, registry = two()
    registry.write("block", facts.BlockGranted(here.node, SchemeId("s"), 1, 9))
    here.write(WEAPON, replace(begun("j1", "X12", 12), block="block"))
    here.write(WEAPON, facts.MarkingEnded(JobId("j1"), "marked"))
    marked(here, "j2", "Y1", 1, "other")
    return here, registry


def test_a_strange_number_is_a_card_of_the_mark_and_its_block_and_is_accepted_with_a_reason():
    here, registry = with_a_strange_number()
    assert outside(here, "block") == ()
    meet(here, registry)
    (conflict,) = outside(here, "block")
    card = card_at(here, conflict, here.known["block"].values())
    assert [one.fact.subject for one in card.sides] == [WEAPON, "block"]
    assert [dict(one.says)["drawn"] for one in card.sides] == ["12", "1\u20139"]
    assert card.differs == {"drawn"}
    assert [one.kind for one in card.choices] == ["number_accepted", "mark_void"]
    settle(here, card.choices[0])
    assert outside(here, "block") == ()
    assert {one.text: one.state for one in here.weapon(WEAPON).applied} == {
        "X12": "marked", "Y1": "marked",
    }  # fmt: skip


def test_a_strange_number_may_be_void_and_is_so_for_ever():
    here, registry = with_a_strange_number()
    meet(here, registry)
    (conflict,) = outside(here, "block")
    card = card_at(here, conflict, here.known["block"].values())
    settle(here, card.choices[1])
    assert outside(here, "block") == ()
    assert {one.text: one.state for one in here.weapon(WEAPON).applied} == {
        "X12": "voided", "Y1": "marked",
    }  # fmt: skip
    here.write(WEAPON, replace(begun("j3", "X2", 2), block="block"))
    here.write(WEAPON, facts.MarkingEnded(JobId("j3"), "marked"))
    assert outside(here, "block") == ()


def test_a_number_of_no_named_block_is_a_card_that_says_so():
    here, registry = two()
    registry.write("block", facts.BlockGranted(here.node, SchemeId("s"), 1, 9))
    meet(here, registry)  # only now does it know what it may draw
    marked(here, "j1", "X12", 12)
    (conflict,) = outside(here, "block")
    card = card_at(here, conflict)
    assert [dict(one.says)["block"] for one in card.sides] == ["unnamed"]
    assert [one.kind for one in card.choices] == ["number_accepted", "mark_void"]
    settle(here, card.choices[0])
    assert outside(here, "block") == ()


def test_two_who_settle_a_strange_number_otherwise_are_one_conflict_again():
    here, registry = with_a_strange_number()
    meet(here, registry)
    (conflict,) = outside(here, "block")
    for depot, choice in ((here, 0), (registry, 1)):
        card = card_at(depot, conflict, depot.known["block"].values())
        settle(depot, card.choices[choice])
    meet(here, registry)
    assert "marking_fork" in kinds(here)
    card = card_at(here, the("marking_fork", here))
    settle(here, card.choices[0])
    assert kinds(here) == set()


def test_any_order_of_arrival_finds_the_same_strange_numbers():
    here, registry = with_a_strange_number()
    registry.write("other", facts.BlockGranted(here.node, SchemeId("s"), 20, 29))
    home = facts.BlockReturned(here.node, SchemeId("s"), 25, 29)
    here.learn(registry.all_facts())
    here.write("other", home, replaces=list(registry.known["other"]))
    for job, number in (("j5", 22), ("j6", 27)):
        here.write(WEAPON, replace(begun(job, f"X{number}", number), block="other"))
    judged = {one.about for one in outside(here, "block", "other")}
    assert judged == {("j1", "block"), ("j6", "other")}
    everything = here.all_facts()
    for seed in range(40):
        Random(seed).shuffle(everything)
        newcomer = Depot("nn")
        for fact in everything:  # told more, it never takes back what it said before
            before = {one.about for one in outside(newcomer, "block", "other")}
            newcomer.learn([fact])
            assert before <= {one.about for one in outside(newcomer, "block", "other")} <= judged
        assert outside(newcomer, "block", "other") == outside(here, "block", "other")
