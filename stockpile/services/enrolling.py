"""Enrolment without a network: a request goes out as a file, a certificate comes back as one.

1. The request is signed by the node's own key. Eight words stand for that key: who enrols compares
   them with what the node shows, by voice or in person, before anything is certified.
2. The certificate is for this node alone. It brings the registry's key and its whole own chain:
   the officials' keys, who is revoked, and what numbers were granted.
3. Eight words stand for the registry's key. They are compared before anything is believed: from
   then on the registry is the one that this node is enrolled with, as by a code over the line.
4. Loaded twice it changes nothing; a later one brings what is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import authority, authority_files, courier, people
from stockpile.domain.authority_files import Brought
from stockpile.domain.errors import (
    CertificateForOther,
    CertifierUnknown,
    CourierForged,
    CourierForOther,
    CourierTooLarge,
    FieldMissing,
    FieldUnreadable,
    NotEnrolled,
    StatementDamaged,
)
from stockpile.domain.exchange import EnrolRequest
from stockpile.domain.facts import BlockGranted, Draft, Fact, NodeCertified
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId, tidied
from stockpile.services.authority import Authorities, is_key_of
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    AuthorityKey,
    Books,
    Clock,
    CourierFiles,
    Keys,
    Peer,
    Recorded,
)

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was written: where, and the words that stand for this node's key."""

    file: Path
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A certificate file that was opened and proved; nothing of it was taken in.

    ``words`` stand for the registry's key; ``is_known`` says that it is pinned here already.
    ``granted`` counts the blocks of numbers that it brings for this node.
    """

    brought: Brought
    facts: tuple[Fact, ...]
    registry: NodeId
    words: str
    is_known: bool
    granted: int
    has_roots: bool


@dataclass(frozen=True, slots=True)
class Enrolling:
    """The desk for enrolment by file. Everything runs on the books lane."""

    books: Books
    keys: Keys
    clock: Clock
    files: CourierFiles

    # --- the node that asks -------------------------------------------------------------------

    def words(self) -> str:
        """Return the words that stand for this node's key."""
        return words_of(self.keys.public_key)

    def request(self, file: Path, name: str, site: str = "", *, by: SignedIn) -> Asked:
        """Write a request to be enrolled.

        Raises OfficerNotAuthorised, FieldMissing, DiskFull, DiskTrouble.
        """
        people.authorise(by.officer, "enrol")
        if not tidied(name):
            raise FieldMissing("name")
        raw = authority_files.request_bytes(
            self.keys.node, self.keys.public_key, tidied(name), tidied(site), self.keys.sign
        )
        self.files.write(file, raw)
        return Asked(file, self.words())

    def open(self, file: Path) -> Offer:
        """Open a certificate file and prove it.

        Raises FileUnreadable, StatementDamaged, CertificateForOther, CertifierUnknown.
        """
        path = str(file)
        brought = authority_files.read_inside(self._unlocked(file), path)
        said = brought.certificate
        if (said.node, said.public_key) != (self.keys.node, self.keys.public_key.hex()):
            raise CertificateForOther(said.node)
        facts = authority_files.proved(brought, path)
        registry = facts[0].node
        now = authority.authority_of(facts, {registry})
        named = any(
            fact.subject == said.node and isinstance(fact.body, NodeCertified) for fact in facts
        )
        if not named and not now.vouches(said):
            raise CertifierUnknown(said.node)
        return Offer(
            brought, facts, registry, words_of(brought.registry_key),
            self._pinned(brought.registry_key), self._granted(facts), now.roots is not None,
        )  # fmt: skip

    def take(self, offer: Offer, words: str, *, by: SignedIn) -> tuple[Recorded, Peer]:
        """Be enrolled by a certificate, once its words were compared and typed.

        A registry that is pinned here already wants no words. Raises OfficerNotAuthorised,
        FieldUnreadable for other words, ChainForked where the chain contradicts what is held.
        """
        people.authorise(by.officer, "enrol")
        typed, meant = courier.tidied_words(words), courier.tidied_words(offer.words)
        if not offer.is_known and typed != meant:
            raise FieldUnreadable("words", words)
        brought = offer.brought
        self.books.trust(offer.registry, brought.registry_key)
        recorded = self.books.receive(brought.entries)
        peer = self._peer(offer)
        self.books.keep_peer(peer)
        return self._kept(brought.certificate, recorded, by), peer

    # --- the officer who enrols ---------------------------------------------------------------

    def read_request(self, file: Path) -> tuple[EnrolRequest, str]:
        """Return a request and the words of its key, to be compared with what the node shows.

        Raises FileUnreadable, StatementDamaged.
        """
        request = authority_files.read_request(self._read(file), str(file))
        return request, words_of(request.public_key)

    def certify(
        self, request: EnrolRequest, file: Path, key: AuthorityKey, *, by: SignedIn,
        name: str = "", site: str = "", scope: Sequence[str] = (),
    ) -> NodeCertified:  # fmt: skip
        """Write a certificate for a node whose words were compared, signed by an enrolment key.

        ``scope`` names the sites that it is told of, ``*`` the whole country, nobody its own site.
        Raises OfficerNotAuthorised, NotEnrolled, CertifierUnknown where the authority did not name
        the key, DiskFull, DiskTrouble.
        """
        people.authorise(by.officer, "enrol")
        peer = next(iter(self.books.peers()), None)
        if peer is None:
            raise NotEnrolled
        at = tidied(site) or request.site
        told = () if "*" in scope else tuple(sorted({*scope} or {at} - {""}))
        said = NodeCertified(
            request.node, request.public_key.hex(), tidied(name) or request.name, at, told
        )
        signed = authority.attested(said, key.public_key, key.sign)
        if not Authorities(self.books).now().vouches(signed):
            raise CertifierUnknown(request.node)
        brought = Brought(signed, peer.registry_key, peer.url, tuple(self._chain(peer.registry)))
        inside = authority_files.certificate_inside(brought)
        locked = self.files.lock(inside, [request.public_key], "")
        self.files.write(file, authority_files.certificate_bytes(request.node, locked))
        return signed

    # --- inside -------------------------------------------------------------------------------

    def _read(self, file: Path) -> bytes:
        try:
            return self.files.read(file)
        except CourierTooLarge as error:
            raise StatementDamaged(str(file), "size") from error

    def _unlocked(self, file: Path) -> bytes:
        path = str(file)
        node, locked = authority_files.read_envelope(self._read(file), path)
        if node != self.keys.node:
            raise CertificateForOther(node)
        try:
            return self.files.unlock(locked, "", path)
        except CourierForOther as error:
            raise CertificateForOther(node) from error
        except CourierForged as error:
            raise StatementDamaged(path, "lock") from error

    def _pinned(self, key: bytes) -> bool:
        return any(peer.registry_key == key for peer in self.books.peers())

    def _granted(self, facts: Sequence[Fact]) -> int:
        ours = (fact for fact in facts if isinstance(fact.body, BlockGranted))
        return sum(fact.body.node == self.keys.node for fact in ours)  # type: ignore[union-attr]

    def _peer(self, offer: Offer) -> Peer:
        """Return the registry as it is pinned: how far an exchange with it got stays as it is."""
        key = offer.brought.registry_key
        for peer in self.books.peers():
            if peer.registry_key == key and peer.url:
                return peer
        return Peer(offer.brought.url, offer.registry, key, heard_at=self.clock.now())

    def _kept(self, certificate: NodeCertified, recorded: Recorded, by: SignedIn) -> Recorded:
        """Keep an officer's certificate in this node's own chain: so couriers show it to others."""
        if not certificate.attested or not is_key_of(certificate):
            return recorded
        held = (fact.body for fact in self.books.history(certificate.node))
        if certificate in held:
            return recorded
        draft = Draft(certificate.node, certificate)
        own = self.books.record([draft], by=by.id, signers=[by.key])
        return Recorded((*recorded.entries, *own.entries), (*recorded.facts, *own.facts))

    def _chain(self, node: NodeId) -> list[Entry]:
        entries: list[Entry] = []
        while portion := self.books.entries(node, len(entries), _AT_ONCE):
            entries += portion
        return entries


def words_of(public_key: bytes) -> str:
    """Return eight words that stand for a key, to be compared by voice in any language."""
    return courier.words_of(authority.fingerprint(public_key))
