"""A site with a real chain, as a registry meets it: key, tip, entries; and real books behind it."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from nacl.signing import SigningKey

from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.domain import codec, exchange, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.exchange import EnrolRequest
from stockpile.domain.facts import Draft, Fact, Mark, NodeFounded, WeaponRegistered, WeaponRelocated
from stockpile.domain.ledger import Act, Entry, Tip, TreeHead
from stockpile.domain.values import Digest, NodeId, OfficerId, PlaceId, WeaponId
from stockpile.locks.node_keys import unlocked
from tests.helpers import officers

AT = 1_790_000_000_000
DATABASE_KEY = bytes(range(32))


class SettableClock:
    """A clock that shows what the test says, and a little more at each look."""

    def __init__(self, at: int = AT) -> None:
        self.at = at

    def now(self) -> int:
        self.at += 1
        return self.at

    def zone(self) -> int:
        return 0


_counting = itertools.count(1)


class CountingChance:
    """Bytes that never repeat in a run of tests."""

    def bytes(self, count: int) -> bytes:
        return next(_counting).to_bytes(count, "big")


class SiteKeys:
    """A node's key in memory."""

    def __init__(self, seed: bytes | None = None) -> None:
        self._key = SigningKey(seed) if seed else SigningKey.generate()
        self.public_key = bytes(self._key.verify_key)
        self.node = ledger.node_id(self.public_key)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message).signature

    def mac(self, message: bytes) -> bytes:
        return bytes(32)

    def unlock(self, locked: bytes, path: str) -> bytes:
        return unlocked(locked, self._key, path)

    def request(self, code: str, name: str = "Kampala") -> EnrolRequest:
        said = EnrolRequest(self.node, self.public_key, name, "KLA", code, b"")
        return exchange.signed(said, self.sign)


def ssh_recipient(public_key: bytes) -> pyrage.ssh.Recipient:
    """A node's key as the line that ssh-keygen writes and age reads."""
    wire = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + public_key
    return pyrage.ssh.Recipient.from_str(f"ssh-ed25519 {base64.b64encode(wire).decode()}")


@dataclass
class Site:
    """A node without books: it seals what a test wants sent."""

    keys: SiteKeys = field(default_factory=SiteKeys)
    tip: Tip = field(default_factory=Tip)
    entries: list[Entry] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    seen: TreeHead | None = None
    ahead: int = 0
    """Milliseconds that its clock is ahead."""

    @property
    def node(self) -> NodeId:
        return self.keys.node

    def write(
        self, *drafts: Draft, lamport: int | None = None, signed: Sequence[OfficerId] = ()
    ) -> Entry:
        """Seal drafts into the next entry; the first who signs does it, the rest are witnesses."""
        first = self.tip.seq + 1
        by, witnesses = (signed[0] if signed else None), tuple(signed[1:])
        begun = AT + self.ahead
        made = [
            codec.encode(
                draft, Stamp(self.node, seq, lamport or seq, begun + seq, 0, by, witnesses)
            )
            for seq, draft in enumerate(drafts, first)
        ]
        act = Act(begun + first, "test", lamport or first + len(drafts), self.seen)
        raws = [one.raw for one in made]
        entry, self.tip = ledger.seal(self.node, self.tip, raws, act, self.keys.sign)
        for officer in signed:
            entry = ledger.countersigned(entry, officer, officers.key(officer).sign)
        self.entries.append(entry)
        self.facts.extend(one.fact for one in made)
        return entry

    def found(self) -> Entry:
        return self.write(Draft(self.node, NodeFounded(self.keys.public_key.hex(), "Kampala")))

    def found_with_officers(self) -> Entry:
        """Begin the chain with two officers in office, who sign what wants two."""
        founded = NodeFounded(self.keys.public_key.hex(), "Kampala")
        return self.write(Draft(self.node, founded), *officers.in_office())

    def by_two(self, *drafts: Draft) -> Entry:
        """Write what the first officer does and the second confirms."""
        return self.write(*drafts, signed=(officers.FIRST, officers.SECOND))

    def by_one(self, *drafts: Draft) -> Entry:
        """Write what one officer does and signs alone."""
        return self.write(*drafts, signed=(officers.FIRST,))

    def fill(self, entries: int, weapons: int = 3) -> None:
        """Write so many entries of so many registrations."""
        for _ in range(entries):
            first = len(self.facts)
            self.write(*(a_weapon(f"{self.node[:4]}-{first + one}") for one in range(weapons)))

    def copy(self) -> Site:
        """Return this site as a cloned database would have it."""
        return Site(self.keys, self.tip, list(self.entries), list(self.facts))


def a_weapon(name: str, serial: str = "", model: str = "AKM") -> Draft:
    marks = (Mark("serial", serial or f"S{name}", is_identity=True),)
    body = WeaponRegistered("rifle", "Izhmash", model, "7.62x39", marks, place=PlaceId("armoury"))
    return Draft(WeaponId(name), body)


def a_move(weapon: str, place: str, *replaces: Digest) -> Draft:
    return Draft(WeaponId(weapon), WeaponRelocated(PlaceId(place)), replaces)


@dataclass
class Booked:
    """A node with its real books in a folder."""

    keys: SiteKeys
    clock: SettableClock
    opened: OpenBooks

    @property
    def books(self):
        return self.opened.books

    def close(self) -> None:
        self.opened.close()


def open_site(folder: Path, keys: SiteKeys | None = None, *, with_officers: bool = False) -> Booked:
    """Open a site's books in the folder, or begin them; with two officers in office if wanted."""
    folder.mkdir(exist_ok=True)
    keys, clock = keys or SiteKeys(), SettableClock()
    opened = open_books(
        folder, DATABASE_KEY, keys=keys, clock=clock, chance=CountingChance(),
        anchor=AnchorFile(folder),
    )  # fmt: skip
    if opened.books.tip().number == 0:
        founded = NodeFounded(keys.public_key.hex(), folder.name)
        offices = officers.in_office() if with_officers else []
        opened.books.record([Draft(keys.node, founded), *offices], by=None)
    return Booked(keys, clock, opened)
