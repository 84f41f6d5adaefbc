"""The columns of the index, and the numbers of writings."""

from __future__ import annotations

from stockpile.adapters.sqlite.likeness_codes import WIDTH
from stockpile.adapters.sqlite.likeness_columns import Columns, Writings


def test_writings_are_numbered_once():
    writings = Writings()
    assert writings.numbers(["Taurus", "", "Rossi", "Taurus"]) == [1, 0, 2, 1]
    assert (writings.number("Rossi"), writings.number("new")) == (2, 0)
    assert Writings(writings.texts[1:]).texts == ["", "Taurus", "Rossi"]


def test_there_is_room_for_as_many_marks_as_asked():
    columns = Columns.empty(3)
    assert columns.codes.shape == (3, WIDTH)
    assert [len(column) for column in columns.all()] == [3] * 7
