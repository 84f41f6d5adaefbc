"""A small country made as the large one is that is measured by hand (``tests.bench.country``)."""

from __future__ import annotations

import random
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from stockpile.registry import finding, movements, settling, statistics
from stockpile.registry.filters import Filters
from tests.bench import country as measuring
from tests.helpers import countries
from tests.helpers.registries import open_registry

WEAPONS, DEPOTS = 30, 4


@pytest.fixture(scope="module")
def country(postgres):
    url = postgres.new_database()
    registry = open_registry(url)
    made = measuring.Country(registry, measuring.Meter(postgres.folder), WEAPONS, DEPOTS)
    for depot in range(DEPOTS):
        made.enrol(depot)
        made.take(countries.batches(depot, WEAPONS, DEPOTS))
    yield made
    registry.database.close()
    postgres.drop(url)


@contextmanager
def statements(country):
    """The questions that the database is asked meanwhile."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    engine = country.registry.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_what_was_made_is_on_record_and_found(country):
    with country.registry.database.reading() as connection:
        assert statistics.held(connection) == WEAPONS * DEPOTS
        for depot in range(DEPOTS):
            serial = countries.serial_of(depot, 5)
            found = finding.search(connection, serial, Filters()).hits
            assert countries.weapon_of(depot, 5) in [one.line.weapon.id for one in found]
        assert len(movements.hot(connection, "", 99)) == DEPOTS
        assert {one.conflict.kind for one in settling.room(connection).cards} == {
            "possible_duplicate"
        }


def test_every_question_is_answered_and_told(country, capsys):
    took = measuring.asked(country, seed=1, times=2)
    assert len(took) > 30
    assert all(one.most >= one.half > 0 for one in took.values())
    spent = country.meter.spent(lambda: None)
    measuring.told(country, WEAPONS * DEPOTS * countries.FACTS_A_WEAPON, [spent, spent], took)
    said = capsys.readouterr().out
    assert "120 weapons" in said
    assert all(name in said for name in took)


def test_a_list_asks_no_question_a_line(country):
    def asked(do):
        with country.registry.database.reading() as connection, statements(country) as told:
            do(connection)
        return len(told)

    one, all_ = (
        asked(lambda connection, n=n: movements.transfers(connection, "overdue", "2026-12-01",
                                                          None, n))
        for n in (1, DEPOTS)
    )  # fmt: skip
    assert one == all_
    nodes = len({countries.keys_of(depot).node for depot in range(DEPOTS)})
    assert asked(settling.room) <= 6 + nodes


def test_depots_of_one_seed_are_the_same_and_others_are_not():
    first, again = (countries.batches(1, 12, 2) for _ in range(2))
    assert [one.facts for one in first] == [one.facts for one in again]
    assert countries.weapon_of(1, 3) != countries.weapon_of(0, 3)
    assert countries.serial_of(0, 7) == countries.serial_of(1, 7)
    draw = random.Random(3)
    serials = {countries.serial_of(draw.randrange(99), number) for number in range(2_000)}
    assert len(serials) > 1_900
