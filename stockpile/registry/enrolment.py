"""How a node comes to be known: a one-time code, a signed request, a certificate; and how it goes.

Codes are random, kept only as digests, used once; the same node may repeat its request with the
code it used, and gets its certificate again. Every enrolment and revocation is a fact of the
registry's own chain, so that every node learns it from the feed and believes it by signature.
"""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stockpile.domain.errors import (
    CodeUnknown,
    NodeQuarantined,
    NodeUnknown,
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
from stockpile.domain.facts import Draft, NodeCertified, NodeRevoked
from stockpile.domain.values import Instant, NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.rows import Known
from stockpile.registry.tables import CODE, NODE

SECRET_LENGTH: Final = 10
MOST_WRONG: Final = 20
_MINUTE: Final = 60_000


class Enrolment:
    """The desk at which nodes are let in."""

    def __init__(self, books: RegistryBooks) -> None:
        self._books = books
        self._wrong: deque[Instant] = deque(maxlen=MOST_WRONG)
        self._lock = Lock()

    def make_code(self, name: str, site: str = "") -> str:
        """Return a new one-time code for a node of this name."""
        code = code_text(self._books.key.node, secrets.token_bytes(SECRET_LENGTH))
        row = {"hash": code_key(code), "name": name, "site": site, "made_at": self._books.now()}
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

    def revoke(self, node: NodeId, reason: str) -> Known:
        """Trust a node no more after the last entry held; raises NodeUnknown."""
        known = self._books.node(node)
        if node == self._books.key.node:
            raise NodeUnknown(node)
        if known.status != "revoked":
            with self._books.writing() as connection:
                named = NodeRevoked(node, known.tip.number, known.tip.hash, reason)
                connection.execute(update(NODE).where(NODE.c.node == node).values(status="revoked"))
                self._books.record(connection, (Draft(node, named),))
        return self._books.node(node)

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
            self._certify(connection, request, name, site)
            return name
        if held.status != "enrolled":
            raise NodeQuarantined(request.node)
        return str(held.name)

    def _certify(self, connection: Connection, request: EnrolRequest, name: str, site: str) -> None:
        named = NodeCertified(request.node, request.public_key.hex(), name, site)
        self._books.add_node(connection, request.node, request.public_key, name, site)
        self._books.record(connection, (Draft(request.node, named),))

    def _demand_patience(self) -> None:
        with self._lock:
            full = len(self._wrong) == MOST_WRONG
            if full and self._books.now() - self._wrong[0] < _MINUTE:
                raise TooManyTries

    def _note_wrong(self) -> None:
        with self._lock:
            self._wrong.append(self._books.now())


def _code(connection: Connection, typed: str) -> Any:  # noqa: ANN401 - a row
    """Return the code that was typed, compared in constant time; raise CodeUnknown."""
    asked = select(CODE.c.hash, CODE.c.name, CODE.c.site, CODE.c.used_by).with_for_update()
    rows = connection.execute(asked).all()
    key = code_key(typed)
    found = [row for row in rows if hmac.compare_digest(bytes(row.hash), key)]
    if not found:
        raise CodeUnknown
    return found[0]
