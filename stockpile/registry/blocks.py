"""Marking numbers for all nodes: each block is granted once, to one node, for ever.

A grant is a row and a fact of the registry's own chain, in one transaction: every node learns whose
numbers are whose. The row's constraints, not this code, forbid that two blocks of a scheme overlap.
What nodes took by themselves before they were enrolled (the numbers that their homes were founded
with, and what they cut with them) is stepped over as far as it is known here.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, insert, select

from stockpile.domain import references
from stockpile.domain.errors import NodeUnknown, NumbersUsedUp, QuantityUnreadable, SchemeUnknown
from stockpile.domain.exchange import BlockAnswer, BlockRequest
from stockpile.domain.facts import BlockGranted, Draft
from stockpile.domain.ledger import Sign
from stockpile.domain.references import Reference
from stockpile.domain.schemes import draws_number, largest_number, standing_scheme
from stockpile.domain.values import Instant, NodeId, OfficerId, SchemeId, new_id
from stockpile.registry import register, taken
from stockpile.registry.books import RegistryBooks
from stockpile.registry.rows import Known
from stockpile.registry.tables import BLOCK, NODE

MOST_AT_ONCE: Final = 10_000
MOST_A_MONTH: Final = 50_000
"""Numbers of one scheme that a node gets by asking in four weeks; people may grant it more."""
MOST_BY_HAND: Final = 1_000_000
LEASE: Final[Instant] = 366 * 24 * 3_600_000
"""How long numbers that a node asked for may be drawn: a year. It asks anew in time."""
_MONTH: Final[Instant] = 28 * 24 * 3_600_000
_RANDOM_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Block:
    """A block as granted: to whom, which numbers, until when (0: no end), and when."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int
    until: Instant
    granted: Instant


class Granting:
    """The desk at which blocks of numbers are granted."""

    def __init__(self, books: RegistryBooks) -> None:
        self._books = books

    def answer(self, node: NodeId, request: BlockRequest) -> BlockAnswer:
        """Grant what a node asks for; asked again for the same block, give the same.

        Raises NodeQuarantined, SchemeUnknown, QuantityUnreadable, NumbersUsedUp where the scheme's
        digits, or what a node gets by asking in a month, are at an end.
        """
        if not 0 < request.count <= MOST_AT_ONCE or not 0 <= request.nth < MOST_BY_HAND:
            raise QuantityUnreadable(str(request.count))
        with self._books.writing() as connection:
            asker = self._asker(connection, node)
            held = _asked_before(connection, asker, request)
            if held is not None:
                return held
            self._demand_measure(connection, asker, request)
            until = self._books.now() + LEASE
            return self._grant(connection, asker, request, until, request.nth)

    def grant(
        self, node: NodeId, scheme: SchemeId, count: int, until: Instant = 0,
        signers: Sequence[tuple[OfficerId, Sign]] = (),
    ) -> BlockAnswer:  # fmt: skip
        """Grant a node so many numbers by hand, up to an instant or for good.

        Raises NodeUnknown, NodeQuarantined, SchemeUnknown, QuantityUnreadable, NumbersUsedUp.
        """
        if not 0 < count <= MOST_BY_HAND:
            raise QuantityUnreadable(str(count))
        with self._books.writing() as connection:
            asker = self._asker(connection, node)
            asked = BlockRequest(scheme, count, 0)
            return self._grant(connection, asker, asked, until, None, signers)

    def blocks(self) -> tuple[Block, ...]:
        """Return every block that was granted, by scheme and number."""
        asked = select(BLOCK, NODE.c.node.label("owner")).join(NODE, NODE.c.id == BLOCK.c.node)
        with self._books.reading() as connection:
            rows = connection.execute(asked.order_by(BLOCK.c.scheme, BLOCK.c.lo)).all()
        return tuple(
            Block(row.owner, SchemeId(row.scheme), row.lo, row.hi, row.until, row.granted)
            for row in rows
        )

    # --- inside -----------------------------------------------------------------------------

    def _asker(self, connection: Connection, node: NodeId) -> Known:
        """Return the node that gets the numbers, locked, and then the registry's own row.

        That row is the lock under which one block at a time is granted.
        """
        asker = self._books.locked(connection, node)
        own = self._books.locked(connection, self._books.key.node)
        if asker.node == own.node:
            raise NodeUnknown(node)
        asker.demand_trust()
        return asker

    def _demand_measure(self, connection: Connection, asker: Known, request: BlockRequest) -> None:
        size = func.coalesce(func.sum(BLOCK.c.hi - BLOCK.c.lo + 1), 0)
        lately = select(size).where(
            BLOCK.c.node == asker.row,
            BLOCK.c.scheme == register.key_of(request.scheme),
            BLOCK.c.nth.is_not(None),
            BLOCK.c.granted > self._books.now() - _MONTH,
        )
        if connection.execute(lately).scalar_one() + request.count > MOST_A_MONTH:
            raise NumbersUsedUp(request.scheme)

    def _grant(
        self, connection: Connection, asker: Known, asked: BlockRequest, until: Instant,
        nth: int | None, signers: Sequence[tuple[OfficerId, Sign]] = (),
    ) -> BlockAnswer:  # fmt: skip
        key, largest = register.key_of(asked.scheme), _largest(connection, asked.scheme)
        last = connection.execute(
            select(func.max(BLOCK.c.hi)).where(BLOCK.c.scheme == key)
        ).scalar()
        lo = taken.first_free(connection, key, (last or 0) + 1, asked.count, largest)
        if lo is None:
            raise NumbersUsedUp(asked.scheme)
        now, hi = self._books.now(), lo + asked.count - 1
        row = {
            "scheme": key, "lo": lo, "hi": hi, "follows": last, "node": asker.row, "nth": nth,
            "until": until, "granted": now,
        }  # fmt: skip
        connection.execute(insert(BLOCK), row)
        subject = new_id(now, secrets.token_bytes(_RANDOM_BYTES))
        body = BlockGranted(asker.node, asked.scheme, lo, hi, until)
        self._books.record(connection, (Draft(subject, body),), signers)
        return BlockAnswer(asker.node, asked.scheme, lo, hi, until)


def _asked_before(
    connection: Connection, asker: Known, request: BlockRequest
) -> BlockAnswer | None:
    """Return what this very request was answered with before."""
    same = select(BLOCK).where(
        BLOCK.c.node == asker.row,
        BLOCK.c.scheme == register.key_of(request.scheme),
        BLOCK.c.nth == request.nth,
    )
    row = connection.execute(same).one_or_none()
    if row is None:
        return None
    return BlockAnswer(asker.node, request.scheme, row.lo, row.hi, row.until)


def _largest(connection: Connection, scheme: SchemeId) -> int:
    """Return the largest number that the scheme writes; raises SchemeUnknown if it draws none."""
    reference = Reference(scheme)
    for fact in register.facts_of(connection, scheme):
        reference = references.after(reference, fact)
    body = standing_scheme(reference)
    if body is None or body.retired or not draws_number(body):
        raise SchemeUnknown(scheme)
    return largest_number(body)
