"""What an act would change, in words: the parts that need no books."""

from __future__ import annotations

from typing import get_args

from stockpile.domain.facts import Draft, GuardSet, WeaponDestroyed
from stockpile.domain.mandates import Lack
from stockpile.domain.weapons import Weapon
from stockpile.language import figure
from stockpile.plan_said import acts_words
from stockpile.plan_words import (
    Change,
    PlanLine,
    lack_words,
    line_words,
    planned,
    rule_changes,
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


def test_a_weapon_that_nobody_described_is_called_by_its_number():
    assert weapon_words(Weapon("w1")).count("(") == 1
