"""What all books must do, whoever keeps them: they prove themselves and are rebuilt."""

from __future__ import annotations

import pytest

from stockpile.services.ports import RegisterFilter
from tests.helpers.keepers import depot, filled, nodes

__all__ = ["depot", "nodes"]
_ALL = RegisterFilter()


def test_a_check_counts_what_it_proved(depot):
    filled(depot)
    checked = depot.books.check(deep=False)
    assert (checked.entries, checked.facts, checked.weapons) == (13, 14, 6)
    assert checked.tips == ((depot.node, depot.books.tip()),)
    assert depot.books.check(deep=True) == checked
    assert depot.books.rebuild() == checked


def test_a_check_can_be_cancelled(depot):
    filled(depot)

    def enough(_done, _total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        depot.books.check(deep=True, progress=enough)
    assert depot.register_weapon("after").registered


def test_a_rebuilt_register_is_the_same(depot):
    filled(depot)
    twin = depot.register_weapon("W1")
    before = depot.books.conflicts()
    rows = depot.register.page("recorded", 0, 99, _ALL)
    depot.books.rebuild()
    assert depot.books.conflicts() == before
    assert set(depot.register.page("recorded", 0, 99, _ALL)) == set(rows)
    assert depot.books.weapon(twin.id) == twin
    depot.books.check(deep=True)
