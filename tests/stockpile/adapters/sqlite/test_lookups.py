"""What the books answer beyond the contract of all books: what is not on record, and copies."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Horizon


def test_what_is_not_on_record_is_unknown_or_nothing(depot):
    depot.found()
    with pytest.raises(WeaponUnknown):
        depot.books.weapon("w")
    assert depot.books.history("w") == ()
    assert depot.books.reference("w") is None
    assert depot.books.excerpts(["w"]) == ()
    assert depot.books.excerpts([]) == ()


def test_what_stands_in_great_numbers_is_asked_for_at_once(depot):
    weapons = [depot.register_weapon(f"A{n}") for n in range(3)]
    cut = depot.books.excerpts([one.id for one in weapons[:2]])
    assert [len(one.parts) for one in cut] == [1, 1]
    assert depot.books.horizons() == (Horizon(depot.node, 3),)


def test_a_chain_that_is_trusted_and_not_heard_of_is_known_up_to_nothing(depot, other):
    depot.books.trust(other.node, other.keys.public_key)
    assert Horizon(other.node, 0) in depot.books.horizons()
