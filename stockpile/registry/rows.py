"""The rows behind the registry's books: what is read of them, what is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, case, exists, insert, select, true, update

from stockpile.domain import codec, ledger, wire
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    ChainGap,
    NodeQuarantined,
    NodeUnknown,
)
from stockpile.domain.exchange import NodeStatus
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry import log, register, scopes
from stockpile.registry.database import among
from stockpile.registry.tables import CM, EV, LEAF, LOG_HEAD, NODE, TREE

MOST_KEPT: Final = 10_000
"""Entries that are kept beside a chain: what signs more than that is proved long since."""


@dataclass(frozen=True, slots=True)
class Known:
    """A node as the registry knows it."""

    row: int
    node: NodeId
    name: str
    site: str
    public_key: bytes
    status: NodeStatus
    tip: Tip
    enrolled_at: Instant
    scope: tuple[str, ...] = ()

    def demand_trust(self) -> None:
        """Raise NodeQuarantined unless what the node sends still counts."""
        if self.status != "enrolled":
            raise NodeQuarantined(self.node)


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that was verified on its own: what its header says, its facts, its hash."""

    entry: Entry
    header: ledger.Header
    facts: tuple[Fact, ...]
    hash: Digest


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry kept as evidence: whose, which number, why, and the entry itself."""

    node: NodeId
    number: int
    why: str
    entry: Entry


def known_node(connection: Connection, node: NodeId, *, locked: bool = False) -> Known:
    """Return a node, and lock its row if it will change; raises NodeUnknown."""
    asked = select(NODE).where(NODE.c.node == node)
    row = connection.execute(asked.with_for_update() if locked else asked).one_or_none()
    if row is None:
        raise NodeUnknown(node)
    return known_of(row)


def known_of(row: Row[Any]) -> Known:
    """Return the node in a row."""
    tip = Tip(row.tip_no, row.tip_seq, Digest(row.tip_hash))
    return Known(
        row.id, row.node, row.name, row.site, row.public_key, row.status, tip, row.enrolled_at,
        scopes.read(row.scope),
    )  # fmt: skip


def continuing(connection: Connection, known: Known, batch: Sequence[Checked]) -> Sequence[Checked]:
    """Return the entries that are not held yet, once they are seen to continue the chain."""
    held = held_hashes(connection, known, batch)
    for one in batch:
        if one.header.c <= known.tip.number and held.get(one.header.c) != one.hash:
            raise ChainForked(known.node, one.header.c)
    new = [one for one in batch if one.header.c > known.tip.number]
    if new:
        _demand_continues(known, new[0].header)
    return new


def _demand_continues(known: Known, header: ledger.Header) -> None:
    if header.c > known.tip.number + 1:
        raise ChainGap(known.node, known.tip.number, header.c)
    if header.p != known.tip.hash:
        raise ChainForked(known.node, header.c)
    if header.f != known.tip.seq + 1:
        raise ChainBroken(known.node, header.c, "sequence")


def held_hashes(connection: Connection, known: Known, batch: Sequence[Checked]) -> dict[int, str]:
    """Return the hashes held under the numbers of the batch."""
    numbers = [one.header.c for one in batch if one.header.c <= known.tip.number]
    if not numbers:
        return {}
    asked = select(CM.c.no, CM.c.hash).where(
        CM.c.node == known.row, among(connection, CM.c.no, numbers)
    )
    return {no: hashed.hex() for no, hashed in connection.execute(asked)}


FACT_COLUMNS: Final = ("pos", "seq", "node", "kind", "subj", "payload")


def fact_rows(node: int, pos: int, one: Checked) -> Iterator[tuple[Any, ...]]:
    """Give the rows of an entry's facts: values of ``FACT_COLUMNS``."""
    for fact, raw in zip(one.facts, one.entry.facts, strict=True):
        kind, subject = codec.kind_of(fact.body), fact.subject
        yield pos, fact.seq, node, register.key_of(kind), register.key_of(subject), raw


ENTRY_COLUMNS: Final = (
    "node", "no", "pos", "first", "n", "size", "leaf_pos", "received", "hash", "header", "sig",
)  # fmt: skip


