"""Open books in a temporary folder: real keys, real files, a clock and a chance of their own."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import KeyRing, create_keys, open_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.sqlite.books import SqliteBooks
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.adapters.sqlite.queries import SqliteRegister
from stockpile.domain.facts import Draft, Mark, NodeFounded, PlaceOpened, WeaponRegistered
from stockpile.domain.values import Digest, Instant, NodeId, PlaceId, WeaponId, new_id
from stockpile.domain.weapons import Weapon

PASSPHRASE = "correct horse battery staple"
START = 1_790_000_000_000


@dataclass
class StillClock:
    """A clock that a test sets; it moves on by one millisecond each time it is read."""

    at: Instant = START
    minutes: int = 60

    def now(self) -> Instant:
        self.at += 1
        return self.at

    def zone(self) -> int:
        return self.minutes


@dataclass
class SeededChance:
    """Different bytes at every call, the same in every run."""

    seed: str = "chance"
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def bytes(self, count: int) -> bytes:
        return hashlib.shake_256(f"{self.seed}{next(self.numbers)}".encode()).digest(count)


@dataclass
class Desk:
    """A node whose books may be closed and opened again."""

    home: Path
    name: str = "depot"
    clock: StillClock = field(default_factory=StillClock)
    opened: OpenBooks | None = None

    def __post_init__(self) -> None:
        self.chance = SeededChance(self.name)
        if not (self.home / "keys.json").exists():
            create_keys(self.home, PASSPHRASE, clock=self.clock, chance=self.chance, strength=LIGHT)
        self.keys: KeyRing = open_keys(self.home, PASSPHRASE, clock=self.clock, chance=self.chance)

    @property
    def node(self) -> NodeId:
        return self.keys.node

    @property
    def books(self) -> SqliteBooks:
        return self.open().books

    @property
    def register(self) -> SqliteRegister:
        return self.open().register

    def open(self) -> OpenBooks:
        if self.opened is None:
            self.opened = open_books(
                self.home,
                self.keys.database_key,
                keys=self.keys,
                clock=self.clock,
                chance=self.chance,
                anchor=AnchorFile(self.home),
            )
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def found(self, place: str = "Rack 4") -> PlaceId:
        """Write the first facts of a chain and return the place that was opened."""
        rack = PlaceId(self.id())
        self.books.record(
            [
                Draft(self.node, NodeFounded(self.keys.public_key.hex(), self.name)),
                Draft(rack, PlaceOpened(place)),
            ],
            by=None,
        )
        return rack

    def id(self) -> WeaponId:
        return WeaponId(new_id(self.clock.now(), self.chance.bytes(10)))

    def register_weapon(self, serial: str = "KB4471902", **said: object) -> Weapon:
        """Put a weapon on record and return it as it stands."""
        weapon = self.id()
        self.books.record([registration(weapon, serial, **said)], by=None)
        return self.books.weapon(weapon)


def registration(weapon: WeaponId, serial: str = "KB4471902", **said: object) -> Draft:
    described = {"type": "rifle", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39"} | said
    marks = (Mark("serial", serial, is_identity=True),) if serial else ()
    described.setdefault("marks", marks)
    return Draft(weapon, WeaponRegistered(**described))


def key_of(text: str) -> Digest:
    """A source key for tests."""
    return Digest(hashlib.sha256(text.encode()).hexdigest())


@contextmanager
def desk(home: Path, name: str = "depot") -> Iterator[Desk]:
    """A node for the length of a test."""
    one = Desk(home, name)
    try:
        yield one
    finally:
        one.close()
