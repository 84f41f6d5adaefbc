"""Whom a node believes of what comes by hand: certificates, and what the authority says of trust.

A node is vouched for by a registry that this one is enrolled with, by an officer here, or by the
key of an enrolment officer whom the authority named, whoever passes that certificate on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stockpile.domain import authority, ledger
from stockpile.domain.authority import Authority
from stockpile.domain.facts import Fact, NodeCertified, NodeFounded
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.services.authority import Authorities, is_key_of
from stockpile.services.lineage import own_nodes
from stockpile.services.ports import Books, Keys


@dataclass(frozen=True, slots=True)
class Vouching:
    """What is known here of other nodes' keys. Everything runs on the books lane."""

    books: Books
    keys: Keys

    def certified(self) -> tuple[NodeCertified, ...]:
        """Return who is vouched for by what stands on record here."""
        believed = {*self._registries(), *own_nodes(self.books, self.keys.node)}
        facts = self._on_record()
        said = authority.authority_of(facts, self._registries())
        return tuple(
            sound(
                fact.body
                for fact in facts
                if fact.node in believed
                or (isinstance(fact.body, NodeCertified) and said.vouches(fact.body))
            )
        )

    def certified_in(self, entries: Sequence[Entry]) -> tuple[NodeCertified, ...]:
        """Return whom a registry of ours, or a named enrolment key, vouches for in what came."""
        said = sound(fact.body for fact in self._said_in(entries))
        return (*said, *Authorities(self.books).vouched_in(entries))

    def authority(self, entries: Iterable[Entry] = ()) -> Authority:
        """Return what our registries say of keys and of trust, on record and in what came."""
        known = {one.hash: one for one in (*self._said_in(entries), *self._on_record())}
        return authority.authority_of(known.values(), self._registries())

    def hearsay(self, node: NodeId) -> NodeCertified | None:
        """Return what another node vouches for, as its chain says here; None for nothing."""
        return next(sound(fact.body for fact in self.books.history(node)), None)

    def _registries(self) -> dict[NodeId, bytes]:
        return {peer.registry: peer.registry_key for peer in self.books.peers()}

    def _on_record(self) -> list[Fact]:
        """Return what is on record about keys and nodes, whoever said it."""
        named = self.books.references(NodeFounded, *authority.STATEMENTS)
        return [fact for one in named for fact in self.books.history(one.subject)]

    def _said_in(self, entries: Iterable[Entry]) -> Iterator[Fact]:
        """Give the facts of our registries' own entries among what came."""
        keys = self._registries()
        for entry in entries if keys else ():
            key = keys.get(NodeId(ledger.read_header(entry.header).n))
            if key is not None and ledger.is_signed(entry, key):
                yield from ledger.demand_well_formed(entry)


def sound(bodies: Iterable[object]) -> Iterator[NodeCertified]:
    """Give the certificates whose key is the one that the node's id is the digest of."""
    for body in bodies:
        if isinstance(body, NodeCertified) and is_key_of(body):
            yield body
