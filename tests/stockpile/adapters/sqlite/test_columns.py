"""The columns in memory say what the table says, whenever they are brought up to it."""

from __future__ import annotations

from stockpile.adapters.sqlite.columns import Columns
from stockpile.adapters.sqlite.facets import MARKED, NAMES, SERIAL
from stockpile.domain.facts import Draft, WeaponLost
from tests.helpers import officers
from tests.helpers.books import registration


def said(columns, name):
    values = columns.values(name)
    return [values[code] for code in columns.codes(name).tolist()]


def test_they_follow_what_is_written(depot):
    connection = depot.open().store.connection
    columns = Columns()
    columns.catch_up(connection)
    assert (columns.size, said(columns, "make")) == (0, [])
    depot.books.record(officers.in_office(), by=None)
    first = depot.register_weapon("A1", make="FN")
    depot.register_weapon("", make="Colt")
    columns.catch_up(connection)
    assert said(columns, "make") == ["FN", "Colt"]
    assert [bool(bits & SERIAL) for bits in columns.bits] == [True, False]
    assert not (columns.bits & MARKED).any()
    assert columns.times.tolist()[0] == first.recorded_at
    officers.by_two(depot.books, [Draft(first.id, WeaponLost("lost"), first.heads.custody)])
    depot.register_weapon("A3", make="FN")
    columns.catch_up(connection, [1])
    assert said(columns, "status") == ["lost", "in_store", "in_store"]
    assert said(columns, "make") == ["FN", "Colt", "FN"]


def test_thousands_are_read_in_portions(depot):
    drafts = [registration(depot.id(), f"S{n}", make=f"M{n % 7}") for n in range(3000)]
    depot.books.record(drafts, by=None)
    connection, whole, parts = depot.open().store.connection, Columns(), Columns()
    whole.catch_up(connection)
    parts.catch_up(connection)
    depot.register_weapon("A1")
    parts.catch_up(connection)
    whole = Columns()
    whole.catch_up(connection)
    assert whole.size == parts.size == 3001
    for name in NAMES:
        assert whole.codes(name).tolist() == parts.codes(name).tolist()
        assert len(set(said(whole, name))) <= whole.code_count
