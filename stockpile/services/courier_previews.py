"""What a courier file would bring: told in plain words before anything is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec, ledger
from stockpile.domain.courier import Content
from stockpile.domain.excerpts import Excerpt, node_of
from stockpile.domain.facts import Fact, NodeCertified, NodeFounded, WaybillOpened, WeaponLost
from stockpile.domain.ledger import Entry, Header
from stockpile.domain.values import Digest, Instant, NodeId, PlaceId, WeaponId
from stockpile.services.lineage import own_nodes
from stockpile.services.ports import Books, Keys, Progress, silent
from stockpile.services.vouching import Vouching

_TOLD_EVERY: Final = 500
"""Facts that are read before anybody is told: a hundredth of a second."""


@dataclass(frozen=True, slots=True)
class Node:
    """Another node that this one knows: its name, and its file's way of being locked."""

    id: NodeId
    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Shipment:
    """A waybill that a file brings: its number, how many weapons, and whether it comes to us."""

    id: str
    number: str
    weapons: int
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a courier file would bring, in what can be said before anything is taken in.

    ``acts`` and ``facts`` count what is not held yet; ``confirmed`` is the number of our own last
    entry that the sender holds; ``left_out`` are nodes in it that nobody vouches for.
    """

    sender: Node
    created: Instant
    acts: int
    facts: int
    shipments: tuple[Shipment, ...]
    losses: tuple[WeaponId, ...]
    confirmed: int
    left_out: tuple[NodeId, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Say whether everything in it is held already."""
        return not self.acts


@dataclass(frozen=True, slots=True)
class Came:
    """What a courier file brings of believed nodes: entries of chains, and single facts."""

    entries: tuple[Entry, ...]
    excerpts: tuple[Excerpt, ...] = ()

    @property
    def count(self) -> int:
        """How many facts there are."""
        return sum(len(one.facts) for one in self.entries) + sum(
            len(one.parts) for one in self.excerpts
        )

    def facts(self) -> Iterator[bytes]:
        """Give every fact in it, as it was written."""
        yield from (raw for entry in self.entries for raw in entry.facts)
        yield from (part.raw for excerpt in self.excerpts for part in excerpt.parts)


@dataclass(slots=True)
class _Read:
    """How many facts of a file were read; told now and then, for most are read in no time."""

    progress: Progress
    total: int
    done: int = 0

    def on(self, facts: int) -> None:
        """Read on; raises Cancelled."""
        if (self.done + facts) // _TOLD_EVERY != self.done // _TOLD_EVERY:
            self.progress(self.done, self.total)
        self.done += facts


@dataclass(frozen=True, slots=True)
class CourierPreviews:
    """Says what of a file is not held yet. Everything runs on the books lane."""

    books: Books
    keys: Keys

    def of(
        self, content: Content, came: Came, vouched: set[NodeId], progress: Progress = silent
    ) -> Preview:
        """Return what a file would bring, of nodes that are believed; raises Cancelled."""
        fresh = self._fresh(came, progress)
        facts = [fact for _header, known in fresh for fact in known]
        confirmed = [one.number for one in content.holds if one.node == self.keys.node]
        manifest = content.manifest
        named = {one.node for one in manifest.chains} | {node_of(one) for one in content.excerpts}
        said = Vouching(self.books, self.keys).authority(came.entries)
        aside = {
            NodeId(header.n)
            for header, _known in fresh
            if header.n in said.cuts and header.c > said.cuts[NodeId(header.n)].number
        }
        return Preview(
            sender=Node(manifest.sender, manifest.name, bytes.fromhex(manifest.key)),
            created=manifest.created,
            acts=len(fresh),
            facts=len(facts),
            shipments=tuple(self._shipments(facts)),
            losses=tuple(
                WeaponId(one.subject) for one in facts if isinstance(one.body, WeaponLost)
            ),
            confirmed=max(confirmed, default=0),
            left_out=tuple(sorted(named - vouched - {self.keys.node})),
            aside=tuple(sorted(map(self.name, aside))),
        )

    def name(self, node: NodeId) -> str:
        """Return what a node is called here, or its id."""
        bodies = (fact.body for fact in self.books.history(node))
        named = (body.name for body in bodies if isinstance(body, NodeFounded | NodeCertified))
        return next(named, node)

    def _fresh(self, came: Came, progress: Progress) -> list[tuple[Header, list[Fact]]]:
        """Return what is not held yet, by entry: its header and the facts of it."""
        held = {node: tip.number for node, tip in self.books.tips()}
        fresh = []
        read = _Read(progress, came.count)
        for entry in came.entries:
            read.on(len(entry.facts))
            header = ledger.read_header(entry.header)
            if header.c > held.get(NodeId(header.n), 0):
                fresh.append((header, [codec.decode(raw) for raw in entry.facts]))
        known: dict[str, set[Digest]] = {}
        for excerpt in came.excerpts:
            read.on(len(excerpt.parts))
            header = ledger.read_header(excerpt.header)
            said = [codec.decode(part.raw) for part in excerpt.parts]
            for subject in {one.subject for one in said}.difference(known):
                known[subject] = {one.hash for one in self.books.history(subject)}
            new = [one for one in said if one.hash not in known[one.subject]]
            if new and header.c > held.get(NodeId(header.n), 0):
                fresh.append((header, new))
        return fresh

    def _shipments(self, facts: Iterable[Fact]) -> Iterator[Shipment]:
        for fact in facts:
            if isinstance(fact.body, WaybillOpened):
                said = fact.body
                ours = said.to is None or self._is_ours(said.to)
                yield Shipment(fact.subject, said.number, len(said.weapons), ours)

    def _is_ours(self, place: PlaceId) -> bool:
        reference = self.books.reference(place)
        opening = reference.opening if reference else None
        own = own_nodes(self.books, self.keys.node)
        return opening is not None and opening.order[1] in own
