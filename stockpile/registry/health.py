"""Is the process alive, and can it work? For whoever starts, watches or balances processes."""

from __future__ import annotations

from typing import Literal

import fastapi
from fastapi import APIRouter, Response
from msgspec import Struct

from stockpile.domain.errors import BooksTooNew, StockpileError
from stockpile.registry.answers import said
from stockpile.registry.books import RegistryBooks
from stockpile.registry.standing import has_room

routes = APIRouter()


class Ready(Struct, frozen=True):
    """Whether requests should be sent here, and what stands against it."""

    ready: bool
    database: Literal["ok", "silent", "other version"]
    disk: Literal["ok", "full"]


@routes.get("/healthz")
async def alive() -> Response:
    """Say that the process answers; nothing else is asked."""
    return Response("ok\n", media_type="text/plain")


@routes.get("/readyz")
def ready(request: fastapi.Request) -> Response:
    """Say whether the database answers with our tables and the disk has room; 503 where not."""
    books: RegistryBooks = request.app.state.books
    found = _found(books)
    return said(found, 200 if found.ready else 503)


def _found(books: RegistryBooks) -> Ready:
    database: Literal["ok", "silent", "other version"] = "ok"
    try:
        books.database.demand_current()
    except BooksTooNew:
        database = "other version"
    except StockpileError:
        database = "silent"
    disk: Literal["ok", "full"] = "ok" if has_room(books.database) else "full"
    return Ready(database == "ok" and disk == "ok", database, disk)
