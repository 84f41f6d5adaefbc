"""Weapons that share serials or marks, in any order of arrival, on either database."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from stockpile.domain import wire
from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    MarkVoided,
    WeaponCorrected,
    WeaponMerged,
    WeaponsDistinct,
    WeaponWithdrawn,
)
from stockpile.domain.values import WeaponId
from stockpile.registry import intake, register
from stockpile.registry.tables import CONFLICT, MARK, TIED
from tests.helpers.nightly import examples
from tests.helpers.sharers import left_of, told
from tests.helpers.sites import Site, a_weapon

WEAPONS = [f"w{one}" for one in range(9)]
SERIALS = ("AB-1", "AB-2")
TEXTS = ("UG 1", "UG 2")


def wrote(chance: random.Random, site: Site, record: list[str]) -> None:
    """Let one site say something about weapons, whether it knows them or not."""
    one, other = chance.sample(record, 2)
    job = f"job-{one}-{chance.randrange(3)}"
    said = chance.choice([
        a_weapon(one, serial=chance.choice(SERIALS)),
        Draft(one, WeaponMerged(other, "one crate")),
        Draft(one, WeaponsDistinct(other, "two crates")),
        Draft(one, WeaponsDistinct(other, "two crates")),
        Draft(one, WeaponCorrected("misread", model=chance.choice(["AKM", "PKM"]))),
        Draft(one, MarkingBegun(job, "s", chance.choice(TEXTS), chance.randrange(3), "bench")),
        Draft(one, MarkVoided(job, "struck out")),
        Draft(one, WeaponWithdrawn("no such weapon")),
    ])  # fmt: skip
    site.write(said)


def send(registry, site, most=10_000):
    held = registry.books.tip(site.node).number
    some = site.entries[held : held + most]
    if some:
        intake.take(registry.books, site.node, wire.squeeze(wire.pack(some)))


def standing(registry):
    with registry.database.reading() as connection:
        known = (register.weapon_of(connection, WeaponId(one)) for one in WEAPONS)
        return [one for one in known if one]


def rows(registry):
    with registry.database.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(select(table))))
            for table in (CONFLICT, MARK, TIED)
        ]


@pytest.mark.parametrize("seed", range(examples(4)))
def test_in_any_order_every_contradiction_is_raised_and_no_other(registry, seed):
    chance = random.Random(seed)
    sites = [Site() for _ in range(3)]
    for site in sites:
        registry.enrol(site)
        site.found_with_officers()
    few = WEAPONS[: chance.randrange(3, len(WEAPONS) + 1)]
    sites[0].write(*(a_weapon(one, serial=chance.choice(SERIALS)) for one in few))
    for _ in range(40):
        wrote(chance, chance.choice(sites), few)
    seen = set()
    while any(registry.books.tip(one.node).number < one.tip.number for one in sites):
        send(registry, chance.choice(sites), chance.randrange(1, 9))
        raised = told(registry.books.conflicts())
        assert raised == left_of(standing(registry))
        seen |= raised
    assert seen
    before = registry.books.conflicts(), rows(registry)
    registry.books.rebuild()
    assert (registry.books.conflicts(), rows(registry)) == before


def test_what_was_kept_before_crowds_were_is_derived_anew(registry):
    """An upgrade empties the list of what is followed: see the migration."""
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    site.write(*(a_weapon(one, serial="AB-1") for one in WEAPONS[:3]))
    site.write(Draft(WEAPONS[0], WeaponsDistinct(WEAPONS[1], "two crates")))
    send(registry, site)
    before = rows(registry)
    assert all(before[::2])
    with registry.database.writing() as connection:
        register.forget(connection)
    assert rows(registry) == [[], [], []]
    registry.books.rebuild()
    assert rows(registry) == before
