from __future__ import annotations

import pytest

from stockpile.domain import facts
from stockpile.domain.values import PersonId, PlaceId
from tests.helpers.deciding import (
    NORTH,
    SOUTH,
    card_at,
    kinds,
    meet,
    settle,
    the,
    two,
)
from tests.helpers.depots import Depot
from tests.helpers.strategies import OTHER, WEAPON

HOLDER = PersonId("holder")


@pytest.mark.parametrize(
    ("body", "act"),
    [
        (facts.WeaponRelocated(SOUTH), "move"),
        (facts.WeaponIssued(HOLDER, SOUTH, "2026-12-01", use="assignment", receipt="R1"), "move"),
        (facts.WeaponDispatched("W1", SOUTH), "move"),
        (facts.WeaponLost("stolen", report="L-1"), "report_loss"),
        (facts.WeaponDestroyed("C-1"), "destroy"),
        (facts.WeaponCollected(SOUTH, receipt="R2"), "move"),
        (facts.WeaponWithdrawn("twice"), "withdraw"),
        (facts.WeaponAbsorbed(OTHER, "same"), "merge"),
    ],
)
def test_an_account_that_is_let_stand_stands_with_all_that_it_said(body, act):
    here, there = two()
    here.write(WEAPON, body)
    there.write(WEAPON, facts.WeaponRelocated(PlaceId("field")))
    weapon = meet(here, there)
    card = card_at(here, the("custody_fork", here))
    at = next(n for n, one in enumerate(card.sides) if one.fact and one.fact.body == body)
    choice = next(one for one in card.choices if one.side == at)
    assert (choice.kind, choice.act) == ("stands", act)
    told = next(one for one in weapon.custody if one.fact == card.sides[at].fact.hash)
    settle(here, choice)
    (stands,) = here.weapon(WEAPON).custody
    same = ("state", "place", "holder", "paper", "due", "use")
    assert [getattr(stands, one) for one in same] == [getattr(told, one) for one in same]
    assert not stands.after_end
    assert kinds(here) == set()


def test_the_record_or_the_count_may_be_right():
    here, _ = two()
    here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    record, seen = card_at(here, the("count_mismatch", here)).choices
    assert (record.kind, seen.kind) == ("stands", "seen_there")
    for choice, place in ((record, NORTH), (seen, SOUTH)):
        depot = Depot("cc")
        depot.learn(here.all_facts())
        settle(depot, choice)
        assert (depot.weapon(WEAPON).place, kinds(depot)) == (place, set())


def test_a_lost_weapon_that_was_counted_is_recovered():
    here, _ = two()
    here.write(WEAPON, facts.WeaponLost("lost", report="L-1"))
    here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    choice = card_at(here, the("count_mismatch", here)).choices[1]
    assert choice.act == "recover"
    settle(here, choice)
    assert (here.weapon(WEAPON).status, here.weapon(WEAPON).place) == ("recovered", SOUTH)


def test_an_end_that_was_overwritten_is_shown_and_can_stand_again():
    here, _ = two()
    here.write(WEAPON, facts.WeaponDestroyed("C-1"))
    here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    card = card_at(here, the("act_after_end", here))
    assert [dict(one.says)["status"] for one in card.sides] == ["destroyed", "in_store"]
    assert [one.act for one in card.choices] == ["destroy", "move"]
    settle(here, card.choices[0])
    assert here.weapon(WEAPON).status == "destroyed"
    assert here.weapon(WEAPON).custody[0].paper == "C-1"
    assert kinds(here) == set()
