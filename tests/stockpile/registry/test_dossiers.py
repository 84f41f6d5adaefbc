from __future__ import annotations

from stockpile.domain.facts import Draft, Fact, WeaponDispatched, WeaponRelocated
from stockpile.registry.dossiers import named_in
from tests.helpers.sites import Site, a_move


def fact_of(draft: Draft) -> Fact:
    site = Site()
    site.by_one(draft)
    return site.facts[-1]


def test_every_id_with_a_name_is_given():
    moved = fact_of(a_move("w1", "rack 2"))
    assert isinstance(moved.body, WeaponRelocated)
    assert set(named_in(moved)) == {moved.node, "o-first", "rack 2"}
    sent = fact_of(Draft("w1", WeaponDispatched("wb-1", "gulu")))
    assert set(named_in(sent)) == {sent.node, "o-first", "wb-1", "gulu"}
