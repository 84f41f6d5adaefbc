"""What is lost, what came back, what is on the road and should have arrived.

Each list is read from its own index, a page at a time, the newest or the longest overdue first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, text

from stockpile.domain import codec
from stockpile.domain.facts import Fact
from stockpile.domain.transfers import Waybill, waybill_of
from stockpile.domain.values import Instant
from stockpile.registry.database import among
from stockpile.registry.finding import Line, lines_of
from stockpile.registry.finding_tables import WAYBILL
from stockpile.registry.histories import references_of
from stockpile.registry.register import IS_UNHEEDED
from stockpile.registry.tables import CM, EV, HOT, REFERENCE, UNHEEDED
from stockpile.registry.texts import key_of

Which = Literal["overdue", "under_way"]
_OF_LOSS: Final = text("ev.kind IN ('weapon.lost', 'weapon.recovered')")
"""Written out as in the migration: only so is the index found that stands for just these."""
_UNDER_WAY: Final = text("waybill.state IN ('open', 'partly')")

_texts = msgspec.json.Decoder(tuple[str, ...]).decode


@dataclass(frozen=True, slots=True)
class Told:
    """A loss or a recovery as it was told: the fact, what its entry lacks, where it lies.

    ``received`` is when it came here.
    """

    fact: Fact
    lack: str
    place: tuple[int, int]
    line: Line | None
    received: Instant


@dataclass(frozen=True, slots=True)
class Hot:
    """A weapon on the hot list; no line where it was told ahead and is on no record here yet."""

    key: str
    texts: tuple[str, ...]
    line: Line | None


@dataclass(frozen=True, slots=True)
class Carriage:
    """A transfer as lists show it: the waybill, and the nodes at both ends where they are known.

    ``to_node`` is who opened the place that it goes to.
    """

    waybill: Waybill
    due: str
    missing: int
    from_node: str
    to_node: str


def losses(connection: Connection, before: tuple[int, int] | None, limit: int) -> tuple[Told, ...]:
    """Return losses and recoveries, the last told first; ``before`` is a place to go on from."""
    asked = (
        select(EV.c.pos, EV.c.seq, EV.c.payload, UNHEEDED.c.lack, CM.c.received)
        .join(CM, (CM.c.node == EV.c.node) & (CM.c.pos == EV.c.pos))
        .join(UNHEEDED, IS_UNHEEDED, isouter=True)
        .where(_OF_LOSS)
        .order_by(EV.c.pos.desc(), EV.c.seq.desc())
        .limit(limit)
    )
    if before is not None:
        asked = asked.where(_earlier(before))
    rows = connection.execute(asked).all()
    facts = [codec.decode(bytes(row.payload)) for row in rows]
    lines = _lines(connection, (one.subject for one in facts))
    return tuple(
        Told(
            fact, row.lack or "", (row.pos, row.seq), lines.get(key_of(fact.subject)), row.received
        )
        for row, fact in zip(rows, facts, strict=True)
    )


def hot(connection: Connection, after: str, limit: int) -> tuple[Hot, ...]:
    """Return the weapons on the hot list after a key, in the order of their ids."""
    asked = select(HOT.c.weapon, HOT.c.texts).where(HOT.c.weapon > key_of(after))
    rows = connection.execute(asked.order_by(HOT.c.weapon).limit(limit)).all()
    lines = _lines(connection, (row.weapon for row in rows))
    return tuple(Hot(row.weapon, _texts(row.texts), lines.get(row.weapon)) for row in rows)


def transfers(
    connection: Connection, which: Which, today: str, after: tuple[str, str] | None, limit: int
) -> tuple[Carriage, ...]:
    """Return transfers on the road, the longest overdue first; without a day at the end.

    ``today`` is an ISO date; ``after`` the day and id of the last one seen.
    """
    dated = WAYBILL.c.due != ""
    asked = select(WAYBILL).where(_UNDER_WAY)
    if which == "overdue":
        asked = asked.where(dated, WAYBILL.c.due < today)
    if after is not None:
        due, id_ = after
        asked = asked.where(
            or_(WAYBILL.c.due > due, and_(WAYBILL.c.due == due, WAYBILL.c.id > id_))
        )
    rows = connection.execute(asked.order_by(WAYBILL.c.due, WAYBILL.c.id).limit(limit)).all()
    return _carriages(connection, rows)


def transfer(connection: Connection, waybill: str) -> Carriage | None:
    """Return one transfer, on the road or arrived."""
    row = connection.execute(select(WAYBILL).where(WAYBILL.c.id == key_of(waybill))).one_or_none()
    return None if row is None else _carriages(connection, (row,))[0]


def overdue(connection: Connection, today: str, most: int = 100) -> int:
    """Return how many transfers are overdue, counted no further than ``most``."""
    asked = select(WAYBILL.c.id).where(_UNDER_WAY, WAYBILL.c.due != "", WAYBILL.c.due < today)
    return len(connection.execute(asked.limit(most)).all())


def _carriages(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Carriage, ...]:
    """Return transfers with all that is told of them, in two questions however many there are."""
    opened = references_of(connection, [row.id for row in rows])
    ends = (waybill_of(opened[row.id]) for row in rows)
    waybills = [one for one in ends if one is not None]  # only an opened one has a row
    openers = _openers(connection, {one.opened.to for one in waybills if one.opened.to})
    return tuple(
        Carriage(one, row.due, row.missing, one.node, openers.get(one.opened.to or "", ""))
        for row, one in zip(rows, waybills, strict=True)
    )


def _openers(connection: Connection, places: Iterable[str]) -> dict[str, str]:
    """Return the nodes that opened places: who answers for what should arrive there."""
    keys = {one: key_of(one) for one in places}
    asked = select(REFERENCE.c.id).where(among(connection, REFERENCE.c.id, sorted(keys.values())))
    known = set(connection.execute(asked).scalars()) if keys else set()
    found = references_of(connection, [one for one, key in keys.items() if key in known])
    return {one: place.opening.order[1] for one, place in found.items() if place.opening}


def _lines(connection: Connection, weapons: Iterable[str]) -> dict[str, Line]:
    found = lines_of(connection, dict.fromkeys(weapons))
    return {key_of(one.weapon.id): one for one in found}


def _earlier(place: tuple[int, int]) -> ColumnElement[bool]:
    pos, seq = place
    return or_(EV.c.pos < pos, and_(EV.c.pos == pos, EV.c.seq < seq))
