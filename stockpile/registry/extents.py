"""How much the ledger holds of a subject: told without reading it, and different for other facts.

Facts are only ever added, and what becomes of one is that its entry is heeded or is not. So where
as many are heeded as before, and the same entries are not, for the same lack, a subject's facts are
the very same ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from stockpile.registry.database import among
from stockpile.registry.tables import EV, UNHEEDED
from stockpile.registry.texts import key_of

IS_UNHEEDED: Final = (UNHEEDED.c.pos == EV.c.pos) & (UNHEEDED.c.judged != "accepted")
"""Joins a fact with the verdict that its entry had no right to it and nobody accepted it."""


class Extent(msgspec.Struct, frozen=True):
    """How many facts of a subject are heeded, and how many of each entry are not: where, why."""

    heeded: int = 0
    unheeded: frozenset[tuple[int, str, int]] = frozenset()

    def with_more(self, count: int) -> Extent:
        """Return what it is with so many more facts that are heeded."""
        return Extent(self.heeded + count, self.unheeded)


def extents_of(connection: Connection, subjects: Iterable[str]) -> dict[str, Extent]:
    """Return how much the ledger holds of each of several subjects, in one question."""
    by_key = {key_of(subject): subject for subject in subjects}
    if not by_key:
        return {}
    columns = EV.c.subj, UNHEEDED.c.pos, UNHEEDED.c.lack
    asked = (
        select(*columns, func.count().label("n"))
        .select_from(EV)
        .join(UNHEEDED, IS_UNHEEDED, isouter=True)
        .where(among(connection, EV.c.subj, sorted(by_key)))
        .group_by(*columns)
    )
    heeded = Counter[str]()
    unheeded: defaultdict[str, set[tuple[int, str, int]]] = defaultdict(set)
    for key, pos, lack, count in connection.execute(asked):
        if pos is None:
            heeded[key] += count
        else:
            unheeded[key].add((pos, lack, count))
    return {
        subject: Extent(heeded[key], frozenset(unheeded.get(key, ())))
        for key, subject in by_key.items()
    }
