"""What a list of weapons is narrowed by: the same words in an address, a form and a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from sqlalchemy import Column, ColumnElement, Connection, false, literal_column, select

from stockpile.domain.values import Instant, search_key
from stockpile.registry.database import among
from stockpile.registry.finding_tables import LISTED
from stockpile.registry.naming import places_called
from stockpile.registry.tables import NODE
from stockpile.registry.texts import LONGEST_KEY, key_of, shown

NEVER: Final = "never"
NO_SITE: Final = "-"
"""Stands for the nodes that belong to no site."""
NOT_SAID: Final = "-"
"""Stands for a type, make, model or calibre that the record does not say."""
_MONTH: Final = re.compile(r"(?:19[7-9]|2\d\d)\d-(?:0[1-9]|1[0-2])", re.ASCII)
_DATES: Final = {
    "counted_in": LISTED.c.counted, "recorded_in": LISTED.c.recorded,
    "marked_in": LISTED.c.marked, "lost_in": LISTED.c.lost, "destroyed_in": LISTED.c.destroyed,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What a weapon must be to be listed; empty for whatever it is.

    ``site`` is the site whose node keeps it, ``node`` that node; ``bears`` is "1" for one that
    bears a mark of ours and "0" for one that does not; ``held`` "1" leaves out what was destroyed
    or withdrawn. Months are as 2026-11 in UTC; "never" where it has not happened.
    ``counted_from`` and ``counted_before`` are the months from which on, and before which, it was
    last counted.
    """

    site: str = ""
    node: str = ""
    status: str = ""
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    place: str = ""
    bears: str = ""
    held: str = ""
    counted_in: str = ""
    counted_from: str = ""
    counted_before: str = ""
    recorded_in: str = ""
    marked_in: str = ""
    lost_in: str = ""
    destroyed_in: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """Return the filters that an address or a form says; what is no filter is passed over."""
        named = (one.name for one in fields(cls))
        return cls(**{name: said[name].strip()[:LONGEST_KEY] for name in named if said.get(name)})

    @property
    def said(self) -> dict[str, str]:
        """The filters that are set, by name."""
        found = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in found if value}


def conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the rows of the list must be; what cannot be, no row is."""
    said = {name: "" if value == NOT_SAID else value for name, value in filters.said.items()}
    found = [LISTED.c[name] == key_of(said[name]) for name in ("status", "type") if name in said]
    found += [
        LISTED.c[name] == key_of(search_key(said[name]))
        for name in ("make", "model", "calibre")
        if name in said
    ]
    found += [
        LISTED.c[name] == int(said[name] == "1") for name in ("bears", "held") if name in said
    ]
    for name, column in _DATES.items():
        found += _within(column, said[name]) if name in said else []
    return found + _counted(filters) + _where(connection, filters)


def date_of(filters: Filters) -> Column[int] | None:
    """Return the date by which a list of the country is narrowed, if one is and no place is.

    What was never is no date; what one site or place holds is few enough to be looked through.
    """
    said = filters.said
    if not said.keys().isdisjoint(("site", "node", "place")):
        return None
    named = [column for name, column in _DATES.items() if said.get(name, NEVER) != NEVER]
    if filters.counted_from or filters.counted_before:
        named.append(LISTED.c.counted)
    return next(iter(named), None)


def _counted(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the bounds of when it was last counted; who never was is before no month."""
    found: list[ColumnElement[bool]] = []
    if filters.counted_from:
        first = _first_day(filters.counted_from)
        found.append(false() if first is None else LISTED.c.counted >= _ms(first))
    if filters.counted_before:
        after = _first_day(filters.counted_before)
        found += [
            LISTED.c.counted > literal_column("0"),
            false() if after is None else LISTED.c.counted < _ms(after),
        ]
    return found


def _where(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of who keeps it and in which place it lies."""
    found: list[ColumnElement[bool]] = []
    if filters.node:
        found.append(LISTED.c.keeper == key_of(filters.node))
    if filters.site:
        site = "" if filters.site == NO_SITE else shown(filters.site)
        own = connection.execute(select(NODE.c.node).where(NODE.c.site == site)).scalars()
        found.append(_one_of(connection, LISTED.c.keeper, list(own)))
    if filters.place:
        places = places_called(connection, filters.place)
        found.append(_one_of(connection, LISTED.c.place, places))
    return found


def _one_of(
    connection: Connection, column: Column[str], values: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these; of a single one an index is in order.

    Of several PostgreSQL sorts all that they hold, or walks over everybody's to be spared that.
    """
    return column == values[0] if len(values) == 1 else among(connection, column, values)


def _within(column: ColumnElement[int], month: str) -> list[ColumnElement[bool]]:
    """Return the bounds of a month; the first one in words that an index on what happened knows."""
    if month == NEVER:
        return [column == 0]
    first = _first_day(month)
    if first is None:
        return [false()]
    after = (first + timedelta(days=31)).replace(day=1)
    return [column > literal_column("0"), column >= _ms(first), column < _ms(after)]


def _first_day(month: str) -> datetime | None:
    if not _MONTH.fullmatch(month):
        return None
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=UTC)


def _ms(at: datetime) -> Instant:
    return int(at.timestamp()) * 1000
