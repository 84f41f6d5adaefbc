"""Figures of the country's weapons, read from what is kept and never counted on a request.

Each figure is said with the filters under which a list shows exactly those weapons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Select, func, select

from stockpile.domain.values import Instant, search_key
from stockpile.registry.database import among
from stockpile.registry.filters import NEVER, NO_SITE, NOT_SAID, Filters
from stockpile.registry.finding_tables import LISTED, TALLY
from stockpile.registry.listing import month
from stockpile.registry.tables import NODE, WEAPON
from stockpile.registry.texts import key_of, shown

Facet = Literal[
    "status", "type", "calibre", "bears", "counted_in", "recorded_in", "marked_in", "lost_in",
    "destroyed_in",
]  # fmt: skip
OF_HELD: Final = frozenset({"type", "calibre", "bears", "counted_in"})
"""Figures of the weapons that are held; the others count whatever became of them."""
MOST_VALUES: Final = 200
"""Values of one figure that a page shows: the largest ones, and the rest as one."""
_KEPT: Final = frozenset(get_args(Facet))
_FRESH: Final = (3, 6, 12, 24)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many weapons there are of one value; the key under which a list shows them."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Age:
    """How many were last counted from a month on and before another; "never" for never.

    ``months_ago`` is the age's bound in months, 0 for what is older than all, or never counted.
    """

    n: int
    first: str
    before: str
    months_ago: int


def held(connection: Connection, site: str = "") -> int:
    """Return how many weapons are on record and neither destroyed nor withdrawn."""
    asked = select(func.sum(TALLY.c.n)).where(TALLY.c.facet == "held")
    return int(connection.execute(_of_site(connection, asked, site)).scalar() or 0)


def figures(connection: Connection, facet: Facet, site: str = "") -> tuple[Figure, ...]:
    """Return the figures of one property, the largest first; months by their order instead."""
    total = func.sum(TALLY.c.n)
    asked = select(TALLY.c.value, total.label("n")).where(TALLY.c.facet == facet)
    grouped = _of_site(connection, asked, site).group_by(TALLY.c.value).having(total > 0)
    in_order = facet.endswith("_in")
    grouped = grouped.order_by(TALLY.c.value.desc() if in_order else total.desc(), TALLY.c.value)
    rows = connection.execute(grouped.limit(MOST_VALUES))
    return tuple(Figure(row.value, int(row.n)) for row in rows)


def by_site(connection: Connection) -> tuple[Figure, ...]:
    """Return how many weapons each site holds, the largest first; ``-`` where there is no site."""
    kept = select(TALLY.c.keeper, TALLY.c.n).where(TALLY.c.facet == "held", TALLY.c.n > 0)
    sites: dict[str, str] = {
        row.node: row.site for row in connection.execute(select(NODE.c.node, NODE.c.site))
    }
    totals: defaultdict[str, int] = defaultdict(int)
    for row in connection.execute(kept):
        totals[sites.get(row.keeper) or NO_SITE] += row.n
    ranked = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Figure(site, n) for site, n in ranked)


def status_counts(connection: Connection, site: str = "") -> dict[str, int]:
    """Return how many weapons stand in each state."""
    return {one.value: one.n for one in figures(connection, "status", site)}


def count_of(connection: Connection, filters: Filters) -> int | None:
    """Return how many weapons a list with these filters has; None where no figure is kept of it.

    A figure is kept of one property, of the whole country or of one site.
    """
    said = filters.said
    site = said.pop("site", "")
    is_held = said.pop("held", "") == "1"
    if not said:
        return held(connection, site) if is_held else _registered(connection, site)
    facet, value = next(iter(said.items()))
    if len(said) > 1 or facet not in _KEPT or (facet in OF_HELD) != is_held:
        return None
    if value == NEVER and facet != "counted_in":
        return None
    value = "" if value in (NEVER, NOT_SAID) else value
    key = key_of(search_key(value) if facet == "calibre" else value)
    asked = select(func.sum(TALLY.c.n)).where(TALLY.c.facet == facet, TALLY.c.value == key)
    return int(connection.execute(_of_site(connection, asked, site)).scalar() or 0)


def ages(counted: tuple[Figure, ...], now: Instant) -> tuple[Age, ...]:
    """Return how many were last counted within 3, 6, 12, 24 months, longer ago, and never.

    Whole months, as the figures are kept: a weapon counted this month is of the first age.
    """
    months = {_months(one.value): one.n for one in counted if one.value}
    this = _months(month(now))
    found, before = [], ""
    for months_ago in _FRESH:
        first = this - months_ago + 1
        until = _months(before) if before else max([this, *months]) + 1
        n = sum(n for at, n in months.items() if first <= at < until)
        found.append(Age(n, _month(first), before, months_ago))
        before = _month(first)
    older = sum(n for at, n in months.items() if at < _months(before))
    never = sum(one.n for one in counted if not one.value)
    return (*found, Age(older, "", before, 0), Age(never, NEVER, NEVER, 0))


def calibre_words(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Return calibres as somebody wrote them, by their keys."""
    found = {}
    for key in keys:
        asked = select(WEAPON.c.calibre).join(LISTED, LISTED.c.weapon == WEAPON.c.id)
        written = connection.execute(asked.where(LISTED.c.calibre == key).limit(1)).scalar()
        found[key] = written or key
    return found


def sites(connection: Connection) -> tuple[str, ...]:
    """Return the names of all sites, in order."""
    named = select(NODE.c.site).where(NODE.c.site != "").distinct().order_by(NODE.c.site)
    return tuple(connection.execute(named).scalars())


def values_of(connection: Connection, facet: Facet) -> tuple[str, ...]:
    """Return the values that some weapon has, for a form to choose from; the most used first."""
    return tuple(one.value for one in figures(connection, facet) if one.value)


def _registered(connection: Connection, site: str) -> int:
    """Return how many records there are, whatever became of the weapon."""
    asked = select(func.sum(TALLY.c.n)).where(TALLY.c.facet == "status")
    return int(connection.execute(_of_site(connection, asked, site)).scalar() or 0)


def _of_site(connection: Connection, asked: Select[Any], site: str) -> Select[Any]:
    if not site:
        return asked
    named = "" if site == NO_SITE else shown(site)
    nodes = connection.execute(select(NODE.c.node).where(NODE.c.site == named)).scalars()
    return asked.where(among(connection, TALLY.c.keeper, list(nodes)))


def _months(text: str) -> int:
    """Return a month as a number that rises by one each month."""
    return int(text[:4]) * 12 + int(text[5:]) - 1 if text else 0


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
