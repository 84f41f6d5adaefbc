"""The page of figures: each leads to the list of exactly these weapons; small bars beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.values import Instant
from stockpile.language import _, figure, isolated, ngettext
from stockpile.registry import statistics
from stockpile.registry.filters import NEVER, NO_SITE, NOT_SAID
from stockpile.registry.statistics import OF_HELD, Age, Facet, Figure
from stockpile.registry.web.frame import pages, render
from stockpile.registry.web.visiting import Books, visitor

FULL: Final = 200
"""Width of the longest bar in its own units; the page gives them their size."""
_MONTHS: Final = 24
_ALARMS: Final = (
    ("disputed", "bad", "git-compare"), ("lost", "bad", "shield-alert"),
    ("in_transit", "warn", "truck"),
)  # fmt: skip

router = pages()


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure as a line: what it counts, how many, where they are listed, how long its bar is."""

    words: str
    n: int
    href: str
    width: int


@dataclass(frozen=True, slots=True)
class Block:
    """Figures that belong together, under one heading."""

    title: str
    note: str
    bars: tuple[Bar, ...]


@router.get("/statistics", dependencies=[Depends(visitor)])
def figures(request: Request, books: Books, site: str = "") -> Response:
    """Show the country's figures, or those of one site."""
    with books.reading() as connection:
        held = statistics.held(connection, site)
        blocks = _blocks(connection, site, books.now())
        sites = statistics.sites(connection)
        stand = statistics.status_counts(connection, site)
    address = _list(site, held="1")
    alarms = [
        (wording.status(one), stand.get(one, 0), _list(site, status=one), tone, picture)
        for one, tone, picture in _ALARMS
    ]
    return render(
        request, "statistics.html", held=held, blocks=blocks, sites=sites, site=site, all=address,
        full=FULL, alarms=alarms,
    )  # fmt: skip


def _blocks(connection: Connection, site: str, now: Instant) -> list[Block]:
    of_held = _("Weapons on record that were neither destroyed nor withdrawn")
    ever = _("Whatever became of the weapon since")
    found = [
        _block(connection, site, "status", _("Where they stand"), "", wording.status),
        _block(connection, site, "bears", _("Marked by us"), of_held, _marked),
        _ages(connection, site, now, of_held),
        _block(connection, site, "type", _("By type"), of_held, _type),
        _block(connection, site, "calibre", _("By calibre"), of_held, _named(connection)),
        _block(connection, site, "recorded_in", _("Put on record, by month"), ever, str),
        _block(connection, site, "marked_in", _("First marked, by month"), ever, str),
        _block(connection, site, "lost_in", _("First lost, by month"), ever, str),
        _block(connection, site, "destroyed_in", _("Destroyed, by month"), ever, str),
    ]
    if not site:
        found.insert(0, _sites(connection, of_held))
    return [one for one in found if one.bars]


def _block(
    connection: Connection,
    site: str,
    facet: Facet,
    title: str,
    note: str,
    words: Callable[[str], str],
) -> Block:
    told = statistics.figures(connection, facet, site)
    shown = told[:_MONTHS] if facet.endswith("_in") else told
    only = {"held": "1"} if facet in OF_HELD else {}
    lines = ((words(one.value), one.n, _link(site, facet, one, only)) for one in shown)
    return Block(title, note, _bars(lines))


def _link(site: str, facet: Facet, one: Figure, only: dict[str, str]) -> str:
    """Return the list of a figure's weapons."""
    return _list(site, **{facet: one.value or NOT_SAID}, **only)


def _sites(connection: Connection, note: str) -> Block:
    told = statistics.by_site(connection)[: statistics.MOST_VALUES]
    lines = (
        (_("Without a site") if one.value == NO_SITE else one.value, one.n,
         f"/statistics?{urlencode({'site': one.value})}")
        for one in told
    )  # fmt: skip
    return Block(_("By site"), note, _bars(lines))


def _ages(connection: Connection, site: str, now: Instant, note: str) -> Block:
    """Return how long ago weapons were last counted."""
    told = statistics.figures(connection, "counted_in", site)
    lines = ((_age(one), one.n, _list(site, held="1", **_bounds(one)))
             for one in statistics.ages(told, now))  # fmt: skip
    return Block(_("Last seen in a count"), note, _bars(lines) if told else ())


def _age(one: Age) -> str:
    if one.months_ago:
        said = ngettext("Within {count} month", "Within {count} months", one.months_ago)
        return said.format(count=figure(one.months_ago))
    return _("Never counted") if one.first == NEVER else _("Longer ago")


def _bounds(one: Age) -> dict[str, str]:
    if one.first == NEVER:
        return {"counted_in": NEVER}
    bounds = {"counted_from": one.first, "counted_before": one.before}
    return {name: month for name, month in bounds.items() if month}


def _bars(lines: Iterable[tuple[str, int, str]]) -> tuple[Bar, ...]:
    told = list(lines)
    most = max((n for _words, n, _href in told), default=0)
    return tuple(
        Bar(words, n, href, max(round(FULL * n / most), 1) if n else 0) for words, n, href in told
    )


def _list(site: str, **said: str) -> str:
    return f"/weapons?{urlencode({**({'site': site} if site else {}), **said})}"


def _marked(value: str) -> str:
    return _("Bears a mark of ours") if value == "1" else _("Bears no mark of ours")


def _type(value: str) -> str:
    return wording.weapon_type(value) or _("Type not said")


def _named(connection: Connection) -> Callable[[str], str]:
    """Return what says a calibre as somebody wrote it."""

    def named(key: str) -> str:
        written = statistics.calibre_words(connection, [key])[key] if key else ""
        return isolated(written) or _("Calibre not said")

    return named
