from __future__ import annotations

import random
from itertools import chain

import pytest

from stockpile.domain.facts import ClockObserved, Draft, TagBound, WeaponCounted, WeaponInspected
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.domain.weapons import Sighting, Weapon
from stockpile.registry import dossiers, last_counts, nodes_heard
from stockpile.registry.last_counts import Clocks, doubted, is_soon_read, portions
from tests.helpers import nations
from tests.helpers.nations import DAY, registered, weapon_id


def weapon(known: int) -> Weapon:
    return Weapon(WeaponId(f"w{known}"), known=known)


@pytest.mark.parametrize(
    ("lives", "expected"),
    [
        ([], []),
        ([10], [[10]]),
        ([11], []),
        ([4, 6, 1], [[4, 6], [1]]),
        ([4, 11, 6], [[4, 6]]),
        ([9, 2, 11, 8, 10], [[9], [2, 8], [10]]),
    ],
)
def test_weapons_are_looked_at_so_many_as_are_soon_read(monkeypatch, lives, expected):
    monkeypatch.setattr(last_counts, "MOST_AT_ONCE", 10)
    weapons = [weapon(known) for known in lives]
    assert [[one.known for one in some] for some in portions(weapons)] == expected
    left_out = [one.known for one in weapons if not is_soon_read(one)]
    assert sorted([*left_out, *chain(*expected)]) == sorted(lives)


def test_the_last_counts_are_those_at_the_last_instant():
    def seen(fact, at):
        return Sighting(fact, PlaceId("p"), (), at, (1, "n", 1))

    sightings = (seen("a", 5), seen("b", 9), seen("c", 9))
    found = last_counts.last_counts(Weapon(WeaponId("w"), sightings=sightings))
    assert [one.fact for one in found] == ["b", "c"]
    assert last_counts.last_counts(weapon(1)) == ()


@pytest.fixture
def nation(registry):
    """A country in which Kampala counted two weapons, by a clock that nothing speaks against."""
    made = nations.found(registry)
    kampala = made.kampala
    kampala.write(registered(1, "S-1"), registered(2, "S-2"))
    for first in kampala.facts[-2:]:
        seen = WeaponCounted("count-1", PlaceId("KLA-store"))
        kampala.write(Draft(first.subject, seen, saw=(first.hash,)))
    made.send()
    return made


def counted(registry):
    return [registry.books.weapon(weapon_id(one)) for one in (1, 2)]


def test_however_many_weapons_a_node_counted_it_is_asked_after_once(registry, nation, monkeypatch):
    asked = []

    def comparisons_of(connection, nodes):
        asked.extend(nodes)
        return nodes_heard.comparisons_of(connection, nodes)

    monkeypatch.setattr(last_counts, "comparisons_of", comparisons_of)
    clocks = Clocks()
    with registry.database.reading() as connection:
        for _ in range(2):
            assert doubted(connection, counted(registry), clocks) == frozenset()
    assert asked == [nation.kampala.node]


def test_a_comparison_that_found_a_clock_right_makes_no_file_be_read(registry, nation, monkeypatch):
    read = []
    monkeypatch.setattr(last_counts, "doubted_in", lambda _connection, some: read.append([*some]))
    kampala = nation.kampala
    kampala.write(Draft(kampala.node, ClockObserved(0, "registry")))
    nation.send()
    with registry.database.reading() as connection:
        doubted(connection, counted(registry), Clocks())
    assert read == [[]]
    kampala.write(Draft(kampala.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    with registry.database.reading() as connection:
        doubted(connection, counted(registry), Clocks())
    assert read[1:] == [counted(registry)]


def test_of_a_weapon_with_a_very_long_fact_the_file_is_read(registry, nation, monkeypatch):
    """Such facts of thousands would be one value in memory."""
    read = []
    monkeypatch.setattr(last_counts, "doubted_in", lambda _connection, some: read.extend(some))
    nation.kampala.write(Draft(weapon_id(2), WeaponInspected("serviceable", "x" * 5_000)))
    nation.send()
    with registry.database.reading() as connection:
        doubted(connection, counted(registry), Clocks())
    assert [one.id for one in read] == [weapon_id(2)]


@pytest.mark.parametrize("seed", [1, 17, 30, 51])
def test_whatever_clocks_do_a_list_says_what_every_file_read_in_full_would_say(registry, seed):
    draw, made = random.Random(seed), nations.found(registry)
    made.kampala.write(*(registered(one, f"S-{one}") for one in range(1, 9)))
    heads = {one.subject: one.hash for one in made.kampala.facts}
    for _ in range(60):
        site, weapon, kind = draw.choice(made.sites), weapon_id(draw.randint(1, 8)), draw.random()
        if kind < 0.2:
            site.ahead = draw.choice((0, 0, 60_000, 30 * DAY, -5 * DAY))
        elif kind < 0.3:
            said = ClockObserved(draw.choice((0, 0, 100_000, -130_000, 90 * DAY)), "registry")
            site.write(Draft(site.node, said))
        elif kind < 0.6:
            seen = WeaponCounted("count-1", PlaceId("KLA-store"))
            site.write(Draft(weapon, seen, saw=(heads[weapon],)))
        elif kind < 0.9:
            site.write(Draft(weapon, TagBound("K000000000007")))
        else:
            made.send()
            registry.clock.at += draw.choice((0, DAY, 40 * DAY))
    made.send()
    weapons = [registry.books.weapon(weapon_id(one)) for one in range(1, 9)]
    with registry.database.reading() as connection:
        told = doubted(connection, weapons, Clocks())
        in_full = dossiers.doubted_in(connection, weapons)
    for one in weapons:
        last = {count.fact for count in last_counts.last_counts(one)}
        assert last & told == last & in_full
