"""The registry's list follows its register; the slow part is done once a weapon."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from stockpile.domain import hot_list as lists
from stockpile.domain.facts import Draft, Mark, WeaponCorrected, WeaponLost
from stockpile.registry import hot_list
from stockpile.registry.intake import checked
from stockpile.registry.tables import HOT, HOT_LIST
from tests.helpers.sites import a_weapon


@pytest.fixture
def take(registry, site):
    def take():
        batch = tuple(checked(site.entries, site.node, site.keys.public_key))
        registry.books.take(site.node, batch)

    return take


def lose(site, name, serial="KB 1"):
    site.write(a_weapon(name, serial))
    site.by_two(Draft(name, WeaponLost("lost"), (site.facts[-1].hash,)))


def opened(registry, have=0):
    return lists.opened(registry.books.hot_list(have), registry.books.key.public_key)


def test_a_list_is_made_anew_only_after_a_change(registry, site, take):
    lose(site, "w1")
    take()
    first = registry.books.hot_list(0)
    assert registry.books.hot_list(0) == first
    site.write(a_weapon("w2", "KB 2"))
    take()  # a weapon that is not lost changes nothing
    assert registry.books.hot_list(0) == first
    lose(site, "w3", "KB 3")
    take()
    newer = opened(registry)
    assert newer.head.number > lists.read_head(first).number
    assert newer.head.weapons == 2


def test_a_corrected_serial_of_a_lost_weapon_is_listed_anew(registry, site, take):
    lose(site, "w1")
    take()
    assert opened(registry).names("s:KB1")
    marks = (Mark("serial", "KB 9", is_identity=True),)
    site.write(Draft("w1", WeaponCorrected("misread", marks=marks), (site.facts[-2].hash,)))
    take()
    now = opened(registry)
    assert now.names("s:KB9")
    assert not now.names("s:KB1")


def test_what_was_stretched_is_kept(registry, site, take, monkeypatch):
    lose(site, "w1")
    take()
    registry.books.hot_list(0)
    lose(site, "w2", "KB 2")
    take()
    asked = []
    real = lists.key_of
    monkeypatch.setattr(
        lists, "key_of", lambda text, *rest: asked.append(text) or real(text, *rest)
    )
    registry.books.hot_list(0)
    assert any("KB2" in text for text in asked)
    assert not any("KB1" in text for text in asked)


def test_a_registry_of_before_the_list_begins_it_with_what_is_lost(registry, site, take):
    lose(site, "w1")
    take()
    with registry.database.writing() as connection:
        connection.execute(delete(HOT))
        connection.execute(delete(HOT_LIST))
        hot_list.begin(connection)
        (row,) = connection.execute(select(HOT)).all()
    assert row.weapon == "w1"
    assert opened(registry).names("s:KB1")


def test_a_weapon_that_one_of_two_accounts_calls_lost_is_listed(registry, site, take):
    site.write(a_weapon("w1", "KB 1"))
    site.by_two(Draft("w1", WeaponLost("lost")))
    take()
    assert registry.books.weapon("w1").status == "disputed"
    assert opened(registry).names("s:KB1")
