"""Random worlds of four sites: whatever order they talk in, each ends with its own and no more."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from stockpile.domain import codec, excerpts, wire
from stockpile.domain.excerpts import Excerpt
from stockpile.registry import intake
from tests.helpers.nightly import examples, nightly
from tests.helpers.registries import open_registry
from tests.helpers.scoped import a_dispatch, a_place, a_receipt, a_waybill
from tests.helpers.sites import Booked, Site, a_move, a_weapon, open_site

SITES = ("Arua", "Gulu", "Lira", "Moroto")
WRITTEN_BY = ("Arua", "Gulu", "Lira", "Moroto", "Gulu")
"""The site of each node that writes; Gulu has two."""


@dataclass
class Reader:
    """A node of a scope with real books that reads its feed, page by page, and may be killed."""

    booked: Booked
    key: bytes
    cursor: int = 0
    token: str = ""
    told: list[str] = field(default_factory=list)

    def read(self, registry, chance, pages):
        for _page in range(pages):
            limit, most = chance.choice([(1, 1), (3, 500), (500, 2 << 20)])
            page = registry.books.feed(self.booked.keys.node, self.cursor, limit, most, self.token)
            if page.scope != self.token:
                self.token, self.cursor = page.scope, 0
            for item in page.items:
                self.booked.books.trust(*_writer(item))
                if isinstance(item.entry, Excerpt):
                    self.booked.books.receive_excerpts([item.entry])
                else:
                    self.booked.books.receive([item.entry])
                if chance.random() < 0.05:
                    return  # killed: the cursor was not kept
            self.cursor = page.last


def _writer(item):
    told = item.entry
    raw = told.parts[0].raw if isinstance(told, Excerpt) else told.facts[0]
    return codec.decode(raw).node, item.public_key


class World:
    """Sites that register, send, receive and move weapons, and send all of it in any order."""

    def __init__(self, registry, chance):
        self.registry, self.chance = registry, chance
        self.writers = []
        for at in WRITTEN_BY:
            site = Site()
            registry.enrol(site, at)
            site.found_with_officers()
            self.writers.append(site)
        self.opened = {}
        self.weapons = {}
        self.journeys = 0

    def step(self):
        act = self.chance.choice(
            [self.open, self.register, self.move, self.ship, self.send, self.send]
        )
        act(self.chance.randrange(len(self.writers)))

    def open(self, one):
        place = f"p-{WRITTEN_BY[one]}"
        if place not in self.opened:
            self.opened[place] = one
            self.writers[one].write(a_place(place, WRITTEN_BY[one]))

    def register(self, one):
        names = [f"w{len(self.weapons) + more}" for more in range(self.chance.randint(1, 4))]
        self.writers[one].write(*map(a_weapon, names))
        self.weapons |= dict.fromkeys(names, one)

    def move(self, one):
        own = [name for name, at in self.weapons.items() if at == one]
        if own:
            some = self.chance.sample(own, min(len(own), 3))
            self.writers[one].write(*(a_move(name, f"rack-{one}") for name in some))

    def ship(self, one):
        own = [name for name, at in self.weapons.items() if at == one]
        other = self.chance.randrange(len(self.writers))
        if not own or other == one:
            return
        some = self.chance.sample(own, min(len(own), 2))
        self.journeys += 1
        waybill, out_of = f"wb{self.journeys}", f"p-{WRITTEN_BY[one]}"
        to = f"p-{WRITTEN_BY[other]}"
        sender, receiver = self.writers[one], self.writers[other]
        if self.chance.random() < 0.5:
            sender.by_two(a_waybill(waybill, out_of, to, *some))
        sender.by_two(*(a_dispatch(name, to, waybill=waybill) for name in some))
        if self.chance.random() < 0.6:
            receiver.by_two(*(a_receipt(name, to, waybill=waybill) for name in some))
            self.weapons |= dict.fromkeys(some, other)

    def send(self, one):
        site = self.writers[one]
        held = self.registry.books.tip(site.node).number
        more = site.entries[held : held + self.chance.randint(1, 9)]
        if more:
            intake.take(self.registry.books, site.node, wire.squeeze(wire.pack(more)))

    def finish(self):
        for one in range(len(self.writers)):
            self.open(one)
            while self.registry.books.tip(self.writers[one].node).number < len(
                self.writers[one].entries
            ):
                self.send(one)

    def should_hold(self, site):
        """Say anew, from all that was ever written, which facts a node of a site should hold."""
        nodes = {one.node: at for one, at in zip(self.writers, WRITTEN_BY, strict=True)}
        facts = [fact for one in self.writers for fact in one.facts]
        places = {place for place in self.opened if place == f"p-{site}"}
        matters = {fact.subject for fact in facts if codec.kind_of(fact.body) == "place.opened"}
        for fact in facts:
            kind = codec.kind_of(fact.body)
            is_own = nodes[fact.node] == site
            if is_own and (kind.startswith(("weapon.", "waybill."))):
                matters.add(fact.subject)
            if kind == "weapon.dispatched" and fact.body.to in places:
                matters.add(fact.subject)
            if kind == "waybill.opened" and {fact.body.to, fact.body.out_of} & places:
                matters |= {fact.subject, *fact.body.weapons}
        return {
            (fact.node, fact.seq)
            for fact in facts
            if nodes[fact.node] == site or fact.subject in matters
        }


def held(reader, world):
    """Every fact of the writing nodes that a reader's books hold, by chain or in excerpts."""
    subjects = {fact.subject for one in world.writers for fact in one.facts}
    nodes = {one.node for one in world.writers}
    return {
        (fact.node, fact.seq)
        for subject in subjects
        for fact in reader.booked.books.history(subject)
        if fact.node in nodes
    }


