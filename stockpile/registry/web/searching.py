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
from stockpile.registry.web.weapon_rows import WeaponRow, hit_rows, path_of, rows

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


@router.get("/weapons")
def weapons(
    request: Request, visitor: Visiting, books: Books, q: str = "", after: str = ""
) -> Response:
    """Show the weapons that a text may mean, or those that the filters let through."""
    filters, sought = Filters.of(request.query_params), q.strip()[:LONGEST]
    if sought:
        return _found(request, visitor, books, sought, filters)
    with books.reading() as connection:
        page = finding.listed(connection, filters, after, A_PAGE)
        shown = rows(connection, page.lines)
        total = statistics.count_of(connection, filters)
        sites = statistics.sites(connection)
    return _render(request, _Shown("", filters, sites, shown, page.after, total))


def _found(
    request: Request, visitor: Visiting, books: Books, sought: str, filters: Filters
) -> Response:
    visitor.note("searched", sought)
    with books.reading() as connection:
        found = finding.search(connection, sought, filters)
        if len(found.hits) == 1 and found.hits[0].is_certain:
            return go(path_of(found.hits[0].line.weapon.id))
        shown = hit_rows(connection, found.hits)
        sites = statistics.sites(connection)
    return _render(request, _Shown(sought, filters, sites, shown, too_many=found.more))


def _render(request: Request, shown: _Shown) -> Response:
    said = {**({"q": shown.q} if shown.q else {}), **shown.filters.said}
    return render(
        request, "weapons.html", shown=shown, filters=shown.filters, states=STATES,
        types=[(code, wording.weapon_type(code)) for code in TYPES],
        address=f"/weapons?{urlencode(said)}" if said else "/weapons",
    )  # fmt: skip
