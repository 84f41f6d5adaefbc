"""Scopes as words and rows; who is told what stands in the contract of scopes."""

from __future__ import annotations

from stockpile.registry import scopes
from stockpile.registry.scopes import EVERYBODY, Map


def test_a_scope_is_what_was_named_else_the_own_site_else_the_country():
    assert scopes.default_scope("Gulu", None) == ("Gulu",)
    assert scopes.default_scope("", None) == ()
    assert scopes.default_scope("Gulu", ("*",)) == ()
    assert scopes.default_scope("Gulu", ("Lira", "Gulu", "Lira")) == ("Gulu", "Lira")


def test_a_scope_is_written_in_one_way_only():
    assert scopes.as_text(("b", "a", "b", "")) == scopes.as_text(("a", "b")) == '["a","b"]'
    assert scopes.read(scopes.as_text(("b", "a"))) == ("a", "b")
    assert scopes.read("[]") == ()
    assert scopes.read(scopes.as_text(('Gulu, "North"', "北"))) == ('Gulu, "North"', "北")


def test_what_matters_to_everybody_matters_to_every_scope():
    where = Map({"a": 1, "b": 2}, {7: frozenset({1}), 8: frozenset({1, 2})})
    assert where.scopes_of([1]) == {7, 8}
    assert where.scopes_of([2]) == {8}
    assert where.scopes_of([3]) == set()
    assert where.scopes_of([EVERYBODY]) == {7, 8}


def test_a_site_has_one_row(registry):
    with registry.books.writing() as connection:
        scopes.add_sites(connection, ("Gulu", "", "Lira"))
        scopes.add_sites(connection, ("Lira", "Gulu"))
        assert set(scopes.map_of(connection).sites) == {"Gulu", "Lira"}
