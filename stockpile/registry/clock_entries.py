"""What a revoked computer wrote of its clock and nothing else: one card a computer, not one each.

A computer writes down each time that its clock went wrong or right; cut off at an earlier entry,
each of them is an entry without right. The first that nobody decided about stands for all of them:
its card shows them, so many at most, and when these are decided the next ones come. Each is decided
about by itself, as any entry; one that says anything beside has its own card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.conflicts import Conflict
from stockpile.domain.mandates import REVOKED
from stockpile.registry import register
from stockpile.registry.database import among
from stockpile.registry.tables import CONFLICT, EV, NODE, UNHEEDED
from stockpile.registry.texts import key_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """Conflicts that are one card, the first of them first; ``more`` is how many come later."""

    conflicts: tuple[Conflict, ...]
    more: int = 0


def gathered(connection: Connection, found: Sequence[Conflict]) -> list[Gathered]:
    """Return what is a card each; of a node's clock entries all where the first is among these."""
    alone = _of_clocks(connection, found)
    by_node = {
        node: _first(connection, node)
        for node in sorted({one.about[1] for one in found if one.id in alone})
    }
    cards = []
    for one in found:
        group = by_node[one.about[1]] if one.id in alone else Gathered((one,))
        if _leads(group, one):
            cards.append(group)
    return cards


def standing_for(connection: Connection, conflict: Conflict) -> Conflict:
    """Return the conflict whose card shows this one: itself, or the first of its node's clock."""
    if not _of_clocks(connection, [conflict]):
        return conflict
    group = _first(connection, conflict.about[1])
    return next(iter(group.conflicts), conflict)


def _leads(group: Gathered, one: Conflict) -> bool:
    return next(iter(group.conflicts), one).id == one.id


def _of_clocks(connection: Connection, found: Iterable[Conflict]) -> frozenset[str]:
    """Return which conflicts are about an entry of a revoked node that speaks of its clock alone.

    By their ids.
    """
    by_entry = {one.about[0]: one.id for one in found if _may_be(one)}
    if not by_entry:
        return frozenset()
    asked = _asked().where(among(connection, UNHEEDED.c.hash, sorted(by_entry)))
    return frozenset(by_entry[entry] for entry in connection.execute(asked).scalars())


def _may_be(conflict: Conflict) -> bool:
    return (
        conflict.kind == "authority" and not conflict.weapons and conflict.about[4] == REVOKED.lack
    )


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
    beside = exists().where(EV.c.pos == UNHEEDED.c.pos, EV.c.kind != "clock.observed")
    return (
        select(UNHEEDED.c.hash)
        .join(NODE, NODE.c.id == UNHEEDED.c.node)
        .where(UNHEEDED.c.lack == REVOKED.lack, UNHEEDED.c.judged == "", ~beside)
    )
