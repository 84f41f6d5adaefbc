"""A list and a table taken out say of a last count's date what the weapon's own file says."""

from __future__ import annotations

import csv

import pytest

from stockpile.domain.facts import ClockObserved, Draft, TagBound, WeaponCounted
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from stockpile.registry import dossiers, finding, last_counts, nodes_heard
from stockpile.registry.dossiers import dossier
from stockpile.registry.filters import Filters
from stockpile.registry.web import exporting, weapon_rows
from tests.helpers import nations
from tests.helpers.nations import DAY, registered, weapon_id
from tests.helpers.sites import Site

RIGHT, OFF, EARLY, BACK, LATER, OTHERS, NEVER, MISNAMED, SET_BACK = WEAPONS = range(1, 10)
"""Weapons whose last count is beyond doubt, is by a clock found off, is dated after it came, is
dated before what its node wrote earlier; before what its node, or another, wrote later; that were
never counted; of which a node wrote a comparison of clocks, as if a weapon had one; whose count is
dated before a comparison that found its clock right and was written earlier."""
DOUBTED = {OFF, EARLY, BACK, MISNAMED, SET_BACK}
TAGS = TagBound("K000000000007")


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    kampala, gulu, arua = made.sites
    kampala.write(*(registered(one, f"S-{one}") for one in WEAPONS))
    heads = {one.subject: one.hash for one in kampala.facts}

    def count(site: Site, one: int) -> None:
        seen = WeaponCounted("count-1", PlaceId("KLA-store"))
        site.write(Draft(weapon_id(one), seen, saw=(heads[weapon_id(one)],)))

    for one in (RIGHT, LATER):
        count(kampala, one)
    gulu.write(Draft(gulu.node, ClockObserved(90 * DAY, "registry")))
    count(gulu, OFF)
    arua.ahead = 30 * DAY
    count(arua, EARLY)
    made.send()
    registry.clock.at += 60 * DAY
    arua.write(Draft(weapon_id(BACK), TAGS), Draft(weapon_id(OTHERS), TAGS))
    arua.ahead = 0
    count(arua, BACK)
    count(kampala, OTHERS)
    kampala.write(Draft(weapon_id(MISNAMED), ClockObserved(90 * DAY, "registry")))
    count(kampala, MISNAMED)
    arua.write(Draft(arua.node, ClockObserved(0, "registry")))
    arua.ahead = -DAY
    count(arua, SET_BACK)
    kampala.ahead = 30 * DAY
    kampala.write(Draft(weapon_id(LATER), TAGS))
    made.send()
    return made


def said_in_files(connection):
    """The weapons of which their own file says so."""
    files = {one: dossier(connection, weapon_id(one)) for one in WEAPONS}
    return {
        one for one, file in files.items() if weapon_rows.is_count_doubted(file.line, file.doubted)
    }


def table(registry):
    told = "".join(exporting.table(registry.books, Filters(), "en"))
    heads, *rows = csv.reader(told.splitlines())
    at = heads.index("Doubt about the last count's date")
    assert heads[at - 1] == "Last counted"
    said = {row[0]: row[at] for row in rows}
    return {one: said[registry_number(weapon_id(one))] for one in WEAPONS}


def test_a_list_and_a_table_say_of_the_last_count_what_the_weapons_file_says(registry, nation):
    with registry.database.reading() as connection:
        assert said_in_files(connection) == DOUBTED
        lines = finding.listed(connection, Filters(), "", 50).lines
        doubted = weapon_rows.counts_doubted(connection, lines)
    in_list = {one.weapon.id for one in lines if weapon_rows.is_count_doubted(one, doubted)}
    assert in_list == {weapon_id(one) for one in DOUBTED}
    assert table(registry) == {one: "clock in doubt" if one in DOUBTED else "" for one in WEAPONS}


def test_only_files_of_weapons_with_something_against_their_date_are_read(
    registry, nation, monkeypatch
):
    read = []
    monkeypatch.setattr(
        last_counts, "doubted_in",
        lambda connection, some: read.extend(some) or dossiers.doubted_in(connection, some),
    )  # fmt: skip
    table(registry)
    assert {one.id for one in read} == {weapon_id(one) for one in DOUBTED}
    assert len(read) == len(DOUBTED)


def test_of_a_history_too_long_for_a_list_the_table_says_that_it_was_not_looked_at(
    registry, nation, monkeypatch
):
    monkeypatch.setattr(last_counts, "MOST_AT_ONCE", 2)
    said = "not looked at: its history is too long for a list"
    told = table(registry)
    assert {one for one, words in told.items() if words == said} == {BACK, LATER, OTHERS}
    in_doubt = {one for one, words in told.items() if words == "clock in doubt"}
    assert in_doubt == DOUBTED - {BACK}


def test_of_each_of_several_nodes_the_newest_comparisons_are_read(registry, monkeypatch):
    made = nations.found(registry)
    for site, offsets in ((made.kampala, (1, 2, 3)), (made.gulu, (4,)), (made.arua, ())):
        for offset in offsets:
            site.write(Draft(site.node, ClockObserved(offset, "registry")))
    made.kampala.write(Draft(made.gulu.node, ClockObserved(9, "registry")))
    made.send()
    monkeypatch.setattr(nodes_heard, "_COMPARISONS", 2)
    with registry.database.reading() as connection:
        found = nodes_heard.comparisons_of(connection, [one.node for one in made.sites])
        alone = [nodes_heard.comparisons(connection, one.node) for one in made.sites]
    assert [[one.body.offset for one in facts] for facts in alone] == [[3, 2], [4], []]
    assert found == {one.node: facts for one, facts in zip(made.sites, alone, strict=True) if facts}
