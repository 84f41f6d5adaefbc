from __future__ import annotations

import pytest

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.grid import EMPTY, STEP, bounded, trimmed
from stockpile.domain.errors import FileHostile
from stockpile.services.ports import Cell

A = Cell("a", "a")


def ignore(_done):
    return None


def test_empty_cells_and_rows_at_the_end_are_cut():
    assert trimmed((A, EMPTY, A, EMPTY, EMPTY)) == (A, EMPTY, A)
    assert bounded([(), (A,), (EMPTY,), ()], "f", ignore) == ((), (A,))


def test_too_many_columns_rows_or_cells():
    wide = [(A,) * (limits.MOST_COLUMNS + 1)]
    with pytest.raises(FileHostile, match="columns"):
        bounded(wide, "f", ignore)
    with pytest.raises(FileHostile, match="rows"):
        bounded(((),) * (limits.MOST_ROWS + 1), "f", ignore)
    full = (A,) * limits.MOST_COLUMNS
    endless = (full for _ in range(limits.MOST_CELLS // limits.MOST_COLUMNS + 1))
    with pytest.raises(FileHostile, match="cells"):
        bounded(endless, "f", ignore)


def test_an_empty_million_of_columns_is_no_harm():
    assert bounded([(A,) + (EMPTY,) * 20_000], "f", ignore) == ((A,),)


def test_progress_is_told_now_and_then():
    told = []
    bounded([(A,)] * (STEP * 2 + 1), "f", told.append)
    assert told == [STEP, 2 * STEP, 2 * STEP + 1]
