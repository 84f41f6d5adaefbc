"""How a node comes to be known: a one-time code, a signed request, a certificate; and how it goes.

Codes are random, kept only as digests, used once; the same node may repeat its request with the
code it used, and gets its certificate again. Every enrolment and revocation is a fact of the
registry's own chain, so that every node learns it from the feed and believes it by signature.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter, deque
from collections.abc import Sequence
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stockpile.domain import ledger
from stockpile.domain.authority_files import Brought
from stockpile.domain.errors import (
    CodeUnknown,
    FieldMissing,
    NodeQuarantined,
    NodeTrusted,
    NodeUnknown,
    PlaceUnknown,
    StatementInvalid,
    TooManyTries,
)
from stockpile.domain.exchange import (
    Certificate,
    EnrolRequest,
    code_key,
    code_text,
    demand_request,
    signed,
)
from stockpile.domain.facts import Attested, Draft, NodeCertified, NodeReadmitted, NodeRevoked
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry import register, scopes
from stockpile.registry.books import RegistryBooks
from stockpile.registry.intake import checked
from stockpile.registry.rows import Known
from stockpile.registry.statements import Signers, Statements, certify
from stockpile.registry.tables import CODE, NODE

SECRET_LENGTH: Final = 10
MOST_WRONG: Final = 20
_MINUTE: Final = 60_000
_AT_ONCE: Final = 500


class Enrolment:
    """The desk at which nodes are let in."""

    def __init__(self, books: RegistryBooks) -> None:
        self._books = books
        self._statements = Statements(books)
        self._wrong: deque[Instant] = deque(maxlen=MOST_WRONG)
        self._lock = Lock()

    def make_code(self, name: str, site: str = "", scope: Sequence[str] | None = None) -> str:
        """Return a new one-time code for a node of this name, and of what it is told.

        ``scope`` names sites, ``*`` the whole country; a node is told of its own site otherwise.
        """
        code = code_text(self._books.key.node, secrets.token_bytes(SECRET_LENGTH))
        row = {
            "hash": code_key(code), "name": name, "site": site, "made_at": self._books.now(),
            "scope": scopes.as_text(scopes.default_scope(site, scope)),
        }  # fmt: skip
        with self._books.writing() as connection:
            connection.execute(insert(CODE), row)
        return code

    def enrol(self, request: EnrolRequest) -> Certificate:
        """Enrol the node that asks, once, and return its certificate.

        Raises SignatureWrong, CodeUnknown, TooManyTries, NodeQuarantined.
        """
        demand_request(request)
        self._demand_patience()
        try:
            with self._books.writing() as connection:
                name = self._admit(connection, request)
        except CodeUnknown:
            self._note_wrong()
            raise
        said = Certificate(
            request.node, request.public_key, name, self._books.key.node,
            self._books.key.public_key, self._books.now(), b"",
        )  # fmt: skip
        return signed(said, self._books.key.sign)

    def certify(
        self, request: EnrolRequest, name: str = "", site: str = "",
        scope: Sequence[str] | None = None,
    ) -> NodeCertified:  # fmt: skip
        """Let in a node whose request came as a file and whose words were compared.

        A node that is in already gets the certificate that stands. Raises SignatureWrong,
        NodeQuarantined.
        """
        demand_request(request)
        at = site or request.site
        told = scopes.default_scope(at, scope)
        said = NodeCertified(request.node, request.public_key.hex(), name or request.name, at, told)
        with self._books.writing() as connection:
            if certify(self._books, connection, said):
                return said
        facts = self._books.history(request.node)
        standing = [one.body for one in facts if isinstance(one.body, NodeCertified)]
        return standing[-1] if standing else said

    def tell_of(
        self, node: NodeId, scope: Sequence[str], *, signers: Signers = ()
    ) -> Known:  # fmt: skip
        """Tell a node of these sites from now on, ``*`` of the whole country.

        It learns so at its next talk and reads the feed of its new scope from the start, of which
        it keeps what it lacks; what it was told before it keeps. A certificate of the registry's
        own chain says so, in the place of the one before. Raises FieldMissing for no site,
        PlaceUnknown for a site that nobody was told of yet, NodeUnknown, NodeQuarantined.
        """
        if not any(scope):
            raise FieldMissing("scope")
        told = scopes.default_scope("", scope)
        with self._books.writing() as connection:
            known = self._books.locked(connection, node)
            own = self._books.locked(connection, self._books.key.node)
            if known.node == own.node:
                raise NodeUnknown(node)
            known.demand_trust()
            _demand_sites(connection, told)
            if known.scope != told:
                said, replaced = self._certified_anew(connection, known, told)
                scopes.set_scope(connection, known.row, told)
                self._books.record(connection, (Draft(node, said, replaced),), signers)
        return self._books.node(node)

    def _certified_anew(
        self, connection: Connection, known: Known, scope: tuple[str, ...]
    ) -> tuple[NodeCertified, tuple[Digest, ...]]:
        """Return a node's certificate with another scope, and the hashes of what it replaces."""
        facts = [
            fact
            for fact in register.facts_of(connection, known.node)
            if isinstance(fact.body, NodeCertified) and fact.node == self._books.key.node
        ]
        replaced = {cause for fact in facts for cause in fact.replaces}
        heads = tuple(sorted(fact.hash for fact in facts if fact.hash not in replaced))
        key = known.public_key.hex()
        return NodeCertified(known.node, key, known.name, known.site, scope), heads

    def brought(self, certificate: NodeCertified, url: str = "") -> Brought:
        """Return what travels back to a node: its certificate and this registry's whole chain."""
        own, entries = self._books.key, list[Entry]()
        while portion := self._books.entries(own.node, len(entries), _AT_ONCE):
            entries += portion
        return Brought(certificate, own.public_key, url, tuple(entries))

    def revoke(
        self, node: NodeId, reason: str, *, signers: Signers = (), last_good: Tip | None = None,
        attested: tuple[Attested, ...] = (),
    ) -> Known:  # fmt: skip
        """Trust a node no more after its last good entry, the last one held unless one is named.

        What stands after it comes out of the register, what is sent later is kept as evidence. Of a
        node that is revoked already, another entry that is named moves the cut there. Raises
        NodeUnknown, LastGoodUnknown, StatementInvalid where these very words were said before, and
        AttestationMissing where officials' keys are set and fewer than two of them signed.
        """
        known = self._books.node(node)
        if node == self._books.key.node:
            raise NodeUnknown(node)
        good = last_good or known.tip
        if not self._is_cut(known, last_good):
            said = NodeRevoked(node, good.number, good.hash, reason, attested)
            self._publish(said, signers)
        return self._books.node(node)

    def _is_cut(self, known: Known, last_good: Tip | None) -> bool:
        """Say whether a node is cut off, and just there where an entry is named."""
        cut = self._statements.authority().cuts.get(known.node)
        if known.status != "revoked" or last_good is None or cut is None:
            return known.status == "revoked"
        return (cut.number, cut.digest) == (last_good.number, last_good.hash)

    def _publish(self, said: NodeRevoked | NodeReadmitted, signers: Signers) -> None:
        """Write a statement; raise StatementInvalid where the same one counted before."""
        if not self._statements.publish(said, signers):
            raise StatementInvalid("repeated")

    def readmit(
        self, node: NodeId, reason: str, *, signers: Signers = (),
        attested: tuple[Attested, ...] = (),
    ) -> Known:  # fmt: skip
        """Trust a node again that was revoked or in quarantine; its kept entries join its chain.

        Raises NodeUnknown, NodeTrusted, AttestationMissing, StatementInvalid.
        """
        if self._books.node(node).status not in ("revoked", "quarantined"):
            raise NodeTrusted(node)
        self._publish(NodeReadmitted(node, reason, attested), signers)
        self.take_evidence(node)
        return self._books.node(node)

    def take_evidence(self, node: NodeId) -> int:
        """Take in what was kept of a node while it was not trusted, as far as it goes on its chain.

        Returns the number of entries. What forks stays evidence: of two copies of one disk that
        both went on, the one that people keep sends its own branch.
        """
        all_ = [one for one in self._books.evidence() if one.node == node]
        seen = Counter(one.number for one in all_)
        kept = [one for one in all_ if one.why != "fork" and seen[one.number] == 1]
        known, taken = self._books.node(node), 0
        known.demand_trust()
        for one in sorted(kept, key=lambda each: each.number):
            header = ledger.read_header(one.entry.header)
            if (header.c, header.p) != (known.tip.number + 1, known.tip.hash):
                continue
            self._books.take(node, tuple(checked((one.entry,), node, known.public_key)))
            known, taken = self._books.node(node), taken + 1
        return taken

    def _admit(self, connection: Connection, request: EnrolRequest) -> str:
        """Use up the code and put the node in place; return the name it is known by."""
        code = _code(connection, request.code)
        if code.used_by not in (None, request.node):
            raise CodeUnknown
        name, site = code.name or request.name, code.site or request.site
        connection.execute(
            update(CODE)
            .where(CODE.c.hash == code.hash)
            .values(used_by=request.node, used_at=self._books.now())
        )
        asked = select(NODE.c.status, NODE.c.name).where(NODE.c.node == request.node)
        held = connection.execute(asked).one_or_none()
        if held is None:
            key = request.public_key.hex()
            said = NodeCertified(request.node, key, name, site, scopes.read(code.scope))
            certify(self._books, connection, said)
            return name
        if held.status != "enrolled":
            raise NodeQuarantined(request.node)
        return str(held.name)

    def _demand_patience(self) -> None:
        with self._lock:
            full = len(self._wrong) == MOST_WRONG
            if full and self._books.now() - self._wrong[0] < _MINUTE:
                raise TooManyTries

    def _note_wrong(self) -> None:
        with self._lock:
            self._wrong.append(self._books.now())


def _demand_sites(connection: Connection, names: Sequence[str]) -> None:
    """Raise PlaceUnknown for a site that no node is at and no scope names."""
    known = scopes.map_of(connection).sites
    unknown = next((one for one in names if one not in known), None)
    if unknown is not None:
        raise PlaceUnknown(unknown)


def _code(connection: Connection, typed: str) -> Any:  # noqa: ANN401 - a row
    """Return the code that was typed, compared in constant time; raise CodeUnknown."""
    asked = select(CODE).with_for_update()
    rows = connection.execute(asked).all()
    key = code_key(typed)
    found = [row for row in rows if hmac.compare_digest(bytes(row.hash), key)]
    if not found:
        raise CodeUnknown
    return found[0]
