"""What many weapons share in a desk's books: raised is what each held against each would say."""

from __future__ import annotations

import random

import pytest

from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    WeaponCorrected,
    WeaponMerged,
    WeaponsDistinct,
)
from stockpile.domain.values import WeaponId
from tests.helpers.nightly import examples
from tests.helpers.sharers import left_of, told
from tests.helpers.sites import a_weapon

WEAPONS = [WeaponId(f"w{one}") for one in range(7)]


def said(chance):
    one, other = chance.sample(WEAPONS, 2)
    return chance.choice([
        a_weapon(one, serial=chance.choice(["AB-1", "AB-2"])),
        Draft(one, WeaponMerged(other, "one crate")),
        Draft(one, WeaponsDistinct(other, "two crates")),
        Draft(one, WeaponCorrected('it says "same_as": itself', model=chance.choice("MN"))),
        Draft(one, MarkingBegun(f"job-{one}", "s", "UG 1", chance.randrange(2), "bench")),
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(examples(4)))
def test_every_contradiction_of_several_is_raised_and_no_other(depot, seed):
    chance = random.Random(seed)
    books = depot.books
    books.record([a_weapon(one, serial="AB-1") for one in WEAPONS], by=None)
    for _ in range(12):
        books.record([said(chance) for _ in range(3)], by=None)
        standing = [books.weapon(one) for one in WEAPONS]
        assert told(books.conflicts()) == left_of(standing)
    before = told(books.conflicts())
    books.check(deep=True)
    books.rebuild()
    assert told(books.conflicts()) == before
