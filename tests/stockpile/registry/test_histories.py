from __future__ import annotations

import pytest

from stockpile.domain.facts import Unheeded
from stockpile.registry import histories, naming, register
from tests.helpers import nations
from tests.helpers.nations import weapon_id
from tests.helpers.registries import open_registry

WEAPONS = [weapon_id(number) for number in range(1, 9)]


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    registry = open_registry(str(tmp_path_factory.mktemp("histories") / "registry.db"))
    nations.fill(nations.found(registry))
    with registry.database.reading() as found:
        yield found
    registry.database.close()


def test_what_is_told_of_many_is_what_is_told_of_each(connection):
    subjects = [*WEAPONS, "wb-1", "KLA-store", "nobody"]
    about = register.facts_about(connection, subjects)
    assert list(about) == subjects
    for subject, known in about.items():
        single = register.facts_of(connection, subject)
        assert sorted(known, key=repr) == sorted(single, key=repr)
    assert any(isinstance(one.body, Unheeded) for one in about[weapon_id(5)])
    assert about["nobody"] == []


def test_weapons_and_papers_stand_as_one_by_one(connection):
    weapons = histories.weapons_of(connection, WEAPONS)
    assert weapons == {
        one: register.weapon_of(connection, one) for one in WEAPONS if one != weapon_id(8)
    }
    papers = histories.references_of(connection, ["wb-1", "GUL-store"])
    assert papers == {one: naming.reference_of(connection, one) for one in papers}
    assert papers["wb-1"].opened.number == "WB-KLA-26-0001"


def test_nobody_is_asked_about_without_a_question(connection):
    assert register.facts_about(connection, ()) == {}
    assert histories.weapons_of(connection, ()) == {}
