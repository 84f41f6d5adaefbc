"""Rounds that went out of lots and came back, as all sites together tell it.

What is left of a lot is a sum that the database keeps at hand; only where it falls below nothing
are the facts read, and the domain's rule says what contradicts itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from stockpile.domain import conflicts
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact, LotRegistered, RoundsIssued, RoundsReturned
from stockpile.domain.lots import left_of
from stockpile.domain.references import Reference, after
from stockpile.registry.database import among, put
from stockpile.registry.finding_tables import ROUNDS
from stockpile.registry.texts import key_of

_MOST: Final = 1 << 40
"""Rounds of one movement that the sum counts: no lot has more, and no sum of them runs over."""

FactsOf = Callable[[str], Sequence[Fact]]


def follow(connection: Connection, all_: Sequence[Reference]) -> set[str]:
    """Follow references, and return the lots of which something changed.

    A movement of which nothing is left (a revoked node wrote it) leaves its lot too.
    """
    touched = {one.subject for one in all_ if isinstance(one.opened, LotRegistered)}
    gone = [key_of(one.subject) for one in all_ if not one.standing]
    rows = []
    for one in all_:
        opened, key = one.opened, key_of(one.subject)
        if isinstance(opened, RoundsIssued | RoundsReturned):
            change = max(-_MOST, min(left_of(opened.lot, 0, [opened]), _MOST))
            rows.append({"subject": key, "lot": key_of(opened.lot), "change": change})
            touched.add(opened.lot)
            gone.append(key)
    if not gone:
        return touched
    asked = select(ROUNDS.c.lot).where(among(connection, ROUNDS.c.subject, gone))
    touched.update(connection.execute(asked).scalars())
    put(connection, ROUNDS, "subject", gone, rows)
    return touched


def overdrawn(
    connection: Connection, touched: Iterable[str], facts_of: FactsOf
) -> dict[str, Conflict | None]:
    """Return, for each of these lots, its conflict where more went out than was ever in it."""
    found: dict[str, Conflict | None] = dict.fromkeys(touched)
    keys = [key_of(lot) for lot in found]
    below: ColumnElement[bool] = func.sum(ROUNDS.c.change) < 0
    asked = select(ROUNDS.c.lot, func.sum(ROUNDS.c.change)).where(
        among(connection, ROUNDS.c.lot, keys)
    )
    rows = connection.execute(asked.group_by(ROUNDS.c.lot).having(below)).all() if keys else ()
    changes = {key: int(change) for key, change in rows}
    for lot, key in zip(found, keys, strict=True):
        if key in changes:
            found[lot] = _overdrawn(connection, lot, changes[key], facts_of)
    return found


def _overdrawn(connection: Connection, lot: str, change: int, facts_of: FactsOf) -> Conflict | None:
    reference = Reference(lot)
    for fact in facts_of(lot):
        reference = after(reference, fact)
    body = reference.now if reference.standing else None
    registered = body.quantity if isinstance(body, LotRegistered) else None
    if registered is None or registered + change >= 0:
        return None
    return conflicts.lot_overdrawn(lot, registered, movements(connection, lot, facts_of))


def movements(connection: Connection, lot: str, facts_of: FactsOf) -> list[Fact]:
    """Return every fact by which rounds of a lot went out or came back."""
    asked = select(ROUNDS.c.subject).where(ROUNDS.c.lot == key_of(lot))
    subjects = connection.execute(asked.order_by(ROUNDS.c.subject)).scalars().all()
    return [fact for one in subjects for fact in facts_of(one)]
