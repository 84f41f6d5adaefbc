"""Sticks to a registry and back, lost, late, twice, in any order: both sides end equal."""

from __future__ import annotations

import random

import pytest

from stockpile.domain.facts import Draft, WaybillOpened, WeaponDispatched
from stockpile.domain.values import PlaceId
from stockpile.registry import feeds
from tests.helpers.nations import registered
from tests.helpers.neighbours import two_depots
from tests.helpers.nightly import examples
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site
from tests.helpers.sticks import answer, bring, enrolled, peer, take, taken

STEPS = 25


class Road:
    """A depot, its registry, another depot that has a line, and every stick that was written."""

    def __init__(self, folder, seed):
        self.folder, self.chance = folder, random.Random(seed)
        self.registry = open_registry(str(folder / "registry.db"))
        self.depot, unused = two_depots(folder)
        unused.stockpile.close()
        enrolled(self.depot, self.registry, folder)
        self.elsewhere = Site()
        self.registry.enrol(self.elsewhere, "GUL", ["GUL"])
        self.elsewhere.found_with_officers()
        self.there, self.back = [], []

    def work(self):
        self.depot.stock(1, f"S{len(self.there)}{len(self.back)}")

    def write(self):
        self.there.append(self.folder / f"there {len(self.there)}.courier")
        self.depot.pack(self.there[-1], self.registry.books.key.node)

    def hear(self):
        if self.there:
            take(self.registry, self.chance.choice(self.there))

    def answer(self):
        self.back.append(self.folder / f"back {len(self.back)}.courier")
        answer(self.registry, self.depot, self.back[-1])

    def load(self):
        if self.back:
            self.depot.load(self.chance.choice(self.back))

    def send_from_elsewhere(self):
        """Another depot sends a rifle to this one: that comes back with some answer."""
        number = 500 + len(self.elsewhere.entries)
        rifle = registered(number, f"GU {number}", store="GUL-store")
        self.elsewhere.write(rifle)
        to, store = self.depot.site, PlaceId("GUL-store")
        sent = WaybillOpened(f"WB-{number}", (rifle.subject,), store, to)
        self.elsewhere.by_two(
            Draft(f"wb-{number}", sent),
            Draft(rifle.subject, WeaponDispatched(f"wb-{number}", to)),
        )
        taken(self.registry, self.elsewhere, made=number)

    def go(self):
        steps = (
            self.work, self.write, self.write, self.hear, self.hear, self.answer, self.load,
            self.load, self.send_from_elsewhere,
        )  # fmt: skip
        for _step in range(STEPS):
            self.chance.choice(steps)()
        self.send_from_elsewhere()
        for name in ("last", "very last"):
            bring(self.registry, self.depot, self.folder, name)

    def close(self):
        self.depot.stockpile.close()
        self.registry.database.close()


@pytest.fixture(params=range(examples(4)))
def road(tmp_path, request):
    made = Road(tmp_path, request.param)
    yield made
    made.close()


def test_whatever_becomes_of_the_sticks_both_sides_end_equal(road):
    road.go()
    books, registry = road.depot.stockpile.books, road.registry.books
    tip, held, said = books.tip(), registry.tip(road.depot.node), peer(road.depot)
    assert (held.number, held.hash, said.acknowledged) == (tip.number, tip.hash, tip.number)
    assert [one.number for _key, one in books.receipts()][-1] == tip.number
    with registry.reading() as connection:
        feed = feeds.feed_of(connection, registry.node(road.depot.node).scope)
    assert (said.scope, said.cursor) == (feed.token, feed.size)
    assert (said.told, said.seal) == (feed.sealed.told, feed.sealed.seal)
    sent = [one.subject for one in road.elsewhere.facts if isinstance(one.body, WaybillOpened)]
    assert all(books.history(one) for one in sent)
    assert road.depot.stockpile.checking.check(deep=True).entries
