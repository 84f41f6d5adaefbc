from __future__ import annotations

from collections import Counter

import pytest

from stockpile.domain import cards, facts
from stockpile.domain.errors import CustodyDisputed, WeaponGone
from stockpile.domain.values import JobId, PersonId, WeaponId
from stockpile.domain.weapons import GONE
from tests.helpers.deciding import (
    REGISTERED,
    SOUTH,
    begun,
    card_at,
    kinds,
    meet,
    settle,
    the,
    two,
)
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import WEAPON
from tests.stockpile.domain.test_convergence import ACTS, World, conflicts_of, one_record

HOLDER = PersonId("holder")


@pytest.mark.parametrize("seed", range(6))
def test_every_choice_of_every_card_settles_it_and_loses_nothing(seed):
    """A world's conflicts, each tried with each of its choices on a newcomer who knows all."""
    world = World(seed)
    world.live(ACTS)
    _, listed = one_record(world)
    tried: Counter[str] = Counter()
    for conflict in listed:
        newcomer = Depot("nn")
        newcomer.learn(one for one in world.written if one.subject in conflict.weapons)
        before = {one.hash for one in newcomer.all_facts()}
        card = card_at(newcomer, conflict)
        assert len(card.sides) > 1, conflict
        assert 1 <= len(card.choices) <= 9, conflict
        for at, choice in enumerate(card.choices):
            settler = Depot(chr(ord("f") + at))
            settler.learn(newcomer.all_facts())
            try:
                settle(settler, choice)
            except (CustodyDisputed, WeaponGone):
                assert any(
                    len(one.custody) > 1 or one.status in GONE
                    for one in (newcomer.weapon(each) for each in conflict.weapons)
                )
                continue
            assert conflict.id not in {one.id for one in conflicts_of(settler.held)}, choice
            assert before < {one.hash for one in settler.all_facts()}
            tried[choice.kind] += 1
    assert sum(tried.values()) > len(listed)
    assert set(tried) >= {"stands", "mark_stands", "no_mark_stands", "different_weapons"}


def test_every_node_and_the_registry_make_the_same_card():
    world = World(2)
    world.live(ACTS)
    _, listed = one_record(world)
    for conflict in listed:
        made = [card_at(one, conflict) for one in world.depots]
        assert len({one.version for one in made}) == 1
        assert len({one.sides for one in made}) == 1
        assert len({tuple((c.kind, c.act, c.side) for c in one.choices) for one in made}) == 1


def test_a_clock_is_doubted_by_a_comparison():
    here, there = two()
    moved = here.write(WEAPON, facts.WeaponRelocated(SOUTH), now=START + 1_000)
    there.write(WEAPON, facts.WeaponIssued(HOLDER))
    meet(here, there)
    conflict = the("custody_fork", here)
    assert not any(one.clock_doubted for one in card_at(here, conflict).sides)
    compared = here.write("clock", facts.ClockObserved(3_600_000, "registry"))
    doubted = {
        one.fact.hash for one in card_at(here, conflict, [compared]).sides if one.clock_doubted
    }
    assert doubted == {moved.hash}


def test_a_clock_is_doubted_by_what_its_own_chain_shows_before():
    here, there = two()
    found_right = here.write("clock", facts.ClockObserved(500, "registry"), now=START + 86_400_000)
    back = here.write(WEAPON, facts.WeaponRelocated(SOUTH))
    there.write(WEAPON, facts.WeaponIssued(HOLDER))
    meet(here, there)
    sides = card_at(here, the("custody_fork", here), [found_right]).sides
    assert {one.fact.hash for one in sides if one.clock_doubted} == {back.hash}


def alike(count: int) -> Depot:
    """A depot that recorded one serial and one mark so many times."""
    depot = Depot("aa")
    for number in range(count):
        weapon = WeaponId(f"w{number:03}")
        depot.write(weapon, REGISTERED)
        depot.write(weapon, begun(JobId(f"j{number}"), "X 1", 1))
    return depot


@pytest.mark.parametrize("kind", ["possible_duplicate", "mark_doubled"])
def test_of_very_many_a_card_shows_the_first_and_says_how_many_more_there_are(kind):
    depot = alike(cards.MOST_SIDES + 5)
    conflict = the(kind, depot)
    card = card_at(depot, conflict)
    assert [one.weapon for one in card.sides] == list(conflict.weapons[: cards.MOST_SIDES])
    assert (card.more, len(card.choices)) == (5, 9)
    depot.write(WeaponId("w999"), REGISTERED)
    depot.write(WeaponId("w999"), begun(JobId("j999"), "X 1", 1))
    again = card_at(depot, the(kind, depot))
    assert again.more == 6
    assert again.version == card.version  # what may be chosen is the same
    depot.write(WeaponId("w003"), facts.WeaponCorrected("seen", year="1974"))
    assert card_at(depot, the(kind, depot)).version != card.version


@pytest.mark.parametrize(
    ("kind", "choice"),
    [("possible_duplicate", "different_weapons"), ("possible_duplicate", "same_weapon"),
     ("mark_doubled", "mark_on"), ("mark_doubled", "mark_on_none")],
)  # fmt: skip
def test_whoever_settles_card_after_card_comes_to_the_end(monkeypatch, kind, choice):
    monkeypatch.setattr(cards, "MOST_SIDES", 3)
    depot, shown = alike(8), []
    while kind in kinds(depot):
        card = card_at(depot, the(kind, depot))
        shown.append(tuple(one.weapon for one in card.sides))
        assert len(shown) == len(set(shown)) < 30
        settle(depot, next(one for one in card.choices if one.kind == choice))
    assert len(shown) > 1
    assert {weapon for some in shown for weapon in some} == set(depot.held)
