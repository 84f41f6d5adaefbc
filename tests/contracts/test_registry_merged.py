"""Records that were found to be one weapon: who is told of it is told of what lies beneath it."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import delete, select

from stockpile.domain import wire
from stockpile.domain.facts import Draft, WeaponAbsorbed, WeaponMerged
from stockpile.registry import beneath, intake
from stockpile.registry.tables import MATTERS, SCOPES_FOLLOWED
from tests.helpers.registries import open_registry
from tests.helpers.scoped import a_dispatch, a_place, facts_told, told
from tests.helpers.sites import Site, a_move, a_weapon


def send(registry, *sites):
    for site in sites:
        held = registry.books.tip(site.node).number
        if site.entries[held:]:
            intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))


@pytest.fixture
def country(registry):
    """A depot in each of three sites; that of Gulu has a place."""
    found = []
    for at in ("Gulu", "Lira", "Arua"):
        site = Site()
        registry.enrol(site, at)
        site.found_with_officers()
        found.append(site)
    found[0].write(a_place("g1", "Gulu"))
    send(registry, *found)
    return found


def single(registry, reader):
    """The weapons of single facts that a node is told, each as often as it was told."""
    subjects = [fact.subject for fact in facts_told(registry, reader)[1]]
    return sorted(one for one in subjects if one.startswith("w"))


def registered(site, *names):
    site.write(*(a_weapon(one, f"serial of {one}") for one in names))


def merged(kept, absorbed):
    return (
        Draft(kept, WeaponMerged(absorbed, "one weapon")),
        Draft(absorbed, WeaponAbsorbed(kept, "one weapon")),
    )


def mattering(registry):
    with registry.books.reading() as connection:
        return {tuple(row) for row in connection.execute(select(MATTERS))}


def test_sent_after_its_merger_a_weapon_goes_with_all_that_lies_beneath_it(registry, country):
    gulu, lira, arua = country
    registered(arua, "w2")
    arua.write(a_move("w2", "rack"))
    registered(lira, "w1")
    lira.by_two(*merged("w1", "w2"))
    send(registry, arua, lira)
    assert single(registry, gulu) == []
    lira.by_two(a_dispatch("w1", "g1"))
    send(registry, lira)
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 3


def test_merged_after_it_was_sent_the_other_history_follows(registry, country):
    gulu, lira, arua = country
    registered(arua, "w2")
    registered(lira, "w1")
    lira.by_two(a_dispatch("w1", "g1"))
    send(registry, arua, lira)
    assert single(registry, gulu) == ["w1"] * 2
    lira.by_two(*merged("w1", "w2"))
    send(registry, lira)
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 2
    arua.write(a_move("w2", "rack"))
    send(registry, arua)
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 3


@pytest.mark.parametrize("half", [0, 1])
def test_either_fact_of_a_merger_is_enough(registry, country, half):
    gulu, lira, arua = country
    registered(arua, "w2")
    registered(lira, "w1")
    lira.by_two(a_dispatch("w1", "g1"), merged("w1", "w2")[half])
    send(registry, lira, arua)
    assert single(registry, gulu).count("w2") == 1 + half


def test_who_has_the_absorbed_record_alone_is_not_told_of_the_other_one(registry, country):
    gulu, lira, _arua = country
    registered(lira, "w1", "w2")
    lira.by_two(a_dispatch("w2", "g1"), *merged("w1", "w2"))
    send(registry, lira)
    assert single(registry, gulu) == ["w2"] * 3


def test_mergers_of_mergers_come_whole_also_where_they_go_round(registry, country):
    gulu, lira, _arua = country
    registered(lira, "w1", "w2", "w3", "w4")
    for kept, absorbed in (("w3", "w4"), ("w2", "w3"), ("w1", "w2"), ("w4", "w2")):
        lira.by_two(Draft(kept, WeaponMerged(absorbed, "one weapon")))
    send(registry, lira)
    lira.by_two(a_dispatch("w1", "g1"))
    send(registry, lira)
    assert sorted({*single(registry, gulu)}) == ["w1", "w2", "w3", "w4"]
    assert len(single(registry, gulu)) == 4 + 4 + 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_comes_first_the_same_matters_and_is_told_once(registry, country, order):
    gulu, lira, arua = country
    registry.enrol(desk := Site(), "Arua")
    desk.found_with_officers()
    registered(lira, "w1", "w2")
    arua.by_two(*merged("w2", "w3"))
    registered(desk, "w3")
    desk.by_two(*merged("w1", "w2"), a_dispatch("w1", "g1"))
    for one in order:
        send(registry, (lira, arua, desk)[one])
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 3 + ["w3"] * 2
    before = mattering(registry)
    registry.books.rebuild()
    assert mattering(registry) == before
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 3 + ["w3"] * 2


def test_an_earlier_registry_tells_on_once_what_was_merged_before(registry, country, monkeypatch):
    gulu, lira, _arua = country
    registered(lira, "w1", "w2", "w3")
    lira.by_two(*merged("w1", "w2"), a_dispatch("w1", "g1"))
    with monkeypatch.context() as earlier:
        earlier.setattr(beneath, "pairs_in", lambda _facts: set())
        send(registry, lira)
    assert single(registry, gulu) == ["w1"] * 3
    token = told(registry, gulu)[0].scope
    for _start in range(2):
        with registry.database.writing() as connection:
            connection.execute(delete(SCOPES_FOLLOWED))
        again = open_registry(registry.url)
        try:
            assert single(again, gulu) == ["w1"] * 3 + ["w2"] * 2
            assert told(again, gulu)[0].scope == token  # the same feed goes on
        finally:
            again.database.close()


def test_what_was_merged_before_there_was_any_site_is_known_to_the_first(registry):
    headquarters = Site()
    registry.enrol(headquarters, "", ("*",))
    headquarters.found_with_officers()
    registered(headquarters, "w1", "w2")
    headquarters.by_two(*merged("w1", "w2"))
    send(registry, headquarters)
    registry.enrol(gulu := Site(), "Gulu")
    gulu.found_with_officers()
    gulu.write(a_place("g1", "Gulu"))
    headquarters.by_two(a_dispatch("w1", "g1"))
    send(registry, gulu, headquarters)
    assert single(registry, gulu) == ["w1"] * 3 + ["w2"] * 2
