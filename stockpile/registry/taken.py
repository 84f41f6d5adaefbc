"""Numbers that nodes took by themselves, as far as the registry has heard of them.

A home is founded with numbers of its own, and it may cut parts out of them before it is enrolled;
what it claims, and what it drew, is never granted to another node. What a node that is no longer
trusted claims stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, text

from stockpile.domain import codec
from stockpile.domain.facts import BlockGranted, Fact, MarkingBegun
from stockpile.domain.schemes import MOST_DIGITS
from stockpile.domain.values import NodeId
from stockpile.registry import register
from stockpile.registry.database import among
from stockpile.registry.tables import CLAIM, DRAWN, EV, NODE, NUMBERS_FOLLOWED, UNHEEDED

WIDEST_CLAIM: Final = 1_000_000
"""A claim wider than this is none: one wrong fact must not use up a scheme's numbers."""
_AT_ONCE: Final = 1_000
_KINDS: Final = [name for name, body in codec.KINDS.items() if body in (BlockGranted, MarkingBegun)]
_CLAIM: Final = text(
    "INSERT INTO claim (node, scheme, lo, hi) VALUES (:node, :scheme, :lo, :hi) "
    "ON CONFLICT DO NOTHING"
)
_DRAWN: Final = text(
    "INSERT INTO drawn (scheme, number) VALUES (:scheme, :number) ON CONFLICT DO NOTHING"
)


def begin(connection: Connection, own: NodeId) -> None:
    """Follow, once, what stands in the ledger from before numbers were followed here."""
    if connection.execute(select(NUMBERS_FOLLOWED.c.one)).scalar() is not None:
        return
    connection.execute(insert(NUMBERS_FOLLOWED), {"one": 1})
    stored = connection.execute(
        select(EV.c.payload)
        .join(UNHEEDED, register.IS_UNHEEDED, isouter=True)
        .where(EV.c.kind.in_(_KINDS), UNHEEDED.c.pos.is_(None))
    )
    for part in stored.scalars().partitions(_AT_ONCE):
        follow(connection, own, map(codec.decode, part))


def forget(connection: Connection) -> None:
    """Forget what was followed; the ledger can derive it anew."""
    for table in (CLAIM, DRAWN):
        connection.execute(delete(table))


def follow(connection: Connection, own: NodeId, new: Iterable[Fact]) -> None:
    """Take in what facts say of numbers that were claimed or drawn by others than the registry."""
    claims: set[tuple[NodeId, str, int, int]] = set()
    drawn: set[tuple[str, int]] = set()
    for fact in new:
        match fact.body:
            case BlockGranted(_, scheme, lo, hi) if fact.node != own and _is_claim(lo, hi):
                claims.add((fact.node, register.key_of(scheme), lo, hi))
            case MarkingBegun(scheme=scheme, number=number) if _is_number(number):
                drawn.add((register.key_of(scheme), number))
    if claims:
        _keep_claims(connection, claims)
    if drawn:
        rows = [{"scheme": scheme, "number": number} for scheme, number in sorted(drawn)]
        connection.execute(_DRAWN, rows)


def first_free(
    connection: Connection, scheme: str, lo: int, count: int, largest: int
) -> int | None:
    """Return the first of so many numbers in a row, from ``lo`` on, that nobody took; else None.

    ``scheme`` is a scheme's id as the database keeps it.
    """
    while lo + count - 1 <= largest:
        top = _highest_taken(connection, scheme, lo, lo + count - 1)
        if top is None:
            return lo
        lo = top + 1
    return None


def _highest_taken(connection: Connection, scheme: str, lo: int, hi: int) -> int | None:
    claimed = (
        select(func.max(CLAIM.c.hi))
        .join(NODE, NODE.c.id == CLAIM.c.node)
        .where(NODE.c.status.in_(("enrolled", "succeeded")), CLAIM.c.scheme == scheme)
        .where(CLAIM.c.hi >= lo, CLAIM.c.lo <= hi)
    )
    used = select(func.max(DRAWN.c.number)).where(
        DRAWN.c.scheme == scheme, DRAWN.c.number.between(lo, hi)
    )
    tops = (connection.execute(claimed).scalar(), connection.execute(used).scalar())
    return max((top for top in tops if top is not None), default=None)


def _keep_claims(connection: Connection, claims: set[tuple[NodeId, str, int, int]]) -> None:
    nodes = sorted({node for node, *_rest in claims})
    known = connection.execute(
        select(NODE.c.node, NODE.c.id).where(among(connection, NODE.c.node, nodes))
    )
    rows = {row.node: row.id for row in known}
    values = [
        {"node": rows[node], "scheme": scheme, "lo": lo, "hi": hi}
        for node, scheme, lo, hi in sorted(claims)
    ]
    connection.execute(_CLAIM, values)


def _is_number(number: int) -> bool:
    return 0 < number < 10**MOST_DIGITS


def _is_claim(lo: int, hi: int) -> bool:
    return _is_number(lo) and _is_number(hi) and lo <= hi < lo + WIDEST_CLAIM
