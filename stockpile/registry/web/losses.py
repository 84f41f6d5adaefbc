"""The pages of what is lost: the hot list, and every loss and recovery that was told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Depends, Request, Response
from sqlalchemy import Connection

from stockpile.domain.facts import WeaponLost, WeaponRecovered
from stockpile.domain.losses import lost_account
from stockpile.domain.values import Digest, Instant
from stockpile.fact_words import fact_sentence
from stockpile.registry import movements
from stockpile.registry.dossiers import doubted_in, doubted_of, named_in
from stockpile.registry.finding import Line
from stockpile.registry.movements import Hot, Told
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.web.frame import page_of, pages, render
from stockpile.registry.web.visiting import Books, Visiting, visitor
from stockpile.registry.web.weapon_rows import WeaponRow, rows, site_words

A_PAGE: Final = 50
_PLACE: Final = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)

router = pages()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A weapon on the hot list: what it is known by, since when, by which report."""

    row: WeaponRow | None
    texts: tuple[str, ...]
    since: Instant
    report: str
    is_disputed: bool
    clock_doubted: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A loss or a recovery, as it was told."""

    row: WeaponRow | None
    said: str
    is_loss: bool
    why: str
    report: str
    at: Instant
    site: str
    is_unheeded: bool
    clock_doubted: bool


@router.get("/hot-list")
def hot_list(request: Request, visiting: Visiting, books: Books, after: str = "") -> Response:
    """Show which weapons are on the hot list, why, and since when."""
    with books.reading() as connection:
        page = page_of(movements.hot(connection, after, A_PAGE + 1), A_PAGE, lambda one: one.key)
        lines = [one.line for one in page.items]
        shown = _rows(connection, lines)
        doubted = doubted_in(connection, [one.weapon for one in lines if one])
    visiting.note("looked_at", "hot list")
    listed = [_hot(one, shown, doubted) for one in page.items]
    return render(request, "hot_list.html", listed=listed, page=page, now=books.now())


@router.get("/losses", dependencies=[Depends(visitor)])
def losses(request: Request, books: Books, after: str = "") -> Response:
    """Show losses and recoveries, the last told first."""
    with books.reading() as connection:
        told = movements.losses(connection, _place(after), A_PAGE + 1)
        page = page_of(told, A_PAGE, lambda one: f"{one.place[0]}-{one.place[1]}")
        listed = _all_told(connection, page.items)
    return render(request, "losses.html", listed=listed, page=page)


def _all_told(connection: Connection, told: Sequence[Told]) -> list[_Told]:
    shown = _rows(connection, [one.line for one in told])
    names = names_of(connection, (name for one in told for name in named_in(one.fact)))
    sites = node_sites(connection)
    came = {one.fact.hash: one.received for one in told}
    doubted = doubted_of(connection, [one.fact for one in told], came)
    found = []
    for one in told:
        body = one.fact.body
        assert isinstance(body, WeaponLost | WeaponRecovered)  # what the list is made of
        is_loss = isinstance(body, WeaponLost)
        found.append(_Told(
            shown.get(one.fact.subject), fact_sentence(one.fact, names), is_loss,
            body.circumstances, body.report if isinstance(body, WeaponLost) else "", one.fact.at,
            site_words(one.fact.node, sites), bool(one.lack), one.fact.hash in doubted,
        ))  # fmt: skip
    return found


def _hot(one: Hot, shown: dict[str, WeaponRow], doubted: Collection[Digest]) -> _Listed:
    weapon = one.line.weapon if one.line else None
    account = lost_account(weapon) if weapon else None
    return _Listed(
        shown.get(weapon.id) if weapon else None,
        one.texts,
        account.since if account else 0,
        account.paper if account else "",
        bool(weapon and weapon.status == "disputed"),
        bool(account and account.fact in doubted),
    )


def _rows(connection: Connection, lines: Sequence[Line | None]) -> dict[str, WeaponRow]:
    known = [one for one in lines if one]
    return dict(zip((one.weapon.id for one in known), rows(connection, known), strict=True))


def _place(after: str) -> tuple[int, int] | None:
    said = _PLACE.fullmatch(after)
    return (int(said[1]), int(said[2])) if said else None
