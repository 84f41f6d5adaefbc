"""Photos to a registry by sticks that are lost, cut, late, doubled or too small, or come first.

Whatever happened before: after a few sticks that arrive the registry holds every photo that its
records show, the depot knows so, and nothing goes along any more.
"""

from __future__ import annotations

import random

from sqlalchemy import select

from stockpile.domain.errors import CourierForged
from stockpile.domain.photo_courier import photos_file
from stockpile.registry import courier_photos
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photo_tables import PHOTO_SHOWN
from stockpile.registry.photos import Photos
from tests.helpers.neighbours import two_depots
from tests.helpers.nightly import examples
from tests.helpers.registries import open_registry
from tests.helpers.sticks import answer, enrolled, standing, take

SMALL = {"width": 48, "height": 32}
MOST = 3_000
"""Bytes of photos on a stick that is too small."""
STEPS = 20


class Road:
    """A depot, its registry, and every stick that was written between them."""

    def __init__(self, folder):
        self.folder = folder
        self.registry = open_registry(str(folder / "registry.db"))
        self.shelf = Photos(self.registry.books, PhotoFiles(folder / "photos"))
        self.depot, unused = two_depots(folder)
        unused.stockpile.close()
        enrolled(self.depot, self.registry, folder)
        self.own = self.registry.books.key.node
        self.there, self.back, self.seeds = [], [], iter(range(100_000))

    def close(self):
        self.depot.stockpile.close()
        self.registry.database.close()

    def photograph(self, chance):
        (weapon,) = self.depot.stock(1, f"R{next(self.seeds)}")
        for _at in range(chance.randint(1, 3)):
            self.depot.photograph(weapon, next(self.seeds), **SMALL)

    def take_off(self, chance):
        (weapon,) = self.depot.stock(1, f"T{next(self.seeds)}")
        gone = self.depot.photograph(weapon, next(self.seeds), **SMALL)
        if chance.random() < 0.5:
            self.pack(chance)
        self.depot.stockpile.photographs.remove(weapon, gone, "a face", by=self.depot.by)

    def pack(self, chance, most=None):
        file = self.folder / f"there {next(self.seeds)}.courier"
        small = chance.random() < 0.4
        self.depot.pack_both(file, self.own, most=most or (MOST if small else 1 << 30))
        self.there.append(file)

    def arrive(self, chance):
        """A stick arrives, its record or its photos first, whole or cut; perhaps once more."""
        if not self.there:
            return
        file = chance.choice(self.there)
        deeds = [lambda: take(self.registry, file), lambda: self.photos(file, chance)]
        chance.shuffle(deeds)
        for deed in deeds[: chance.randint(1, 2)]:
            deed()

    def photos(self, file, chance=None):
        """Take photos in; somebody may stop it on the way."""
        place = photos_file(file)
        if not place.exists():
            return
        if chance and chance.random() < 0.2:
            place.write_bytes(place.read_bytes()[: chance.randint(0, 5_000)])
        books, shelf = self.registry.books, self.shelf
        with place.open("rb") as stream:
            try:
                found = courier_photos.opened(books, stream, "a.photos")
            except CourierForged:
                return
            way = courier_photos.begin(courier_photos.look(books, shelf, found))
            for _one in courier_photos.steps(books, shelf, found, way):
                if chance and chance.random() < 0.2:
                    return

    def answer(self, _chance):
        self.back.append(self.folder / f"back {len(self.back)}.courier")
        answer(self.registry, self.depot, self.back[-1], self.shelf)

    def load(self, chance):
        if self.back:
            self.depot.load(chance.choice(self.back))

    def step(self, chance):
        deeds = (
            self.photograph, self.take_off, self.pack, self.arrive, self.arrive, self.answer,
            self.load,
        )  # fmt: skip
        chance.choice(deeds)(chance)

    def one_that_arrives(self, chance):
        self.pack(chance, 1 << 30)
        take(self.registry, self.there[-1])
        self.photos(self.there[-1])
        self.answer(chance)
        self.depot.load(self.back[-1])

    def shown(self):
        with self.registry.books.reading() as connection:
            return set(connection.execute(select(PHOTO_SHOWN.c.digest)).scalars())


def test_after_some_sticks_that_arrive_the_registry_holds_every_photo(tmp_path_factory):
    road = Road(tmp_path_factory.mktemp("road"))
    try:
        for seed in range(examples(20)):
            chance = random.Random(seed)
            for _at in range(STEPS):
                road.step(chance)
            for _at in range(3):
                road.one_that_arrives(chance)
            shown = road.shown()
            assert road.shelf.present(list(shown)) == shown, seed
            assert road.shelf.lacking(road.registry.books.node(road.depot.node)) == (), seed
            road.pack(chance, 1 << 30)
            assert not photos_file(road.there[-1]).exists(), seed
            assert "Waiting" not in standing(road.depot), seed
        assert len(shown) > 40
    finally:
        road.close()
