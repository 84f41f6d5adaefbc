"""Worse readings among the few weapons that the words name."""

from __future__ import annotations

import random

import pytest

from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_narrow import among_named
from stockpile.adapters.sqlite.likeness_words import Advantages
from stockpile.domain.matching.asking import AsWritten, Question
from stockpile.domain.matching.channel import distance

MAKES = frozenset({("make", "TAURUS"), ("make", "ROSSI"), ("make", "GLOCK")})


def crowded() -> Likeness:
    chance = random.Random(3)
    index = Likeness()
    index.learn([
        (row, f"ABC{chance.randrange(10**5):05}", chance.choice(("Taurus", "Rossi")), ".38", "")
        for row in range(1, 3000)
    ])  # fmt: skip
    index.learn([(5000, "JFA14161", "Taurus", "9 MM", ""), (5001, "JFA14161", "Rossi", "9 MM", "")])
    return index


@pytest.mark.parametrize(
    "read", ["14161", "l4161", "1461", "BRA14161", "0014161", "41161", "XFA14I61", "A1416"]
)
def test_a_mark_without_its_head_and_wrong_besides_is_among_those_of_its_make(read: str):
    index = crowded()
    found = among_named(index, Advantages(index, AsWritten(MAKES)), Question(read, "TAURUS"), read)
    assert found is not None
    assert 5000 in found.weapons.tolist()
    assert 5001 not in found.weapons.tolist()
    at = found.weapons.tolist().index(5000)
    assert float(found.costs[at]) == pytest.approx(distance(read, "JFA14161"), abs=1e-4)


def test_make_and_calibre_both_have_to_fit():
    index = crowded()
    question = Question("14161", "TAURUS", "9 MM")
    found = among_named(index, Advantages(index, AsWritten(MAKES)), question, "14161")
    assert found is not None
    assert found.weapons.tolist() == [5000]


def test_without_words_or_with_words_that_nobody_wrote_there_is_nobody_to_look_among():
    index = crowded()
    advantages = Advantages(index, AsWritten(MAKES))
    assert among_named(index, advantages, Question("14161"), "14161") is None
    assert among_named(index, advantages, Question("14161", "GLOCK"), "14161") is None


def test_an_index_without_marks_answers():
    index = Likeness()
    advantages = Advantages(index, AsWritten(MAKES))
    assert among_named(index, advantages, Question("14161", "TAURUS"), "14161") is None
