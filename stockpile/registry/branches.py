"""Two histories of one computer: what stands in its chain, and what is kept beside it.

They begin where a disk was cloned or an old copy was switched on. Nobody but a person can say which
of the two computers is the one that people used; so both are told entry by entry.

1. A branch is a run of kept entries of which each names the one before by its hash.
2. The branch in the chain is told from the first number that is also told otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from stockpile.domain import codec, ledger, wire
from stockpile.domain.facts import EntryJudged, Fact
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry import register
from stockpile.registry.rows import entry_of, raws_at
from stockpile.registry.tables import CM, FORK, NODE
from stockpile.registry.texts import key_of

MOST: Final = 200
"""Entries of a node that are read from each place; what is kept beyond is in ``evidence``."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of a branch: its number, hash, the time its author's clock showed, what it says.

    ``received`` is when it came, by the registry's clock.
    """

    number: int
    hash: Digest
    at: Instant
    facts: tuple[Fact, ...]
    received: Instant


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the histories; ``stands`` is the one in the chain.

    ``count`` and ``facts`` count all of it that was read; of the chain all that stands there.
    """

    stands: bool
    entries: tuple[Told, ...]
    count: int
    facts: int

    @property
    def first(self) -> int:
        """The number of its first entry."""
        return self.entries[0].number

    @property
    def last(self) -> int:
        """The number of its last entry, also where it is not among those that are told."""
        return self.first + self.count - 1 if self.stands else self.entries[-1].number


def forked(connection: Connection) -> tuple[tuple[NodeId, str], ...]:
    """Return the nodes set apart because they wrote two histories, each with its name."""
    asked = (
        select(NODE.c.node, NODE.c.name)
        .join(FORK, FORK.c.node == NODE.c.id)
        .where(NODE.c.status == "quarantined", FORK.c.why == "fork")
        .distinct()
        .order_by(NODE.c.name, NODE.c.node)
    )
    return tuple((NodeId(row.node), row.name) for row in connection.execute(asked))


def branches(connection: Connection, node: NodeId) -> tuple[Branch, ...]:
    """Return the histories of a node, that in its chain first; none where there is only one."""
    kept = _kept(connection, node)
    beside = [_branch(run) for run in _runs(kept)]
    first = min((one.first for one in beside), default=0)
    standing = chain_from(connection, node, first) if first else ()
    found = []
    if standing:
        count, facts = counted_after(connection, node, first - 1)
        found = [Branch(stands=True, entries=standing, count=count, facts=facts)]
    found += beside
    return tuple(found) if len(found) > 1 else ()


def chain_from(
    connection: Connection, node: NodeId, first: int, limit: int = MOST
) -> tuple[Told, ...]:
    """Return entries of a node's chain from a number on, so many at most."""
    asked = (
        select(CM)
        .join(NODE, NODE.c.id == CM.c.node)
        .where(NODE.c.node == key_of(node), CM.c.no >= first)
        .order_by(CM.c.no)
        .limit(limit)
    )
    rows = connection.execute(asked).all()
    raws = raws_at(connection, [row.pos for row in rows])
    return tuple(_told(entry_of(row, raws.get(row.pos, ())), row.received) for row in rows)


def counted_after(connection: Connection, node: NodeId, number: int) -> tuple[int, int]:
    """Return how many entries stand in a node's chain after a number, and how many facts."""
    asked = (
        select(func.count(), func.coalesce(func.sum(CM.c.n), 0))
        .select_from(CM)
        .join(NODE, NODE.c.id == CM.c.node)
        .where(NODE.c.node == key_of(node), CM.c.no > number)
    )
    count, facts = connection.execute(asked).one()
    return int(count), int(facts)


def is_rejected(connection: Connection, first: Digest) -> bool:
    """Say whether two officers said that the history does not count that begins with an entry."""
    said = (one.body for one in register.facts_of(connection, first))
    return any(isinstance(one, EntryJudged) and not one.accepted for one in said)


def shared(connection: Connection, found: Sequence[Branch], node: NodeId) -> Tip | None:
    """Return the last entry that all these histories share; None for none that is held.

    There the authority cuts a chain off of which the history beside it is the right one.
    """
    number = min((one.first for one in found), default=0) - 1
    asked = (
        select(CM.c.hash)
        .join(NODE, NODE.c.id == CM.c.node)
        .where(NODE.c.node == key_of(node), CM.c.no == number)
    )
    held = connection.execute(asked).scalar() if number > 0 else None
    return None if held is None else Tip(number, 0, Digest(bytes(held).hex()))


def _kept(connection: Connection, node: NodeId) -> list[tuple[str, Told]]:
    """Return the kept entries, each with the hash of the one before it."""
    asked = (
        select(FORK.c.entry, FORK.c.received)
        .join(NODE, NODE.c.id == FORK.c.node)
        .where(NODE.c.node == key_of(node))
        .order_by(FORK.c.no, FORK.c.hash)
        .limit(MOST)
    )
    found = []
    for raw, received in connection.execute(asked):
        entry = wire.unpack(bytes(raw), ledger.MOST_FACTS)[0]
        found.append((ledger.read_header(entry.header).p, _told(entry, received)))
    return found


def _branch(run: Sequence[Told]) -> Branch:
    """Return a history that is kept beside the chain."""
    facts = sum(len(one.facts) for one in run)
    return Branch(stands=False, entries=tuple(run), count=len(run), facts=facts)


def _runs(kept: Sequence[tuple[str, Told]]) -> list[list[Told]]:
    """Return the kept entries branch by branch, each in order."""
    hashes = {told.hash for _before, told in kept}
    after: dict[str, list[Told]] = {}
    for before, told in kept:
        after.setdefault(before, []).append(told)
    runs = []
    for before, first in kept:
        if before not in hashes:
            runs.append(_run_from(first, after))
    return runs


def _run_from(first: Told, after: dict[str, list[Told]]) -> list[Told]:
    """Return a branch with all that grew from it; what parts again stands beside each other."""
    run, todo = [], [first]
    while todo:
        one = todo.pop(0)
        run.append(one)
        todo.extend(after.get(one.hash, ()))
    return sorted(run, key=lambda one: (one.number, one.hash))


def _told(entry: Entry, received: Instant) -> Told:
    header = ledger.read_header(entry.header)
    facts = tuple(map(codec.decode, entry.facts))
    return Told(header.c, ledger.entry_hash(entry.header), header.t, facts, received)
