"""Dropping the register and deriving it anew."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.rebuilding import is_due
from stockpile.domain.facts import Draft, PlaceOpened
from stockpile.services.ports import RegisterFilter

ALL = RegisterFilter()


@pytest.fixture
def full(depot):
    rack = depot.found()
    for n in range(20):
        depot.register_weapon(f"A{n % 15}", place=rack)
    return depot


def state(depot):
    rows = depot.register.page("serial", 0, 99, ALL)
    return set(rows), depot.books.conflicts(), depot.books.references(PlaceOpened)


def test_a_rebuilt_register_is_the_same_down_to_since_when_conflicts_stand(full):
    before = state(full)
    connection = full.open().store.connection
    since = connection.execute("SELECT id, opened_at FROM conflict ORDER BY id").fetchall()
    full.books.rebuild()
    assert state(full) == before
    assert connection.execute("SELECT id, opened_at FROM conflict ORDER BY id").fetchall() == since
    full.books.check(deep=True)


def test_a_rebuild_that_was_cut_short_is_done_again_at_the_next_opening(full):
    before = state(full)

    def cut(_done, _total):
        raise InterruptedError

    full.books.record([Draft(full.id(), PlaceOpened(f"P{n}")) for n in range(1_000)], by=None)
    with pytest.raises(InterruptedError):
        full.books.rebuild(cut)
    assert is_due(full.open().store)
    full.close()
    assert not is_due(full.open().store)
    assert state(full)[:2] == before[:2]
    full.books.check(deep=True)


def test_a_register_of_another_shape_is_derived_anew_at_the_next_opening(full):
    before = state(full)
    full.open().store.connection.execute("UPDATE register SET shape = 0")
    full.open().store.connection.execute("DROP TABLE number")
    full.close()
    assert state(full) == before
    full.books.check(deep=True)


def test_places_that_come_after_their_weapons_are_named_all_the_same(depot):
    """Ids of places may sort after those of the weapons in them."""
    place = "ffffffff-ffff-7fff-bfff-ffffffffffff"
    weapon = depot.register_weapon(place=place)
    depot.books.record([Draft(place, PlaceOpened("Late"))], by=None)
    depot.books.rebuild()
    assert depot.register.rows([weapon.id])[0].place == "Late"
    assert [row.id for row in depot.register.page("place", 0, 9, RegisterFilter(place=place))] == [
        weapon.id
    ]
    depot.books.check(deep=True)