def entry_row(node: int, pos: int, leaf: int, at: Instant, one: Checked) -> tuple[Any, ...]:
    """Return the row of an entry: values of ``ENTRY_COLUMNS``."""
    header, size = one.header, sum(map(len, one.entry.facts))
    return (
        node, header.c, pos, header.f, header.k, size, leaf, at, bytes.fromhex(one.hash),
        one.entry.header, wire.signatures(one.entry),
    )  # fmt: skip


def log_head(connection: Connection, *, locked: bool = False) -> log.Head:
    """Return the end of the log, and lock it if it will grow."""
    asked = select(LOG_HEAD.c.size, LOG_HEAD.c.peaks)
    row = connection.execute(asked.with_for_update() if locked else asked).one()
    return log.head_of(row.size, row.peaks)


def subtree(connection: Connection, level: int, index: int) -> bytes:
    """Return the hash of a whole subtree of the log."""
    asked = select(TREE.c.hash).where(TREE.c.level == level, TREE.c.idx == index)
    return bytes(connection.execute(asked).scalar_one())


def found_log(connection: Connection) -> None:
    """Begin the log."""
    empty = log.Head()
    row = {"one": 1, "size": 0, "root": empty.root, "peaks": empty.to_bytes(), "lamport": 0}
    connection.execute(insert(LOG_HEAD), row)


def keep_head(connection: Connection, head: log.Head, heard: int = 0) -> None:
    """Move the end of the log; ``heard`` is the highest Lamport counter in what came."""
    before = LOG_HEAD.c.lamport
    connection.execute(
        update(LOG_HEAD).values(
            size=head.size, root=head.root, peaks=head.to_bytes(),
            lamport=case((before < heard, heard), else_=before),
        )
    )  # fmt: skip


def move_tip(connection: Connection, known: Known, last: Checked) -> None:
    """Move the end of a node's chain."""
    seq = last.header.f + last.header.k - 1
    connection.execute(
        update(NODE)
        .where(NODE.c.id == known.row)
        .values(tip_no=last.header.c, tip_seq=seq, tip_hash=last.hash)
    )


def raws_at(connection: Connection, placed: Sequence[int]) -> dict[int, tuple[bytes, ...]]:
    """Return the facts' bytes of several entries, by the entries' places."""
    if not placed:
        return {}
    asked = select(EV.c.pos, EV.c.payload).where(among(connection, EV.c.pos, placed))
    rows = connection.execute(asked.order_by(EV.c.pos, EV.c.seq))
    return {
        pos: tuple(bytes(row.payload) for row in group)
        for pos, group in groupby(rows, key=lambda row: row.pos)
    }


def entry_of(row: Row[Any], raws: tuple[bytes, ...]) -> Entry:
    """Return the entry in a row, with its facts."""
    signature, officers = wire.read_signatures(row.sig)
    return Entry(bytes(row.header), signature, raws, officers)


def placed_between(
    connection: Connection, first: int, before: int, kinds: Sequence[str] = ()
) -> Iterator[tuple[Known, list[tuple[int, Checked]]]]:
    """Give the entries at positions from ``first`` to before ``before``, run by run of one node.

    Each comes with the place where its facts lie; it was verified when it was taken in. ``kinds``
    leaves out entries that hold none of these.
    """
    about = (EV.c.pos == CM.c.pos) & EV.c.kind.in_(kinds)
    rows = connection.execute(
        select(CM, NODE.c.node.label("owner"))
        .select_from(LEAF)
        .join(CM, (CM.c.node == LEAF.c.node) & (CM.c.no == LEAF.c.no))
        .join(NODE, NODE.c.id == LEAF.c.node)
        .where(LEAF.c.pos >= first, LEAF.c.pos < before)
        .where(exists().where(about) if kinds else true())
        .order_by(LEAF.c.pos)
    ).all()
    raws = raws_at(connection, [row.pos for row in rows])
    for owner, run in groupby(rows, key=lambda row: row.owner):
        placed = [(row.pos, checked_of(row, raws[row.pos])) for row in run]
        yield known_node(connection, owner), placed


def checked_of(row: Row[Any], raws: tuple[bytes, ...]) -> Checked:
    """Return the entry in a row as it was verified when it was taken in."""
    entry = entry_of(row, raws)
    known = tuple(codec.decode(raw) for raw in raws)
    return Checked(entry, ledger.read_header(entry.header), known, Digest(row.hash.hex()))
