from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.row_keys import tidy
from stockpile.domain.values import tidied
from tests.helpers.rows import judge

COLUMNS = ("Serial", "Type", "Case", "Date")
ONE = ("K1", "pistol", "77/2021", "20/05/2021 12:21:06")
TWO = ("K2", "rifle", "77/2021", "2021-05-21")


def keys(columns, *rows, **more):
    return [verdict.key for verdict in judge(columns, *rows, **more)]


def test_the_same_rows_have_the_same_keys_in_whatever_file():
    assert keys(COLUMNS, ONE, TWO) == keys(COLUMNS, ONE, TWO, document="e" * 64)
    assert keys(COLUMNS, TWO, ONE) == keys(COLUMNS, ONE, TWO)[::-1]
    assert set(keys(COLUMNS, ONE, TWO)) < set(keys(COLUMNS, ONE, TWO, ("K3", "rifle", "", "")))


def test_another_program_may_have_saved_it():
    again = (" K1", "pistol ", "77/2021", "2021-05-20 12:21:06")
    assert keys(COLUMNS, again) == keys(COLUMNS, ONE)
    moved = [COLUMNS[one] for one in (3, 0, 2, 1)]
    assert keys(moved, [ONE[one] for one in (3, 0, 2, 1)]) == keys(COLUMNS, ONE)
    formula = (('=CONCATENATE("K1")', "K1"), *ONE[1:])
    assert keys(COLUMNS, formula) == keys(COLUMNS, ONE)


def test_any_difference_that_counts_makes_another_key():
    others = [("K10", *ONE[1:]), ("k1", *ONE[1:]), ("", "K1", *ONE[2:]), (*ONE[:3], "")]
    assert len({*keys(COLUMNS, ONE), *(keys(COLUMNS, one)[0] for one in others)}) == 5


def test_equal_rows_of_one_list_are_counted():
    thrice = keys(COLUMNS, ONE, ONE, ONE)
    assert len(set(thrice)) == 3
    assert keys(COLUMNS, ONE, ONE) == thrice[:2]


def test_two_poor_lists_do_not_swallow_each_other():
    columns, row = ("Type", "Make"), ("pistol", "taurus")
    here, there = keys(columns, row, ("rifle", "fal")), keys(columns, row, ("rifle", "imbel"))
    assert here[0] != there[0]
    assert keys(columns, ("rifle", "fal"), row) == here[::-1]
    removed = ("Serial", "Type")
    assert keys(removed, ("eliminado", "rifle"))[0] != keys(removed, ("eliminado", "rifle"), row)[0]
    rich = ("Serial", "Type")
    assert keys(rich, ("K1", "rifle"))[0] == keys(rich, ("K1", "rifle"), row)[0]


@given(st.text(max_size=20))
def test_tidying_quickly_is_tidying(text):
    assert tidy(text) == tidied(text)
