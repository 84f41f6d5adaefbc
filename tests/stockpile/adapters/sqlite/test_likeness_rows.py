"""Marks read by portions are those of the weapons that stand."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_rows import MarksOnRecord
from stockpile.domain.facts import Draft, WeaponWithdrawn


@pytest.fixture
def connection(depot):
    depot.found()
    for number in range(1, 71):
        depot.register_weapon(f"RA{number:05}", make=f"Maker {number % 3}", model="")
    gone = depot.register_weapon("RA99999")
    depot.books.record([Draft(gone.id, WeaponWithdrawn("twice"), gone.heads.identity)], by=None)
    depot.register_weapon("")
    depot.register_weapon("РА00001")
    return depot.open().store.connection


def test_marks_come_with_the_numbers_of_their_writings(connection):
    index = Likeness()
    marks = MarksOnRecord(index)
    found = marks.between(connection, 0, 10**6)
    assert found.weapons.tolist() == [*range(1, 71), 73]
    assert found.keys.split("\n")[::70] == ["RA00001", "РА00001"]
    assert [index.makes.texts[number] for number in found.makes[:3]] == [
        "Maker 1", "Maker 2", "Maker 0",
    ]  # fmt: skip
    assert set(found.models[:70].tolist()) == {0}


def test_a_portion_is_what_lies_between(connection):
    marks = MarksOnRecord(Likeness())
    assert marks.between(connection, 60, 66).weapons.tolist() == [61, 62, 63, 64, 65, 66]
    assert marks.of(connection, [71, 72, 70, 2, 900]).weapons.tolist() == [2, 70]
    assert marks.between(connection, 70, 72).keys == ""


def test_new_writings_get_numbers_too(connection, depot):
    index = Likeness()
    marks = MarksOnRecord(index)
    marks.between(connection, 0, 10)
    depot.register_weapon("RB1", make="Somebody new")
    (number,) = marks.between(connection, 73, 74).makes.tolist()
    assert index.makes.texts[number] == "Somebody new"
