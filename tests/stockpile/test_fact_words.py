"""Every fact has its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given

from stockpile import fact_words, wording
from stockpile.domain import facts
from stockpile.language import plain
from tests.helpers.builders import WEAPON
from tests.helpers.depots import Depot
from tests.helpers.strategies import encoded


@given(encoded())
def test_every_fact_is_a_line_of_a_life(written):
    said = fact_words.fact_sentence(written.fact, wording.Names({"x": "Rack 4"}))
    assert said
    assert "{" not in said


@pytest.mark.parametrize(
    ("fitted", "removed", "said"),
    [
        ((facts.Mark("part", "77"),), (), "Component fitted: Bolt carrier"),
        ((), (facts.Mark("part", "77"),), "Component removed: Bolt carrier"),
        (
            (facts.Mark("part", "77"),),
            (facts.Mark("part", "1"),),
            "Component swapped: Bolt carrier",
        ),
        ((), (), "Component swapped: Bolt carrier"),
    ],
)
def test_a_component_that_came_or_went_is_named_in_words(fitted, removed, said):
    body = facts.ComponentSwapped("bolt_carrier", fitted, removed)
    fact = Depot("aa").write(WEAPON, body)
    names = wording.Names({}, {"bolt_carrier": "Bolt carrier"}.__getitem__)
    assert plain(fact_words.fact_sentence(fact, names)).startswith(said)


def test_an_issue_says_for_how_long_and_what_stood_against_it():
    body = facts.WeaponIssued(
        "p1", due="2026-12-01", use="assignment", override="commander's order"
    )
    fact = Depot("aa").write(WEAPON, body)
    said = plain(fact_words.fact_sentence(fact, wording.Names()))
    assert said.startswith("Assigned, due back 2026-12-01, although something stood against it")


def test_what_goes_with_a_weapon_is_named_and_counted():
    kit = (facts.KitItem("magazine", 4), facts.KitItem("sling"))
    assert plain(fact_words.kit_words(kit)) == "4 x Magazine, 1 x Sling"
    assert fact_words.kit_words(()) == "nothing"


@pytest.mark.parametrize(
    ("offset", "said"),
    [
        (60_000, "right"), (3 * 3_600_000, "3 h 0 min behind"), (-50 * 3_600_000, "2 d 2 h ahead"),
    ],
)  # fmt: skip
def test_a_clock_that_was_compared_was_so_far_off(offset, said):
    fact = Depot("aa").write("aa", facts.ClockObserved(offset, "r1"))
    line = fact_words.fact_sentence(fact, wording.Names({"r1": "the centre"}))
    assert plain(line) == f"Clock compared with the centre: {said} (officer)"
