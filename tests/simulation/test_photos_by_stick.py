"""Photos between two depots by sticks that are lost, cut, late, doubled or too small.

Whatever happened before: after a few sticks that arrive, both hold every photo that their records
show, and nothing goes along any more.
"""

from __future__ import annotations

import random

import pytest

from stockpile.domain.photo_courier import photos_file
from stockpile.services.courier_photos import read_manifest
from tests.helpers.neighbours import introduced, two_depots
from tests.helpers.nightly import examples

SMALL = {"width": 48, "height": 32}
MOST = 3_000
"""Bytes of photos on a stick that is too small."""


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    depots = two_depots(folder)
    introduced(*depots, folder)
    yield depots
    for one in depots:
        one.stockpile.close()


_seeds = iter(range(100_000))


class Road:
    """What lies on the sticks between them, and what may happen to it."""

    def __init__(self, pair, folder, chance):
        self.pair, self.folder, self.chance = pair, folder, chance
        self.sticks = []

    def photograph(self, here, _there):
        (weapon,) = here.stock(1, f"R{next(_seeds)}")
        for _at in range(self.chance.randint(1, 3)):
            here.photograph(weapon, next(_seeds), **SMALL)

    def take_off(self, here, _there):
        """Somebody takes a photo off a record that both may hold."""
        (weapon,) = here.stock(1, f"T{next(_seeds)}")
        gone = here.photograph(weapon, next(_seeds), **SMALL)
        if self.chance.random() < 0.5:
            self.pack(here, _there)
        here.stockpile.photographs.remove(weapon, gone, "a face", by=here.by)

    def pack(self, here, there):
        file = self.folder / f"{len(self.sticks)}.courier"
        small = self.chance.random() < 0.4
        here.pack_both(file, there.node, most=MOST if small else 1 << 30)
        self.sticks.append((file, there))

    def load(self, *_both):
        """A stick arrives, with its photos or without, whole or cut; perhaps once more."""
        if not self.sticks:
            return
        file, there = self.chance.choice(self.sticks)
        photos = photos_file(file)
        if self.chance.random() < 0.8:
            there.load(file)
        if photos.exists():
            if self.chance.random() < 0.2:
                photos.write_bytes(photos.read_bytes()[: self.chance.randint(0, 5_000)])
            errands = there.stockpile.photo_errands
            errands.carry(errands.of_file(file), by=there.by)

    def receipt(self, here, there):
        file = self.folder / f"{len(self.sticks)}.courier"
        here.stockpile.couriers.answer(file, there.node, by=here.by)
        self.sticks.append((file, there))

    def step(self):
        here, there = self.chance.sample(self.pair, 2)
        deeds = (self.photograph, self.take_off, self.pack, self.load, self.load, self.receipt)
        self.chance.choice(deeds)(here, there)


def shown(depot):
    """Return the photos that the records of a depot show."""
    named, books = depot.stockpile.photo_errands.packing.named, depot.stockpile.books
    nodes = [node for node, _tip in books.tips()]
    facts = (raw for node in nodes for one in books.entries(node, 0, 9_999) for raw in one.facts)
    return {photo.digest for _weapon, photo in named.named_in(facts)}


def test_after_some_sticks_that_arrive_both_hold_every_photo(pair, tmp_path_factory):
    for seed in range(examples(60)):
        on_the_road(pair, tmp_path_factory.mktemp("road"), seed)


def on_the_road(pair, folder, seed):
    """Let this and that happen, then let some sticks arrive."""
    road = Road(pair, folder, random.Random(seed))
    for _at in range(12):
        road.step()
    one, other = pair
    for at, (here, there) in enumerate([(one, other), (other, one)] * 3):
        file = folder / f"good {at}.courier"
        _packed, photos = here.pack_both(file, there.node)
        there.load(file)
        if photos.photos:
            there.load_photos(file)
    assert (photos.photos, photos_file(file).exists()) == (0, False)
    assert shown(one) == shown(other)
    for depot in pair:
        held = depot.stockpile.photographs.held(tuple(shown(depot)))
        assert held == shown(depot)
        files = depot.stockpile.couriers.files
        for far in pair:
            if far is not depot:
                assert files.correspondent(far.node).lacks == ()


def test_what_stays_behind_is_named_for_the_receiver(pair, tmp_path):
    one, other = pair
    (weapon,) = one.stock(1, f"N{next(_seeds)}")
    taken = {one.photograph(weapon, next(_seeds), **SMALL) for _at in range(4)}
    file = tmp_path / "a.courier"
    _packed, photos = one.pack_both(file, other.node, most=MOST)
    manifest = read_manifest(one.stockpile.couriers.files, photos_file(file))
    assert manifest.left == photos.left > 0
    other.load_both(file)
    awaits = other.stockpile.couriers.files.correspondent(one.node).awaits
    missed = other.stockpile.photo_errands.packing.named.lacking(awaits)
    assert {one.digest for one in missed} == {one for one in taken if not other.shows(one)} != set()
