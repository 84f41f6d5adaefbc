from __future__ import annotations

import pickle

import pytest

from stockpile.domain.errors import BooksTooNew, families
from stockpile.domain.errors.families import Damaged, StockpileError
from tests.helpers.rooms import classes_of


def test_there_are_four_families_and_what_they_are_of():
    named = {one.__name__ for one in classes_of(families)}
    assert named == {"StockpileError", "Refused", "Unavailable", "Damaged", "Cancelled"}


def test_what_is_raised_carries_its_values_across_a_pickle():
    with pytest.raises(Damaged) as caught:
        raise BooksTooNew("books.db", 9, 8)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert isinstance(again, StockpileError)
    assert again.details() == {"path": "books.db", "theirs": 9, "ours": 8}
    assert str(again) == "BooksTooNew(path='books.db', theirs=9, ours=8)"
