"""What a revoked laptop wrote of its clock is one card of real books, and counted as one."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import ClockObserved, Draft
from stockpile.services import clock_entries
from tests.helpers.books import desk
from tests.helpers.sites import a_weapon
from tests.helpers.stolen_laptops import stolen_laptop


@pytest.fixture
def depot(tmp_path):
    with desk(tmp_path / "depot") as one:
        one.found()
        yield one


@pytest.fixture
def stolen(depot):
    """A laptop that wrote of its clock alone, and once beside a weapon."""
    found = stolen_laptop(depot.books)
    found.compared(3)
    found.laptop.write(Draft(found.laptop.node, ClockObserved(0, "registry")), a_weapon("w1"))
    found.compared(2)
    found.heard()
    return found


def numbers(card):
    return [one.about[2] for one in card.conflicts]


def test_they_are_one_card_and_what_says_more_is_its_own(depot, stolen):
    found = depot.books.conflicts()
    assert sorted(map(numbers, clock_entries.gathered(depot.books, found))) == [
        ["2", "3", "4", "6", "7"], ["5"],
    ]  # fmt: skip
    assert (depot.books.count_conflicts(), clock_entries.count(depot.books)) == (6, 2)
    for one in found:
        shown = clock_entries.standing_for(depot.books, one, found)
        assert numbers(shown) == (["5"] if one.weapons else ["2", "3", "4", "6", "7"])


def test_each_laptop_has_its_own(depot, stolen):
    other = stolen_laptop(depot.books)
    other.compared(2)
    other.heard()
    assert (depot.books.count_conflicts(), clock_entries.count(depot.books)) == (8, 3)
    cards = clock_entries.gathered(depot.books, depot.books.conflicts())
    assert sorted(len(one.conflicts) for one in cards) == [1, 2, 5]


def test_of_one_weapon_only_its_own_are_asked_for(depot, stolen):
    (card,) = clock_entries.gathered(depot.books, depot.books.conflicts("w1"))
    assert numbers(card) == ["5"]


def test_without_any_the_count_is_that_of_the_conflicts(depot):
    for _twice in range(2):
        depot.register_weapon("KB 1")
    assert clock_entries.count(depot.books) == depot.books.count_conflicts() == 1
