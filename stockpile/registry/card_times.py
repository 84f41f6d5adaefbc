"""When what a card tells was written, where its author's clock is doubted: as the registry saw it.

An entry cannot have been written after it came. So one that is dated later has a wrong clock,
whether anybody compared it or not, and what hangs on a day is counted from when it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, select

from stockpile.domain.card_parts import Card, Side
from stockpile.domain.clock_doubts import is_dated_after
from stockpile.domain.values import Digest, Instant
from stockpile.registry.database import among
from stockpile.registry.tables import CM, EV, NODE
from stockpile.registry.texts import key_of

_Place = tuple[str, int]
"""Where a fact stands: its node, and its number among that node's facts."""


def dated(
    connection: Connection, made: Sequence[Card], known: Mapping[Digest, Instant] | None = None
) -> list[Card]:
    """Return cards whose sides are held against when the registry received them, all at once.

    ``known`` says when facts came, each by its hash, where that is known already: of those beside a
    chain no row tells it.
    """
    told = [side.last for card in made for side in card.sides if side.last is not None]
    if known is None:
        places = _received(connection, {one.subject for one in told})
        found = {one.hash: places.get((one.node, one.seq)) for one in told}
        known = {hash_: at for hash_, at in found.items() if at is not None}
    held = partial(_held, known)
    return [replace(card, sides=tuple(map(held, card.sides))) for card in made]


def _held(came: Mapping[Digest, Instant], side: Side) -> Side:
    last = side.last
    received = came.get(last.hash) if last is not None else None
    if last is None or received is None:
        return side
    if not side.clock_doubted and not is_dated_after(last.at, received):
        return side
    written = received if side.written is None else min(side.written, received)
    return replace(side, clock_doubted=True, written=written)


def _received(connection: Connection, subjects: Iterable[str]) -> dict[_Place, Instant]:
    keys = sorted(set(map(key_of, subjects)))
    asked = (
        select(NODE.c.node, EV.c.seq, CM.c.received)
        .join(CM, CM.c.pos == EV.c.pos)
        .join(NODE, NODE.c.id == EV.c.node)
        .where(among(connection, EV.c.subj, keys))
    )
    rows = connection.execute(asked) if keys else ()
    return {(row.node, row.seq): row.received for row in rows}
