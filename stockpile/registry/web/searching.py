"""The page of weapons: one box for whatever was read, filters beside it, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response

from stockpile import wording
from stockpile.domain.weapon_types import TYPES
from stockpile.domain.weapons import GONE
from stockpile.registry import finding, statistics
from stockpile.registry.filters import Filters
from stockpile.registry.finding import LONGEST
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.visiting import Books, Visiting
from stockpile.registry.web.weapon_rows import (
    WeaponRow,
    counts_doubted,
    hit_rows,
    path_of,
    rows,
)

A_PAGE: Final = 50
STATES: Final = (
    "in_store", "issued", "in_transit", "lost", "disputed", "recovered", "collected", "found",
    "seized", *sorted(GONE),
)  # fmt: skip

router = pages()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows: what was sought, the rows, where to go on, how many there are."""

    q: str
    filters: Filters
    sites: tuple[str, ...]
    rows: tuple[WeaponRow, ...]
    after: str = ""
    total: int | None = None
    too_many: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is sought: the text, the filters, and whether what only resembles it is wanted too."""

    text: str
    filters: Filters
    wide: bool


@router.get("/weapons")
def weapons(
    request: Request, visitor: Visiting, books: Books, q: str = "", after: str = "", wide: str = ""
) -> Response:
    """Show the weapons that a text may mean, or those that the filters let through."""
    filters, sought = Filters.of(request.query_params), q.strip()[:LONGEST]
    if sought:
        return _found(request, visitor, books, _Sought(sought, filters, bool(wide)))
    with books.reading() as connection:
        page = finding.listed(connection, filters, after, A_PAGE)
        shown = rows(connection, page.lines, counts_doubted(connection, page.lines))
        total = statistics.count_of(connection, filters)
        sites = statistics.sites(connection)
    return _render(request, _Shown("", filters, sites, shown, page.after, total))


def _found(request: Request, visitor: Visiting, books: Books, sought: _Sought) -> Response:
    visitor.note("searched", sought.text)
    with books.reading() as connection:
        found = finding.search(connection, sought.text, sought.filters, wide=sought.wide)
        if len(found.hits) == 1 and found.hits[0].is_certain and not sought.wide:
            return go(path_of(found.hits[0].line.weapon.id))
        shown = hit_rows(connection, found.hits)
        sites = statistics.sites(connection)
    told = _Shown(sought.text, sought.filters, sites, shown, too_many=found.more, wide=sought.wide)
    return _render(request, told)


def _render(request: Request, shown: _Shown) -> Response:
    said = {**({"q": shown.q} if shown.q else {}), **shown.filters.said}
    return render(
        request, "weapons.html", shown=shown, filters=shown.filters, states=STATES,
        types=[(code, wording.weapon_type(code)) for code in TYPES],
        address=f"/weapons?{urlencode(said)}" if said else "/weapons",
    )  # fmt: skip
