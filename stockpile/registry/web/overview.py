"""The first page: what needs somebody, each figure leading to the list behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Request, Response
from sqlalchemy import func, select

from stockpile.registry import acts, movements, nodes_heard, numbers_left, settling, statistics
from stockpile.registry.holding_office import office
from stockpile.registry.tables import HOT
from stockpile.registry.web.frame import pages, render
from stockpile.registry.web.visiting import Books, TheUsers, Visiting

_SHOWN: Final = 5

router = pages()


@router.get("/")
def overview(request: Request, _visitor: Visiting, books: Books, users: TheUsers) -> Response:
    """Show what needs somebody today."""
    now, own = books.now(), books.key.node
    today = f"{datetime.fromtimestamp(now / 1000, UTC):%Y-%m-%d}"
    with books.reading() as connection:
        nodes = nodes_heard.heard(connection, own)
        offices = [office(connection, one.officer, own) for one in users.all()]
        appoint = sum(1 for one in offices if one is not None and one.may("appoint"))
        shown: dict[str, Any] = {
            "weapons": statistics.held(connection),
            "nodes": len(nodes),
            "conflicts": sum(settling.counts(connection).values()),
            "silent": [one for one in nodes if one.is_silent(now)],
            "untrusted": [one for one in nodes if one.status == "quarantined"],
            "hot": int(connection.execute(select(func.count()).select_from(HOT)).scalar_one()),
            "overdue": movements.overdue(connection, today),
            "low": numbers_left.running_out(connection, now),
            "waiting": len(acts.waiting(connection, own)),
            "appointers": appoint,
        }
    return render(request, "overview.html", now=now, most=_SHOWN, **shown)
