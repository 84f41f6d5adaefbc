"""How far the blocks of marking numbers are used up: for whoever has to grant the next ones.

What is used is what nodes told of so far. A node that is out of touch may have drawn more. Numbers
of a block are drawn in their order: all up to the highest one that is known of are gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, func, select

from stockpile.domain.schemes import draws_number, largest_number, standing_scheme
from stockpile.domain.values import Instant, NodeId, SchemeId
from stockpile.registry.naming import reference_of
from stockpile.registry.tables import BLOCK, DRAWN, NODE, REFERENCE

_LOW: Final = 10
"""A block of which less than a tenth is left is running out."""
_KIND: Final = "scheme.set"


@dataclass(frozen=True, slots=True)
class Granted:
    """A block: whose, which numbers, how many of them are known to be drawn, until when."""

    scheme: SchemeId
    lo: int
    hi: int
    node: NodeId
    name: str
    used: int
    until: Instant
    granted: Instant

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return self.hi - self.lo + 1

    @property
    def left(self) -> int:
        """How many are not known to be drawn."""
        return self.size - self.used

    def is_over(self, now: Instant) -> bool:
        """Say whether no more are drawn from it."""
        return bool(self.until) and now > self.until

    @property
    def is_low(self) -> bool:
        """Say whether it is running out."""
        return self.left * _LOW < self.size


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme that draws numbers: its name, its largest number, the next one to be granted."""

    id: SchemeId
    name: str
    largest: int
    last_granted: int

    @property
    def left(self) -> int:
        """How many numbers were never granted."""
        return max(0, self.largest - self.last_granted)


def granted(connection: Connection) -> tuple[Granted, ...]:
    """Return every block, by scheme and number."""
    drawn = and_(DRAWN.c.scheme == BLOCK.c.scheme, DRAWN.c.number.between(BLOCK.c.lo, BLOCK.c.hi))
    highest = select(func.max(DRAWN.c.number)).where(drawn).scalar_subquery()
    asked = (
        select(BLOCK, NODE.c.node.label("owner"), NODE.c.name, highest.label("highest"))
        .join(NODE, NODE.c.id == BLOCK.c.node)
        .order_by(BLOCK.c.scheme, BLOCK.c.lo)
    )
    return tuple(
        Granted(
            SchemeId(row.scheme),
            row.lo,
            row.hi,
            NodeId(row.owner),
            row.name,
            0 if row.highest is None else row.highest - row.lo + 1,
            row.until,
            row.granted,
        )
        for row in connection.execute(asked)
    )


def schemes(connection: Connection) -> tuple[Scheme, ...]:
    """Return the schemes in force that draw numbers, by name."""
    asked = select(REFERENCE.c.id).where(REFERENCE.c.kind == _KIND)
    highest = select(BLOCK.c.scheme, func.max(BLOCK.c.hi).label("hi")).group_by(BLOCK.c.scheme)
    last = {row.scheme: row.hi for row in connection.execute(highest)}
    found = []
    for id_ in connection.execute(asked).scalars():
        body = standing_scheme(reference_of(connection, id_))
        if body is not None and not body.retired and draws_number(body):
            largest = largest_number(body)
            found.append(Scheme(SchemeId(id_), body.name, largest, last.get(id_) or 0))
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))


def running_out(connection: Connection, now: Instant) -> tuple[Granted, ...]:
    """Return the blocks in which a node draws its numbers now and that are running out.

    A node's newest block of a scheme stands for it: earlier ones are meant to run out.
    """
    newest: dict[tuple[str, str], Granted] = {}
    for one in granted(connection):
        if not one.is_over(now):
            newest[one.scheme, one.node] = one
    return tuple(one for one in newest.values() if one.is_low)
