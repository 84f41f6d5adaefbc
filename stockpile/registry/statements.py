"""Statements of the authority come to the registry: proved, then written into its own chain.

What officials signed on computers without a network is brought here as a file. The registry adds
nothing to it: a statement that would change nothing is refused before it is written, and one that
was written already is not written again.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from stockpile.domain import authority
from stockpile.domain.authority import REVOKING, Authority, Statement
from stockpile.domain.errors import (
    AttestationMissing,
    CertifierUnknown,
    LastGoodUnknown,
    NodeQuarantined,
    SignatureWrong,
    StatementInvalid,
)
from stockpile.domain.facts import (
    Draft,
    Fact,
    NodeCertified,
    NodeReadmitted,
    NodeRevoked,
    RootsSet,
)
from stockpile.domain.ledger import Sign, node_id
from stockpile.domain.values import NodeId, OfficerId
from stockpile.registry.authority import standing
from stockpile.registry.books import RegistryBooks
from stockpile.registry.tables import CM, NODE

Signers = Sequence[tuple[OfficerId, Sign]]


class Statements:
    """The desk at which statements of the authority are taken in."""

    def __init__(self, books: RegistryBooks) -> None:
        self._books = books

    def authority(self) -> Authority:
        """Return what the statements of this registry's chain make."""
        with self._books.reading() as connection:
            return standing(connection, self._books.key.node)

    def publish(self, statement: Statement, signers: Signers = ()) -> tuple[Fact, ...]:
        """Write a statement that is valid; nothing for one that stands already.

        Raises AttestationMissing, StatementInvalid, CertifierUnknown, NodeUnknown, LastGoodUnknown,
        and what the registry's own officers lack.
        """
        with self._books.writing() as connection:
            own = self._books.locked(connection, self._books.key.node)
            now = standing(connection, own.node)
            if authority.statement_digest(statement) in now.heard:
                return ()
            demand_valid(now, statement, own.node)
            if isinstance(statement, NodeCertified):
                return self._certify(connection, now, statement, signers)
            if isinstance(statement, NodeRevoked | NodeReadmitted):
                self._demand_known(connection, statement)
            draft = Draft(authority.subject_of(statement), statement)
            return self._books.record(connection, (draft,), signers)

    def _certify(
        self, connection: Connection, now: Authority, said: NodeCertified, signers: Signers
    ) -> tuple[Fact, ...]:
        if not now.vouches(said):
            raise CertifierUnknown(said.node)
        return certify(self._books, connection, said, signers)

    def _demand_known(
        self, connection: Connection, statement: NodeRevoked | NodeReadmitted
    ) -> None:
        """Demand that the node is known, and its last good entry not another one here.

        A registry may hold less of it than others do: an entry that is not here yet is believed.
        """
        known = self._books.locked(connection, statement.node)
        if isinstance(statement, NodeRevoked) and 0 < statement.number <= known.tip.number:
            asked = select(CM.c.hash).where(CM.c.node == known.row, CM.c.no == statement.number)
            if connection.execute(asked).scalar_one().hex() != statement.digest:
                raise LastGoodUnknown(statement.node, statement.number)


def certify(
    books: RegistryBooks, connection: Connection, said: NodeCertified, signers: Signers = ()
) -> tuple[Fact, ...]:
    """Let a node in and say so in the registry's own chain; nothing for one that is in already.

    Raises SignatureWrong where key and node differ, NodeQuarantined.
    """
    key = authority.read_key(said.public_key)
    if key is None or node_id(key) != said.node:
        raise SignatureWrong(said.node)
    asked = select(NODE.c.status).where(NODE.c.node == said.node)
    status = connection.execute(asked).scalar()
    if status is not None:
        if status != "enrolled":
            raise NodeQuarantined(said.node)
        return ()
    books.add_node(connection, said.node, key, said.name, said.site, said.scope)
    return books.record(connection, (Draft(said.node, said),), signers)


def demand_valid(now: Authority, statement: Statement, registry: NodeId) -> None:
    """Raise AttestationMissing or StatementInvalid unless the statement would count."""
    fault = now.fault_of(statement)
    if isinstance(statement, NodeRevoked) and statement.node == registry:
        fault = "registry"
    if fault == "too_few":
        raise AttestationMissing(*_signatures(now, statement))
    if fault is not None:
        raise StatementInvalid(fault)


def _signatures(now: Authority, statement: Statement) -> tuple[int, int]:
    """Return how many signatures of the keys that are asked hold, and how many it takes."""
    roots = now.roots
    if roots is None:
        assert not isinstance(statement, NodeCertified)
        roots = statement if isinstance(statement, RootsSet) else None
    keys = authority.root_keys(roots) if roots is not None else frozenset()
    have = len(authority.signers(statement) & keys)
    if isinstance(statement, NodeRevoked | NodeReadmitted):
        return have, REVOKING
    return have, roots.threshold if roots is not None else 0
