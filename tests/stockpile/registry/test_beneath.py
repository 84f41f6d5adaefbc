"""Records beneath others, by rows; who is told of them stands in the contract of mergers."""

from __future__ import annotations

from stockpile.domain.facts import Draft, WeaponAbsorbed, WeaponMerged
from stockpile.registry import beneath
from tests.helpers.sites import Site, a_weapon


def test_either_fact_of_a_merger_says_the_same_and_none_lies_beneath_itself():
    site = Site()
    site.write(
        a_weapon("w1"),
        Draft("w1", WeaponMerged("w2", "one")),
        Draft("w2", WeaponAbsorbed("w1", "one")),
        Draft("w3", WeaponAbsorbed("w1", "one")),
        Draft("w4", WeaponMerged("w4", "one")),
    )
    assert beneath.pairs_in(site.facts) == {("w1", "w2"), ("w1", "w3")}


def test_what_lies_beneath_is_found_to_the_bottom_also_where_it_goes_round(registry):
    chain = {("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("x", "y")}
    with registry.books.writing() as connection:
        beneath.keep(connection, chain)
        assert beneath.below(connection, {"b"}) == chain - {("x", "y")}
        assert beneath.below(connection, {"d"}) == beneath.below(connection, ()) == set()
        beneath.forget(connection)
        assert beneath.below(connection, {"b"}) == set()


def test_sites_go_down_and_never_up():
    pairs = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "c")]
    assert beneath.spread(pairs, {"a": {1}, "c": {2}}) == {"a": {1}, "b": {1, 2}, "c": {1, 2}}
    assert beneath.spread(pairs, {}) == {}
