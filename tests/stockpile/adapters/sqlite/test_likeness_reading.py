"""The index keeps up with the books."""

from __future__ import annotations

import numpy as np
import pytest

from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord, WordsOnRecord
from stockpile.domain.matching.asking import AsWritten
from tests.helpers.books import desk


@pytest.fixture
def depot(tmp_path):
    with desk(tmp_path / "home") as one:
        one.found()
        yield one


def rows_like(depot, index, read):
    with depot.open().store.reading() as connection:
        index.catch_up(connection)
    found = index.likeness.like(read, lambda places: np.zeros(len(places), np.float32))
    return sorted(found.weapons.tolist())


def test_what_comes_later_is_learnt_at_the_next_question(depot):
    index = LikenessOnRecord()
    depot.register_weapon("RA44512")
    assert rows_like(depot, index, "RA44512") == [1]
    depot.register_weapon("RA44521")
    assert rows_like(depot, index, "RA44512") == [1, 2]
    index.forget([1])
    assert rows_like(depot, index, "RA44512") == [1, 2]
    index.forget(None)
    assert rows_like(depot, index, "RA44512") == [1, 2]


def test_makes_on_record_are_understood(depot):
    index = LikenessOnRecord()
    depot.register_weapon("RA44512", make="Somebody Ltd")
    rows_like(depot, index, "RA44512")
    assert index.words.of("make", "somebody ltd").confidence == 1
    assert WordsOnRecord(AsWritten()).of("make", "somebody ltd").confidence < 1
