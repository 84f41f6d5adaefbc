"""Is the process alive, and can it work? For whoever starts, watches or balances processes."""

from __future__ import annotations

from typing import Final

import fastapi
from fastapi import APIRouter, Response

from stockpile.registry.answers import said
from stockpile.registry.books import RegistryBooks
from stockpile.registry.describing import TEXT, Described, answers, content_of
from stockpile.registry.standing import Ready, readiness

routes = APIRouter(default_response_class=Response)
_UNREADY: Final[Described] = {
    503: {"description": "Send no requests here.", "content": content_of(Ready)}
}


@routes.get("/healthz", responses=answers(TEXT, "The process answers."))
async def alive() -> Response:
    """Say that the process answers; nothing else is asked."""
    return Response("ok\n", media_type=TEXT)


@routes.get("/readyz", responses={**answers(Ready, "Requests are welcome here."), **_UNREADY})
def ready(request: fastapi.Request) -> Response:
    """Say whether the database answers with our tables and the disk has room; 503 where not."""
    books: RegistryBooks = request.app.state.books
    found = readiness(books.database)
    return said(found, 200 if found.ready else 503)
