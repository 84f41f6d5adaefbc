"""One random history of a country: nodes with real books, a registry, bad lines, bad luck.

Depots write of the same weapons without knowing of each other. Lines drop, repeat, reorder and
replay what goes over them; courier files are cut short; clocks are wrong; a node is killed and goes
on from its disk as it lay there; a disk is copied and the copy goes on beside the true one. Every
fact that the books said was written is remembered here, so that none can go unnoticed.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import codec, courier, facts, ledger, wire
from stockpile.domain.courier import Content, Manifest
from stockpile.domain.errors import ChainForked, NodeOvertaken, NodeQuarantined, StockpileError
from stockpile.domain.exchange import MOST_FACTS_A_BATCH
from stockpile.domain.facts import Body, Draft, Fact, Mark
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, JobId, NodeId, PersonId, PlaceId, SchemeId, WeaponId
from stockpile.domain.weapons import Weapon, aspects_of
from stockpile.locks import age
from stockpile.registry import intake, second_histories
from stockpile.registry.arrivals import Arrivals
from stockpile.services.ammunition import Ammunition
from stockpile.services.conflict_room import ConflictRoom
from stockpile.services.exchange import Exchanging
from stockpile.services.ports import Peer
from stockpile.services.telling_histories import evidence_of
from stockpile.services.turns import Turn
from tests.helpers.officers import FIRST, SECOND, by_two
from tests.helpers.registries import Registry, answering, open_registry
from tests.helpers.sites import Booked, CountingChance, Site, SiteKeys, open_site
from tests.helpers.talks import Talk
from tests.helpers.three_nodes import officer

DAY = 86_400_000
NAMES = "abc"
PLACES = [PlaceId(f"place-{name}") for name in NAMES]
LINES = (
    "honest", "honest", "two under way", "twice", "cut", "shuffled", "gap", "answer lost",
    "replayed",
)  # fmt: skip
SOON = 60.0
CUT_SHORT, SPOILT = 0.3, 0.4
"""Of ten courier files three are cut short, and one has a bit changed."""
BROKEN = 0.1
"""So many of the turns of a real exchange are the last ones of it."""
ALL = 100_000


@dataclass
class Depot:
    """A node with its books, and all facts that its books ever said were written."""

    name: str
    keys: SiteKeys
    booked: Booked
    folder: Path
    acknowledged: set[Digest] = field(default_factory=set)
    sent: list[tuple[Entry, ...]] = field(default_factory=list)

    @property
    def books(self):
        return self.booked.books

    @property
    def node(self) -> NodeId:
        return self.keys.node

    def tip(self, node: NodeId) -> int:
        """How far a chain is held here."""
        known = dict(self.books.tips()).get(node)
        return known.number if known else 0

    def holds(self, number: int, hash_: Digest) -> bool:
        """Say whether the own chain goes on from the end of it that the registry names."""
        if number == 0:
            return True
        own = self.books.entries(self.node, number - 1, 1)
        return bool(own) and ledger.entry_hash(own[0].header) == hash_

    def known(self) -> list[Fact]:
        """Every fact of every chain that is held here."""
        return list(self.books.since(()))


class History:
    """The country, and what happened in it by its seed.

    Its registry is in the folder, unless a database is named.
    """

    def __init__(self, seed: int, folder: Path, database: str = "") -> None:
        self.chance = Random(seed)
        self.folder = folder
        self.registry: Registry = open_registry(database or str(folder / "registry.db"))
        self.depots = [self._depot(name, seed) for name in NAMES]
        self.copies: list[Depot] = []
        self.heard: Counter[str] = Counter()
        self.weapons = 0
        self.lines = contextlib.ExitStack()
        self.url = ""

    def _depot(self, name: str, seed: int) -> Depot:
        keys = SiteKeys(f"{name}{seed}".encode().rjust(32, b"0"))
        self.registry.enrol(Site(keys=keys))
        folder = self.folder / name
        made = Depot(name, keys, open_site(folder, keys, with_officers=True), folder)
        made.acknowledged = {one.hash for one in made.known()}
        return made

    @property
    def all(self) -> list[Depot]:
        """Every running program: the depots, and copies of them."""
        return [*self.depots, *self.copies]

    @property
    def of_one_key(self) -> list[Depot]:
        """The depot whose disk was copied, and what runs from the copies."""
        return [self.depots[0], *self.copies]

    def close(self) -> None:
        self.lines.close()
        for one in self.all:
            one.booked.close()
        self.registry.database.close()

    def live(self, steps: int) -> None:
        """Let things happen."""
        does = [self.act] * 12 + [self.sync] * 5 + [self.carry] * 2 + [self.settle] * 2
        does += [self.kill, self.set_clock]
        for _ in range(steps):
            self.chance.choice(does)(self.chance.choice(self.all))

    # --- what a depot does --------------------------------------------------------------------

    def act(self, depot: Depot) -> None:
        """Write something of a weapon, over all that is known of it here."""
        held = sorted({one.subject for one in depot.known() if _of_weapon(one)})
        if len(held) < 3 or self.chance.random() < 0.15:
            self.write(depot, [self._registration(depot)])
            return
        weapon = depot.books.weapon(WeaponId(self.chance.choice(held)))
        self.write(depot, [_over(weapon, self._body(depot, weapon))])

    def write(self, depot: Depot, drafts: Sequence[Draft]) -> None:
        recorded = by_two(depot.books, drafts)
        depot.acknowledged |= {one.hash for one in recorded.facts}

    def settle(self, depot: Depot) -> None:
        """Settle one contradiction by one of its choices, as a person does."""
        room = ConflictRoom(depot.books, depot.booked.clock, Ammunition(depot.books))
        shown = room.shown(limit=5).cards
        if not shown:
            return
        one = self.chance.choice(shown)
        number = self.chance.randint(1, len(one.card.choices))
        by, second = officer(FIRST), officer(SECOND)
        with contextlib.suppress(StockpileError):  # what is disputed is settled first elsewhere
            done = room.settle(one.id, number, "looked", one.card.version, by=by, second=second)
            depot.acknowledged |= {fact.hash for fact in done.facts}
            self.heard["settled"] += 1

    def _registration(self, depot: Depot) -> Draft:
        self.weapons += 1
        serial = Mark("serial", f"AB {self.chance.randrange(12)}", is_identity=True)
        place = PLACES[NAMES.index(depot.name[0])]
        body = facts.WeaponRegistered(model="M", marks=(serial,), place=place)
        return Draft(WeaponId(f"weapon-{self.weapons:04}"), body)

    def _body(self, depot: Depot, weapon: Weapon) -> Body:
        place, number = self.chance.choice(PLACES), self.chance.randrange(1, 30)
        job = JobId(f"{depot.name}-{depot.books.tip().number}")
        last = weapon.applied[-1].job if weapon.applied else job
        seen = weapon.place if weapon.place and self.chance.random() < 0.5 else place
        bodies: list[tuple[Body, int]] = [
            (facts.WeaponRelocated(place), 10),
            (facts.WeaponIssued(PersonId("holder")), 4),
            (facts.WeaponReturned(place, "serviceable"), 3),
            (facts.WeaponDispatched(f"W{job}", place), 3),
            (facts.WeaponCounted("t", seen), 8),
            (facts.MarkingBegun(job, SchemeId("s"), f"UGA {number}", number, "m"), 5),
            (facts.MarkingEnded(last, "marked"), 5),
            (facts.WeaponCorrected("typo", year=str(1950 + number)), 4),
            (facts.WeaponInspected(self.chance.choice(["serviceable", "incomplete"])), 4),
            (facts.WeaponLost("lost", report="L"), 1),
            (facts.WeaponDestroyed("C"), 1),
        ]
        return self.chance.choices(*zip(*bodies, strict=True))[0]

    # --- what happens to it -------------------------------------------------------------------

    def kill(self, depot: Depot) -> None:
        """End the program at once: it goes on from its disk as it lay there, with all it said."""
        tip = depot.books.tip()
        disk = self.folder / f"{depot.folder.name}+"
        shutil.copytree(depot.folder, disk)  # nothing is closed or written out before
        depot.booked.close()
        shutil.rmtree(depot.folder)
        depot.folder = disk
        at = depot.booked.clock.at
        depot.booked = open_site(disk, depot.keys, with_officers=True)
        depot.booked.clock.at = at
        assert depot.books.tip() == tip
        self.heard["killed"] += 1

    def copy(self, depot: Depot) -> None:
        """Copy a disk; the copy goes on beside the true one with the same key."""
        disk = self.folder / f"{depot.name}-copy{len(self.copies)}"
        shutil.copytree(depot.folder, disk)
        booked = open_site(disk, depot.keys, with_officers=True)
        twin = Depot(f"{depot.name}{len(self.copies)}", depot.keys, booked, disk)
        twin.acknowledged = set(depot.acknowledged)
        self.copies.append(twin)

    def set_clock(self, depot: Depot) -> None:
        """Set the clock wrong, by up to a year either way."""
        depot.booked.clock.at += self.chance.randrange(-365, 365) * DAY

    # --- lines --------------------------------------------------------------------------------

    def sync(self, depot: Depot, line: str = "") -> None:
        """Send what the registry has not, and take what others sent, over a line that lies.

        Whoever the registry would stop has a real exchange with it: what comes of that is to be
        what a desk does, and nothing that is done for it here.
        """
        if self._is_stopped(depot):
            self.exchange(depot, breaks=line != "honest")
            return
        how = line or self.chance.choice(LINES)
        self.push(depot, how)
        self.pull(depot, line or self.chance.choice(LINES))
        self.show(depot)

    def _is_stopped(self, depot: Depot) -> bool:
        there = self.registry.books.tip(depot.node)
        return there.status != "enrolled" or not depot.holds(there.number, there.hash)

    def exchange(self, depot: Depot, *, breaks: bool) -> None:
        """Let a desk talk to the registry over a real line, which may break at any word."""
        if not self.url:
            self.url = self.lines.enter_context(answering(self.registry.books))
        keys, clock = self.registry.books.key, depot.booked.clock
        depot.books.trust(keys.node, keys.public_key)
        if not depot.books.peers():
            depot.books.keep_peer(Peer(self.url, keys.node, keys.public_key, heard_at=clock.now()))
        links = HttpRegistryLinks(depot.keys, clock, CountingChance(), SOON)
        session = Talk(Exchanging(depot.books, depot.keys, links, clock)).session()
        turn = session.first()
        try:
            while isinstance(turn, Turn) and not (breaks and self.chance.random() < BROKEN):
                turn = turn.say()()
        except (ChainForked, NodeOvertaken, NodeQuarantined) as stopped:
            self.heard[f"stopped: {type(stopped).__name__}"] += 1
        finally:
            session.close()

    def show(self, depot: Depot) -> None:
        """Show the registry both histories of a computer of which the depot met two."""
        for node in depot.books.forked():
            both = tuple(evidence_of(depot.books, node).values())
            if second_histories.take(self.registry.books, both):
                self.heard["second histories shown"] += 1

    def push(self, depot: Depot, how: str) -> None:
        books = self.registry.books
        there = books.tip(depot.node)
        mine = depot.books.entries(depot.node, there.number, ALL)
        batch = self._spoiled(mine, depot.sent, how)
        if not batch:
            return
        depot.sent.append(batch)
        half = len(batch) // 2
        with self._told(how):
            if how == "two under way" and half:
                self._push_two(depot.node, batch[:half], batch[half:])
            else:
                intake.take(books, depot.node, wire.squeeze(wire.pack(batch)))

    def _push_two(self, node: NodeId, first: Sequence[Entry], second: Sequence[Entry]) -> None:
        """Let two batches be under way at a time; whichever is quicker, both are taken in."""

        def take(batch: Sequence[Entry], patience: float) -> None:
            arrivals = Arrivals(1, patience)
            intake.take(
                self.registry.books, node, wire.squeeze(wire.pack(batch)), arrivals=arrivals
            )

        with ThreadPoolExecutor(1) as beside:
            # where the first is refused the second waits for nothing
            later = beside.submit(take, second, 0.5 if self.copies else SOON)
            self.heard["two under way"] += 1
            try:
                take(first, 0.0)
            finally:
                later.exception()
        later.result()

    def pull(self, depot: Depot, how: str) -> None:
        """Take in what the registry tells of each chain, as it comes over the line."""
        for chain in self.registry.books.nodes():
            if chain.node == depot.node:
                continue
            depot.books.trust(chain.node, chain.public_key)
            agreed = self._agreed(self.registry.books, depot, chain.node)
            new = self.registry.books.entries(chain.node, agreed, ALL)
            before = self.registry.books.entries(chain.node, 0, 3) if how == "replayed" else ()
            batch = self._spoiled(new, [before] if before else [], how)
            if batch:
                with self._told(how):
                    depot.books.receive(_over_the_wire(batch))

    def _agreed(self, books, depot: Depot, node: NodeId) -> int:
        """How far a depot holds of a chain what others hold: they tell it all from there on.

        Also where it holds as much, or more, of a copied disk's other history.
        """
        held = depot.tip(node)
        if not self.copies or node != self.depots[0].node:
            return held
        both = zip(books.entries(node, 0, held), depot.books.entries(node, 0, held), strict=False)
        return sum(1 for _two in itertools.takewhile(lambda two: two[0] == two[1], both))

    def _spoiled(
        self, batch: tuple[Entry, ...], before: Sequence[tuple[Entry, ...]], how: str
    ) -> tuple[Entry, ...]:
        """Return what a line makes of a batch."""
        if how == "twice":
            return batch + batch
        if how == "cut":
            return batch[: self.chance.randint(0, len(batch))]
        if how == "shuffled":
            return tuple(self.chance.sample(batch, len(batch)))
        if how == "gap":
            return tuple(one for one in batch if self.chance.random() < 0.7)
        if how == "replayed" and before:
            return self.chance.choice(before)
        return batch

    @contextlib.contextmanager
    def _told(self, how: str):
        """Let a refusal be one: nothing that was held is lost by it."""
        try:
            yield
        except (ChainForked, NodeQuarantined) as error:
            assert self.copies, "only a copied disk forks"
            self.heard[type(error).__name__] += 1
        except StockpileError as error:
            if how in ("honest", "answer lost"):
                raise
            self.heard[f"{how}: {type(error).__name__}"] += 1

    # --- sticks -------------------------------------------------------------------------------

    def carry(self, depot: Depot) -> None:
        """Carry a courier file to another depot, perhaps cut short or changed on the way."""
        taker = self.chance.choice([one for one in self.all if one.node != depot.node])
        whole = self._file(depot, taker)
        cut = self.chance.random()
        if cut < CUT_SHORT:
            whole = whole[: self.chance.randrange(len(whole))]
        elif cut < SPOILT:
            at = self.chance.randrange(len(whole))
            whole = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        before = {one.hash for one in taker.known()}
        try:
            manifest, locked = courier.unsealed(whole, "file")
            plain = taker.keys.unlock(locked, "file")
            content = courier.unpacked(plain, manifest, "file")
        except StockpileError as error:
            if cut >= SPOILT:
                raise
            self.heard[f"file: {type(error).__name__}"] += 1
            assert {one.hash for one in taker.known()} == before
            return
        assert cut >= SPOILT
        taker.books.trust(depot.node, depot.keys.public_key)
        for chain in self.registry.books.nodes():
            if chain.node != taker.node:
                taker.books.trust(chain.node, chain.public_key)
        with self._told("honest"):
            taker.books.receive([one for one in content.entries if _node(one) != taker.node])
        self.heard["file: taken"] += 1

    def _file(self, depot: Depot, taker: Depot) -> bytes:
        entries = tuple(
            entry
            for node, _tip in depot.books.tips()
            if node != taker.node
            for entry in depot.books.entries(node, self._agreed(depot.books, taker, node), ALL)
        )
        manifest = Manifest(
            courier.VERSION, f"file-{self.chance.random()}", depot.node,
            depot.keys.public_key.hex(), depot.name, (taker.node,), depot.booked.clock.now(),
            courier.chain_parts(entries), sum(len(one.facts) for one in entries),
        )  # fmt: skip
        plain = courier.packed(Content(manifest, (), entries))
        return courier.sealed(
            manifest, age.lock_for(plain, [taker.keys.public_key]), depot.keys.sign
        )

    # --- the end ------------------------------------------------------------------------------

    def end(self) -> None:
        """Give everybody an honest line, until nobody hears anything new, the registry too."""
        before: list[int] = []
        while (now := self._heard()) != before:
            before = now
            for one in self.all:
                self.sync(one, "honest")

    def _heard(self) -> list[int]:
        books = self.registry.books
        tips = [tip.number for one in self.all for _node, tip in one.books.tips()]
        return [*tips, *(one.tip.number for one in books.nodes()), len(books.evidence())]

    def at_the_registry(self) -> list[Fact]:
        """Every fact in the registry's log."""
        books = self.registry.books
        return [
            codec.decode(raw)
            for chain in books.nodes()
            for entry in books.entries(chain.node, 0, ALL)
            for raw in entry.facts
        ]

    def kept_as_evidence(self) -> set[Digest]:
        """The facts that the registry keeps beside its log."""
        return {
            codec.decode(raw).hash
            for one in self.registry.books.evidence()
            for raw in one.entry.facts
        }


def _of_weapon(fact: Fact) -> bool:
    return isinstance(fact.body, facts.WeaponRegistered)


def _over(weapon: Weapon, body: Body) -> Draft:
    """A fact that replaces all heads of its aspects; a count saw the custody."""
    heads = {head for one in aspects_of(body) for head in weapon.heads.of(one)}
    saw = weapon.heads.custody if isinstance(body, facts.WeaponCounted) else ()
    return Draft(weapon.id, body, tuple(sorted(heads)), saw)


def _over_the_wire(batch: Sequence[Entry]) -> tuple[Entry, ...]:
    squeezed = wire.squeeze(wire.pack(batch))
    return wire.unpack(wire.unfold(squeezed), MOST_FACTS_A_BATCH)


def _node(entry: Entry) -> NodeId:
    return NodeId(codec.decode(entry.facts[0]).node)


def by_subject(known: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The facts of each weapon."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for one in known:
        found[one.subject].append(one)
    return {subject: some for subject, some in found.items() if any(map(_of_weapon, some))}
