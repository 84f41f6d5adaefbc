"""Who asks, for which books, in whose turn: what the routes of the protocol are given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

import fastapi
from fastapi import Depends, Header, Path

from stockpile.domain.requests import Request
from stockpile.registry.books import RegistryBooks
from stockpile.registry.describing import NODE
from stockpile.registry.gate import Gate
from stockpile.registry.limits import Turns
from stockpile.registry.replicas import Reading
from stockpile.registry.rows import Known


async def _heard(request: fastapi.Request) -> Request:
    """Read the request whole; the doorman bounds it."""
    query = request.scope["query_string"].decode("latin-1")
    return Request(request.method, request.scope["path"], query, await request.body())


def _books(request: fastapi.Request) -> RegistryBooks:
    books: RegistryBooks = request.app.state.books
    return books


def _reading(request: fastapi.Request) -> Reading:
    reading: Reading = request.app.state.reading
    return reading


def _asker(
    request: fastapi.Request,
    heard: Annotated[Request, Depends(_heard)],
    content_digest: Annotated[str, Header()] = "",
    signature_input: Annotated[str, Header()] = "",
    signature: Annotated[str, Header()] = "",
) -> Known:
    gate: Gate = request.app.state.gate
    known = gate.admit(heard, content_digest, signature_input, signature)
    request.state.node = known.node
    return known


async def _turn(request: fastapi.Request) -> AsyncIterator[None]:
    """Wait until few enough batches are being taken in."""
    turns: Turns = request.app.state.turns
    async with turns.one():
        yield


Books = Annotated[RegistryBooks, Depends(_books)]
ReadingBooks = Annotated[Reading, Depends(_reading)]
Heard = Annotated[Request, Depends(_heard)]
Asker = Annotated[Known, Depends(_asker)]
Node = Annotated[str, Path(pattern=NODE)]
IN_TURN: Final = [Depends(_turn, scope="function")]
