"""What an act would change, in words: the parts that need no books."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from stockpile.domain.facts import (
    Draft,
    GuardSet,
    KitItem,
    KitSet,
    Mark,
    WeaponCorrected,
    WeaponDestroyed,
    WeaponInspected,
)
from stockpile.domain.mandates import Lack
from stockpile.domain.weapons import Weapon
from stockpile.language import figure, plain
from stockpile.plan_said import acts_words
from stockpile.plan_words import (
    Change,
    PlanLine,
    lack_words,
    line_words,
    plan_lines,
    planned,
    rule_changes,
    titled_words,
    weapon_words,
    what_words,
)


def test_every_lack_has_its_words_and_a_newer_one_stays_as_it_is():
    said = {lack_words(one) for one in get_args(Lack)}
    assert len(said) == len(get_args(Lack))
    assert lack_words("no_moon") == "no_moon"


def test_drafts_are_read_as_the_facts_they_would_become():
    drafts = [Draft("w1", WeaponDestroyed("DC-1"), ("a",)), Draft("w1", GuardSet(), follows=True)]
    first, second = planned(drafts, None, 5)
    assert (first.at, first.by, first.replaces) == (5, None, ("a",))
    assert second.replaces == (first.hash,)
    assert second.order > first.order


def test_rules_say_what_became_otherwise_and_nothing_else():
    (change,) = rule_changes(GuardSet(), GuardSet(lock_after=0))
    assert (change.before, change.after) == (figure(10), figure(0))
    (change,) = rule_changes(GuardSet(("merge",)), GuardSet())
    assert (change.before, change.after) == (acts_words(["merge"]), "")
    assert rule_changes(GuardSet(), GuardSet()) == ()


def test_a_line_is_said_with_every_value_before_and_after():
    line = PlanLine("KB 1", "Record corrected", (Change("Model", "AKM", "AKMS"),), "w1")
    assert line_words(line) == "KB 1. Record corrected. Model: AKMS (before: AKM)"
    bare = PlanLine("", "Put on record", (Change("Model", "", ""),))
    assert line_words(bare) == "Put on record. Model: nothing (before: nothing)"


def test_what_is_signed_is_said_by_its_first_lines_and_how_many_more():
    lines = [PlanLine(f"KB {number}", "Destroyed") for number in range(5)]
    said = what_words("destroy", lines).splitlines()
    assert (said[0], len(said)) == ("Destroy weapons", 5)
    assert said[-1] == f"and {figure(2)} more"
    assert what_words("destroy", lines[:1]).splitlines()[1:] == ["KB 0. Destroyed"]
    assert titled_words("Five of them", lines).splitlines() == ["Five of them", *said[1:]]


def test_a_weapon_that_nobody_described_is_called_by_its_number():
    assert weapon_words(Weapon("w1")).count("(") == 1


class OneWeapon:
    """A register in which one weapon stands."""

    def __init__(self, weapon):
        self._weapon = weapon

    def weapon(self, _id):
        return self._weapon

    def reference(self, _subject):
        return None


def changed(mark, *bodies):
    weapon = Weapon("w1", registered=True, marks=(mark,))
    known = planned([Draft("w1", body) for body in bodies], None, 5)
    lines = plan_lines(OneWeapon(weapon), {}, known)
    return [[plain(f"{one.what}: {one.before} > {one.after}") for one in line.changes]
            for line in lines]  # fmt: skip


def test_kit_an_inspection_and_where_a_mark_stands_are_said_before_and_after():
    mark = Mark("serial", "KB 1", component="receiver", legibility="doubtful")
    kit, inspected, corrected = changed(
        mark,
        KitSet((KitItem("magazine", 3),), "counted"),
        WeaponInspected("serviceable", due="2027-01-01", unfit=True),
        WeaponCorrected("read again", marks=(replace(mark, position="left", legibility="clear"),)),
    )
    assert kit == ["Kit: nothing > 3 x Magazine"]
    assert {"Unfit for use:  > Yes", "Inspection due:  > 2027-01-01"} <= set(inspected)
    assert corrected == ["Marks: KB 1 (Receiver, Doubtful) > KB 1 (Receiver, On the left)"]