def enrolled_reader(registry, folder, site):
    booked = open_site(folder)
    code = registry.enrolment.make_code(f"{site} desk", site)
    registry.enrolment.enrol(booked.keys.request(code))
    return Reader(booked, booked.keys.public_key)


def one_world(registry, folder, seed):
    chance = random.Random(seed)
    world, readers = World(registry, chance), {}
    late = chance.randrange(60)
    try:
        for turn in range(60):
            world.step()
            if turn == late:
                registry.books.rebuild()
            talk(registry, chance, readers, folder / str(seed))
        world.finish()
        for site in SITES:
            if site not in readers:
                readers[site] = enrolled_reader(registry, folder / f"{seed}{site}", site)
            read_to_the_end(registry, chance, readers[site])
            demand_its_own(registry, world, site, readers[site])
    finally:
        for reader in readers.values():
            reader.booked.close()


def talk(registry, chance, readers, folder):
    """Let a node of some site read a little; a site may have none yet."""
    site = chance.choice(SITES)
    if site not in readers and chance.random() < 0.2:
        readers[site] = enrolled_reader(registry, folder.with_name(f"{folder.name}{site}"), site)
    if site in readers:
        readers[site].read(registry, chance, chance.randint(1, 3))


def read_to_the_end(registry, chance, reader):
    while True:
        reader.read(registry, chance, 5)
        node = reader.booked.keys.node
        page = registry.books.feed(node, reader.cursor, 1, 1, reader.token)
        if page.scope == reader.token and reader.cursor == page.end:
            return


def demand_its_own(registry, world, site, reader):
    assert held(reader, world) == world.should_hold(site)
    for weapon in world.weapons:
        if reader.booked.books.history(weapon) != ():
            assert reader.booked.books.weapon(weapon) == registry.books.weapon(weapon)


def test_each_site_ends_with_its_own_and_no_more(registry, tmp_path):
    one_world(registry, tmp_path, 1)


@nightly
@pytest.mark.parametrize("seed", range(2, 2 + examples(60)))
def test_each_site_ends_with_its_own_and_no_more_in_many_worlds(tmp_path, seed):
    registry = open_registry(str(tmp_path / "registry.db"))
    try:
        one_world(registry, tmp_path, seed)
    finally:
        registry.database.close()


def test_every_excerpt_told_proves_itself(registry):
    world = World(registry, random.Random(5))
    for _step in range(40):
        world.step()
    world.finish()
    reader = Site()
    registry.enrol(reader, "Gulu")
    page = registry.books.feed(reader.node, 0, 500, token="")
    told = [item for item in page.items if isinstance(item.entry, Excerpt)]
    assert told
    for item in told:
        assert excerpts.check(item.entry, item.public_key)
