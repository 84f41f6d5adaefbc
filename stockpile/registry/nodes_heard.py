"""What each node last said, as staff look at it: when, how far, by which program, on which clock.

1. The last word is when the registry took in the node's newest entry, by the registry's clock.
2. How far a node's clock is off is what the node itself measured last against this registry; no
   entry is judged by it.
3. A node that was enrolled and has been silent for a fortnight needs somebody to ask after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, select

from stockpile.domain import codec, ledger
from stockpile.domain.clocks import PERSON
from stockpile.domain.errors import NodeUnknown
from stockpile.domain.facts import ClockObserved, Fact
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry import scopes
from stockpile.registry.database import among
from stockpile.registry.naming import called
from stockpile.registry.tables import BLOCK, CM, CODE, EV, FORK, NODE
from stockpile.registry.texts import key_of

SILENT_AFTER: Final[Instant] = 14 * 24 * 3_600_000
CLOCK: Final = "clock.observed"
_CODES: Final = 200
_COMPARISONS: Final = 50
"""Of the last of them one with this registry is sought: people say theirs in between."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A node and its last word; ``last`` is 0 where nothing was heard since it was enrolled."""

    node: NodeId
    name: str
    site: str
    scope: tuple[str, ...]
    status: str
    entries: int
    facts: int
    tip: Digest
    enrolled_at: Instant
    last: Instant
    program: str
    evidence: int

    def is_silent(self, now: Instant) -> bool:
        """Say whether it is time to ask after the node."""
        heard = max(self.last, self.enrolled_at)
        return self.status == "enrolled" and now - heard > SILENT_AFTER


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry kept as evidence: its number, why, when it came, its hash."""

    number: int
    why: str
    received: Instant
    hash: str


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A one-time code as it may be shown again: for whom, when made, by whom it was used."""

    name: str
    site: str
    made_at: Instant
    used_by: str
    used_at: Instant


def heard(connection: Connection, own: NodeId) -> tuple[Heard, ...]:
    """Return every node but the registry itself, those longest silent first."""
    rows = connection.execute(_asked().where(NODE.c.node != own))
    found = map(_heard, rows)
    return tuple(sorted(found, key=lambda one: (max(one.last, one.enrolled_at), one.node)))


def heard_of(connection: Connection, node: NodeId) -> Heard:
    """Return one node; raises NodeUnknown."""
    row = connection.execute(_asked().where(NODE.c.node == key_of(node))).one_or_none()
    if row is None:
        raise NodeUnknown(node)
    return _heard(row)


def clock_offset(connection: Connection, node: NodeId) -> int | None:
    """Return how many milliseconds the registry's clock was ahead of the node's, as it said last.

    A node compares them with every exchange over a line, and writes down what it finds where that
    is more than two minutes, or was. None where it never wrote anything of the kind.
    """
    said = (one.body for one in comparisons(connection, node))
    compared = (one for one in said if isinstance(one, ClockObserved) and one.source != PERSON)
    return next((one.offset for one in compared), None)


def comparisons(connection: Connection, node: NodeId) -> list[Fact]:
    """Return the last that a node wrote of its clock beside another one, the newest first."""
    return comparisons_of(connection, [node]).get(node, [])


def comparisons_of(
    connection: Connection, nodes: Collection[NodeId]
) -> defaultdict[NodeId, list[Fact]]:
    """Return the same of several nodes, asked for at once."""
    newest = EV.c.seq.desc()
    said = (
        select(
            EV.c.payload,
            EV.c.seq,
            func.row_number().over(partition_by=EV.c.node, order_by=newest).label("nth"),
        )
        .join(NODE, (NODE.c.id == EV.c.node) & (NODE.c.node == EV.c.subj))
        .where(among(connection, EV.c.subj, sorted(map(key_of, nodes))), EV.c.kind == CLOCK)
        .subquery()
    )
    asked = select(said.c.payload).where(said.c.nth <= _COMPARISONS).order_by(said.c.seq.desc())
    found: defaultdict[NodeId, list[Fact]] = defaultdict(list)
    for raw in connection.execute(asked).scalars():
        fact = codec.decode(bytes(raw))
        found[fact.node].append(fact)
    return found


def evidence_of(connection: Connection, node: NodeId, limit: int = 100) -> tuple[Evidence, ...]:
    """Return what is kept of a node that is not in its chain, the newest first."""
    asked = (
        select(FORK.c.no, FORK.c.why, FORK.c.received, FORK.c.hash)
        .join(NODE, NODE.c.id == FORK.c.node)
        .where(NODE.c.node == node)
        .order_by(FORK.c.received.desc(), FORK.c.no)
        .limit(limit)
    )
    rows = connection.execute(asked)
    return tuple(Evidence(row.no, row.why, row.received, row.hash) for row in rows)


def codes(connection: Connection) -> tuple[OneTimeCode, ...]:
    """Return the newest one-time codes, without the codes themselves."""
    asked = select(CODE).order_by(CODE.c.made_at.desc()).limit(_CODES)
    return tuple(
        OneTimeCode(row.name, row.site, row.made_at, row.used_by or "", row.used_at or 0)
        for row in connection.execute(asked)
    )


def _asked() -> Any:  # noqa: ANN401 - a statement with a dozen columns
    kept = select(func.count()).select_from(FORK).where(FORK.c.node == NODE.c.id).scalar_subquery()
    tip = and_(CM.c.node == NODE.c.id, CM.c.no == NODE.c.tip_no)
    return select(NODE, CM.c.received, CM.c.header, kept.label("kept")).join(CM, tip, isouter=True)


def _heard(row: Row[Any]) -> Heard:
    program = ledger.read_header(bytes(row.header)).app if row.header is not None else ""
    return Heard(
        NodeId(row.node), called(row.name, row.site), row.site, scopes.read(row.scope),
        row.status, row.tip_no, row.tip_seq, Digest(row.tip_hash), row.enrolled_at,
        row.received or 0, program, row.kept,
    )  # fmt: skip


def blocks_held(connection: Connection, node: NodeId) -> int:
    """Return how many blocks of numbers a node was granted."""
    asked = select(func.count()).select_from(BLOCK).join(NODE, NODE.c.id == BLOCK.c.node)
    return int(connection.execute(asked.where(NODE.c.node == node)).scalar_one())
