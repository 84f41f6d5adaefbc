"""The pages of transfers: what is overdue or on the road, and one waybill with its weapons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from fastapi import Depends, Request, Response
from sqlalchemy import Connection, func, select

from stockpile import wording
from stockpile.domain.errors import WaybillUnknown
from stockpile.domain.values import Instant
from stockpile.registry import movements
from stockpile.registry.finding import lines_of
from stockpile.registry.movements import Carriage, Which
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.tables import CM, NODE
from stockpile.registry.web.frame import page_of, pages, render
from stockpile.registry.web.visiting import Books, visitor
from stockpile.registry.web.weapon_rows import counts_doubted, rows, site_words

A_PAGE: Final = 50
_MOST_SHOWN: Final = 500
_BETWEEN: Final = "~"

router = pages()


@dataclass(frozen=True, slots=True)
class _Road:
    """A transfer as the page shows it, with whom to ask at both ends."""

    href: str
    number: str
    state: str
    due: str
    is_overdue: bool
    weapons: int
    missing: int
    out_of: str
    to: str
    carrier: str
    sender: str
    receiver: str
    sender_heard: Instant
    receiver_heard: Instant


@router.get("/transfers", dependencies=[Depends(visitor)])
def transfers(request: Request, books: Books, show: str = "overdue", after: str = "") -> Response:
    """Show the transfers that are overdue, or all that are on the road."""
    which: Which = "under_way" if show == "under_way" else "overdue"
    due, found, id_ = after.partition(_BETWEEN)
    today = day(books.now())
    with books.reading() as connection:
        told = movements.transfers(
            connection, which, today, (due, id_) if found else None, A_PAGE + 1
        )
        page = page_of(told, A_PAGE, lambda one: f"{one.due}{_BETWEEN}{one.waybill.id}")
        shown = _roads(connection, page.items, today)
    return render(request, "transfers.html", which=which, listed=shown, page=page)


@router.get("/transfers/{waybill:path}", dependencies=[Depends(visitor)])
def transfer(request: Request, books: Books, waybill: str) -> Response:
    """Show one transfer with its weapons."""
    with books.reading() as connection:
        found = movements.transfer(connection, waybill)
        if found is None:
            raise WaybillUnknown(waybill[:64])
        (road,) = _roads(connection, [found], day(books.now()))
        weapons = found.waybill.opened.weapons
        lines = lines_of(connection, weapons[:_MOST_SHOWN])
        listed = rows(connection, lines, counts_doubted(connection, lines))
    missing = frozenset(found.waybill.missing[:_MOST_SHOWN])
    return render(
        request, "transfer.html", road=road, opened=found.waybill.opened, listed=listed,
        missing=missing, more=len(weapons) - len(listed),
    )  # fmt: skip


def day(now: Instant) -> str:
    """Return the day of an instant as 2026-11-28, in UTC."""
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()


def _heard(connection: Connection, node: str) -> Instant:
    """Return when the last entry of a node's chain was received; 0 for never."""
    last = select(func.max(CM.c.received)).join(NODE, NODE.c.id == CM.c.node)
    return int(
        connection.execute(last.where(NODE.c.node == node, CM.c.no == NODE.c.tip_no)).scalar() or 0
    )


def _roads(connection: Connection, told: Sequence[Carriage], today: str) -> list[_Road]:
    ids = [one.waybill.opened.out_of for one in told]
    names = names_of(connection, [*ids, *(one.waybill.opened.to for one in told)])
    sites = node_sites(connection)
    heard = {
        node: _heard(connection, node)
        for one in told
        for node in (one.from_node, one.to_node)
        if node in sites
    }
    return [
        _Road(
            href=f"/transfers/{quote(one.waybill.id, safe='')}",
            number=one.waybill.opened.number,
            state=wording.waybill_state(one.waybill.state),
            due=one.waybill.opened.due,
            is_overdue=one.waybill.is_overdue(today),
            weapons=len(one.waybill.opened.weapons),
            missing=one.missing,
            out_of=names.of(one.waybill.opened.out_of),
            to=names.of(one.waybill.opened.to) or one.waybill.opened.to_name,
            carrier=one.waybill.opened.carrier,
            sender=site_words(one.from_node, sites),
            receiver=site_words(one.to_node, sites) if one.to_node else "",
            sender_heard=heard.get(one.from_node, 0),
            receiver_heard=heard.get(one.to_node, 0),
        )
        for one in told
    ]
