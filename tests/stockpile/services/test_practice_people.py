"""A practice depot has somebody to issue to, and a second pair of eyes."""

from __future__ import annotations

import pytest

from stockpile.domain.people import NEEDS_TWO
from stockpile.services.practice_people import LOT, PATROL, SECOND_OFFICER, PracticePeople
from tests.helpers.house import PIN


@pytest.fixture
def staffed(house):
    staff = PracticePeople(house.stockpile.people, house.stockpile.holders, PIN)
    staff.enlist(by=house.officer)
    staff.enlist(by=house.officer)
    return house.stockpile


def test_it_is_staffed_once(staffed):
    assert len(staffed.holders.all()) == len(PATROL)
    assert [one.name for one in staffed.people.officers()] == ["A. Mbuyi", SECOND_OFFICER]


def test_the_second_officer_may_do_what_needs_two(staffed):
    second = staffed.people.sign_in(SECOND_OFFICER, PIN)
    assert all(second.officer.may(act) for act in NEEDS_TWO)


def test_cards_clearances_and_pins_are_those_of_a_patrol(staffed):
    leader = staffed.holders.one(staffed.holders.by_card("CARD-001"))
    assert (leader.name, leader.rank) == ("Alpha", "Sergeant")
    assert staffed.holders.sign(leader.id, PIN, b"words")
    kinds = {one.name: one.is_cleared_for("ASR", "AKM", "2026-11-28").kind
             for one in staffed.holders.all()}  # fmt: skip
    assert (kinds["Alpha"], kinds["Kilo"], kinds["Lima"]) == ("cleared", "expired", "none")


def test_there_is_ammunition_to_go_with_them(staffed):
    assert [one.number for one in staffed.ammunition.all()] == [LOT]
