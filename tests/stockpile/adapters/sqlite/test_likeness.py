"""The index: what is near is among the candidates, whatever the error."""

from __future__ import annotations

import random

import numpy as np
import pytest

from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_codes import WIDTH, texts_of


def nothing(places):
    return np.zeros(len(places), np.float32)


def learnt(*keys):
    index = Likeness()
    index.learn([(row, key, "Taurus", ".38", "") for row, key in enumerate(keys, 1)])
    return index


@pytest.fixture(scope="module")
def crowd():
    chance = random.Random(3)
    return learnt(
        "RA44512", "ABC12345", "00000778123",
        *(f"{chance.choice('KLMN')}{chance.randrange(10**6):06}" for _ in range(5000)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("read", "row"),
    [
        ("RA44512", 1), ("RA445I2", 1), ("RA44521", 1), ("RA4451", 1), ("RRA44512", 1),
        ("RA4A512", 1), ("12345", 2), ("XYZ12345", 2), ("778123", 3), ("АВС12345", 2),
    ],
)  # fmt: skip
def test_the_one_read_badly_is_among_the_candidates(crowd, read, row):
    found = crowd.like(read, nothing)
    assert row in found.weapons.tolist()
    assert len(found.weapons) == len(found.costs) == len(found.places)


def test_the_nearest_costs_least(crowd):
    found = crowd.like("RA445I2", nothing)
    assert found.weapons[np.argmin(found.costs)] == 1


def test_what_was_forgotten_is_not_found_until_learnt_anew():
    index = learnt("RA44512", "RA44513")
    index.forget([1])
    assert index.like("RA44512", nothing).weapons.tolist() == [2]
    index.learn([(1, "RA99", "", "", "")])
    assert index.like("RA99", nothing).weapons.tolist() == [1]


def test_parts_are_found_by_their_end_and_symbols():
    index = learnt("ABC99659", "ABC99658", "659ABC")
    assert index.holding("659", "659", 9).tolist() == [0]
    assert index.holding("CC659", "", 9).tolist() == []
    assert index.holding("659", "", 9).tolist() == [0, 1, 2]
    assert index.holding("659", "", 1).tolist() == [0]


def test_marks_padded_with_zeros_are_learnt_without_them_too():
    index = learnt("0000123", "00", "0123", "1" * 20)
    assert texts_of(index.columns.codes[: index.count]) == [
        "0000123", "00", "0123", "1" * WIDTH, "123",
    ]  # fmt: skip
    assert index.columns.weapons[: index.count].tolist() == [1, 2, 3, 4, 1]


def test_a_mark_takes_less_than_sixty_bytes(crowd):
    assert crowd.size / crowd.count < 60
