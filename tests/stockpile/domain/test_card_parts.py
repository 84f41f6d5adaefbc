from __future__ import annotations

import pytest

from stockpile.domain import facts
from stockpile.domain.errors import ReasonMissing
from stockpile.domain.values import PersonId, PlaceId
from tests.helpers.deciding import (
    SOUTH,
    card_at,
    meet,
    the,
    two,
)
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import WEAPON

HOLDER = PersonId("holder")


def test_nothing_is_settled_without_a_reason():
    here, _ = two()
    here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    for choice in card_at(here, the("count_mismatch", here)).choices:
        with pytest.raises(ReasonMissing):
            choice.drafts("  ")


def test_a_card_changes_with_what_was_written_meanwhile():
    here, there = two()
    here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    there.write(WEAPON, facts.WeaponIssued(HOLDER))
    meet(here, there)
    before = card_at(here, the("custody_fork", here))
    assert card_at(there, the("custody_fork", there)).version == before.version
    late = Depot("cc")
    late.learn([one for one in here.all_facts() if isinstance(one.body, facts.WeaponRegistered)])
    late.write(WEAPON, facts.WeaponRelocated(PlaceId("field")))
    meet(here, late)
    assert card_at(here, the("custody_fork", here)).version != before.version


def test_a_card_is_due_in_a_week_where_a_weapon_may_be_gone_and_else_in_a_month():
    here, there = two()
    here.write(WEAPON, facts.WeaponRelocated(SOUTH), now=START + 5)
    there.write(WEAPON, facts.WeaponIssued(HOLDER), now=START + 9)
    here.write(WEAPON, facts.WeaponCorrected("-", year="1"), now=START + 5)
    there.write(WEAPON, facts.WeaponCorrected("-", year="2"), now=START + 9)
    meet(here, there)
    fork, described = (card_at(here, the(one, here)) for one in ("custody_fork", "identity_fork"))
    assert (fork.since, fork.nodes) == (START + 9, (here.node, there.node))
    assert fork.due == START + 9 + 7 * 86_400_000
    assert described.due == START + 9 + 30 * 86_400_000
