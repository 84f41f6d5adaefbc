"""What the authority says, as far as it was heard here: in the chains of the registries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stockpile.domain import authority, codec, ledger
from stockpile.domain.authority import Authority
from stockpile.domain.errors import FactUnreadable
from stockpile.domain.facts import NodeCertified, NodeFounded
from stockpile.domain.ledger import Entry
from stockpile.services.ports import Books

_NAMED = b"node.certified"


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who speaks for the country; on the books lane."""

    books: Books

    def now(self) -> Authority:
        """Return what the statements of the registries that we are enrolled with make."""
        nodes = (one.subject for one in self.books.references(NodeFounded, NodeCertified))
        subjects = (authority.SUBJECT, *nodes)
        facts = [fact for subject in subjects for fact in self.books.history(subject)]
        return authority.authority_of(facts, {peer.registry for peer in self.books.peers()})

    def vouched_in(self, entries: Iterable[Entry]) -> tuple[NodeCertified, ...]:
        """Return the certificates in these entries that a named enrolment key signed.

        Each proves itself, whoever passes it on; the entries need not be proved.
        """
        found = [one for entry in entries for one in _certificates(entry)]
        if not found:
            return ()
        now = self.now()
        return tuple(one for one in found if now.vouches(one) and is_key_of(one))


def is_key_of(certificate: NodeCertified) -> bool:
    """Say whether a certificate names the key that its node's id is the digest of."""
    key = authority.read_key(certificate.public_key)
    return key is not None and ledger.node_id(key) == certificate.node


def _certificates(entry: Entry) -> Iterable[NodeCertified]:
    for raw in entry.facts:
        if _NAMED not in raw:  # decoded only where it may hold one
            continue
        try:
            body = codec.decode(raw).body
        except FactUnreadable:
            continue
        if isinstance(body, NodeCertified) and body.attested:
            yield body
