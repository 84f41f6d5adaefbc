"""A long file is proved in its first part and in what cannot wait; the rest as it is taken in."""

from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain.errors import ChainBroken, CourierBrokenOff, CourierForged
from stockpile.domain.facts import Draft, WeaponLost
from stockpile.registry import courier_reading, courier_taking, couriers
from tests.helpers.sites import a_weapon
from tests.helpers.sticks import a_file


def looked(registry, whole):
    return couriers.look(registry.books, whole, "long.courier")


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(courier_reading, "MOST_PROVED", 8)
    monkeypatch.setattr(courier_reading, "MOST_TOLD", 2)


def test_losses_are_told_however_late_they_stand(registry, site, short):
    site.fill(6, weapons=2)
    site.write(a_weapon("w1"))
    site.by_two(Draft("w1", WeaponLost("stolen", "", "2026-09-20"), (site.facts[-1].hash,)))
    site.fill(6, weapons=2)
    preview = looked(registry, a_file(registry, site)).preview
    assert [one.subject for one in preview.losses] == ["w1"]
    assert preview.told[0].number == site.tip.number
    assert 0 < preview.unproved < preview.facts


def test_a_short_file_is_proved_whole(registry, site):
    site.fill(3)
    assert looked(registry, a_file(registry, site)).preview.unproved == 0


def forged(site, at):
    entries = list(site.entries)
    entries[at] = dataclasses.replace(entries[at], signature=bytes(64))
    return entries


def test_a_forged_entry_is_found_at_once_in_the_first_part_and_among_the_newest(
    registry, site, short
):
    site.fill(20, weapons=2)
    for at in (1, len(site.entries) - 1):
        with pytest.raises(CourierForged):
            looked(registry, a_file(registry, site, forged(site, at)))


def test_in_the_middle_it_is_found_before_it_counts_and_what_came_before_stays(
    registry, site, short, monkeypatch
):
    monkeypatch.setattr(courier_taking, "BATCH", 1)
    site.fill(20, weapons=2)
    found = looked(registry, a_file(registry, site, forged(site, 9)))
    with pytest.raises(CourierBrokenOff), courier_taking.unbroken("long.courier"):
        courier_taking.take(registry.books, found)
    with pytest.raises(ChainBroken):
        courier_taking.take(registry.books, found)
    assert registry.books.tip(site.node).number == 9
