from __future__ import annotations

from stockpile.domain import facts
from stockpile.domain.values import JobId
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
