"""Which entries of revoked computers speak of their clock alone, asked of the registry's rows.

They are one card a computer, as ``stockpile.domain.clock_entries`` says; a page of the list is read
without the rest of it, so a node's first ones are asked for by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from stockpile.domain import clock_entries
from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.clock_entries import CLOCK_KIND, Gathered
from stockpile.domain.conflicts import Conflict
from stockpile.domain.mandates import REVOKED
from stockpile.registry import register
from stockpile.registry.database import among
from stockpile.registry.tables import CONFLICT, EV, NODE, UNHEEDED
from stockpile.registry.texts import key_of


def gathered(connection: Connection, found: Sequence[Conflict]) -> list[Gathered]:
    """Return what is a card each; of a node's clock entries all where the first is among these."""
    first_of = cache(partial(_first, connection))
    return clock_entries.gathered(found, _of_clocks(connection, found), first_of)


def standing_for(connection: Connection, conflict: Conflict) -> Conflict:
    """Return the conflict whose card shows this one: itself, or the first of its node's clock."""
    alone = _of_clocks(connection, [conflict])
    return clock_entries.standing_for(conflict, alone, partial(_first, connection)).leading


def _of_clocks(connection: Connection, found: Iterable[Conflict]) -> frozenset[str]:
    """Return which entries, of those that conflicts are about, speak of a clock alone."""
    entries = sorted(one.about[0] for one in found if clock_entries.may_be(one))
    if not entries:
        return frozenset()
    asked = _asked().where(among(connection, UNHEEDED.c.hash, entries))
    return frozenset(connection.execute(asked).scalars())


def _first(connection: Connection, node: str) -> Gathered:
    own = _asked().where(NODE.c.node == key_of(node))
    entries = connection.execute(own.order_by(UNHEEDED.c.no).limit(MOST_SIDES)).scalars().all()
    count = connection.execute(select(func.count()).select_from(own.subquery())).scalar_one()
    owners = {f"e:{entry}": at for at, entry in enumerate(entries)}
    raised = select(CONFLICT).where(CONFLICT.c.owner.in_(owners))
    by_entry = {one.about[0]: one for one in register.conflicts_in(connection, raised)}
    conflicts = tuple(by_entry[entry] for entry in entries if entry in by_entry)
    return Gathered(conflicts, count - len(conflicts))


def _asked() -> Select[Any]:
    """Ask for the entries about which nobody decided, and that say nothing beside a clock."""
    beside = exists().where(EV.c.pos == UNHEEDED.c.pos, EV.c.kind != CLOCK_KIND)
    return (
        select(UNHEEDED.c.hash)
        .join(NODE, NODE.c.id == UNHEEDED.c.node)
        .where(UNHEEDED.c.lack == REVOKED.lack, UNHEEDED.c.judged == "", ~beside)
    )
