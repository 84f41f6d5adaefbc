"""How a weapon is found: the forms of a condition; the rest is in the tests of queries."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.searching import containing, find, look_alikes


@pytest.fixture
def connection(depot):
    rack = depot.found("Rack 4")
    depot.register_weapon("KB4471902", place=rack)
    return depot.open().store.connection


def test_each_word_is_a_condition_of_its_own(connection):
    condition = containing(connection, "akm  4471-902 -")
    assert condition.sql.count("weapon_fts MATCH") == 2
    assert containing(connection, " - ").sql == "TRUE"


def test_what_is_found_in_several_ways_is_found_once_by_the_best(connection):
    (found,) = find(connection, LikenessOnRecord(), "KB4471902", 9, fuzzy=True)
    assert (found.why, found.score) == ("serial", 0.9)


@pytest.mark.parametrize(
    ("better", "worse"),
    [("KB447190", "KB447"), ("KB4471902", "KB447190"), ("4471902", "AKM RACK")],
)
def test_more_of_a_mark_is_worth_more(connection, better, worse):
    (first,), (second,) = (
        find(connection, LikenessOnRecord(), text, 9, fuzzy=False) for text in (better, worse)
    )
    assert first.score > second.score


def test_scores_lie_between_nothing_and_one(connection):
    for text in ("K", "KB", "kb4", "akm", "rack", "KB4471903", "zzz"):
        assert all(
            0 < one.score <= 1 for one in find(connection, LikenessOnRecord(), text, 9, fuzzy=True)
        )


def test_a_text_without_a_number_looks_like_nothing(connection):
    assert look_alikes(connection, LikenessOnRecord(), "", 9) == []


def test_a_long_mark_read_whole_waits_for_no_index(connection, depot):
    index = LikenessOnRecord()
    (found,) = find(connection, index, "KB 4471902", 9, fuzzy=False)
    assert (found.why, found.mark, index.unkept) == ("serial", "KB4471902", 0)
    assert found == find(connection, LikenessOnRecord(), "kb-4471902", 9, fuzzy=True)[0]
    depot.register_weapon("KB44719O2")
    both = find(connection, index, "kb-4471902", 9, fuzzy=False)
    assert [one.mark for one in both] == ["KB4471902", "KB44719O2"]
    assert index.unkept > 0


def test_what_is_similar_is_sought_by_the_serial_not_by_the_words_beside_it(depot):
    depot.found()
    depot.register_weapon("KSH549REVELADANOFERROLHO", make="GLOCK")
    for number in range(200):
        depot.register_weapon(f"{number:05}", make="GLOCK")
    connection = depot.open().store.connection
    for text in ("KSH549REVELAANOFERROLH0", "glock; ksh549reveladanoferrolh0"):
        found = find(connection, LikenessOnRecord(), text, 9, fuzzy=True)
        assert [one.row for one in found] == [1]
    depot.books.rebuild()
    (found,) = find(depot.open().store.connection, LikenessOnRecord(), text, 9, fuzzy=True)
    assert found.why == "similar"
