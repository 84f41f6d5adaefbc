"""How the registry says yes and no: the protocol's messages, each no with its status and reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import fastapi
from fastapi import FastAPI, Response
from fastapi.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
)
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from stockpile.domain import errors, wire
from stockpile.domain.errors import AskedTooOften, ChainGap, StockpileError
from stockpile.domain.exchange import Objection, Reason

JSON: Final = "application/json"
PROTOCOL: Final = "/v1"
_BUSY_SECONDS: Final = 5
_TRIES_SECONDS: Final = 60

ANSWERS: Final[Mapping[type[StockpileError], tuple[int, Reason]]] = MappingProxyType(
    {
        errors.ChainGap: (409, "gap"),
        errors.ChainForked: (409, "fork"),
        errors.ChainBroken: (422, "broken"),
        errors.NodeQuarantined: (403, "quarantined"),
        errors.NodeUnknown: (404, "node_unknown"),
        errors.CodeUnknown: (403, "code_unknown"),
        errors.SignatureWrong: (401, "signature"),
        errors.RequestStale: (401, "stale"),
        errors.NotEnrolled: (409, "other_log"),
        errors.BatchTooLarge: (413, "too_large"),
        errors.TooManyTries: (429, "slow_down"),
        errors.AskedTooOften: (429, "slow_down"),
        errors.RequestTooSlow: (408, "unreadable"),
        errors.MessageUnreadable: (400, "unreadable"),
        errors.RegistryBusy: (503, "busy"),
        errors.DatabaseShut: (503, "busy"),
        errors.SchemeUnknown: (404, "scheme_unknown"),
        errors.NumbersUsedUp: (409, "numbers_out"),
        errors.QuantityUnreadable: (400, "unreadable"),
        errors.NoteUnreadable: (400, "unreadable"),
        errors.HeadNeverWas: (409, "other_log"),
        errors.WitnessUnknown: (403, "signature"),
        errors.TileUnknown: (404, "not_found"),
        errors.PhotoUnknown: (404, "photo_unknown"),
        errors.PhotoMissing: (404, "photo_unknown"),
        errors.PhotoRefused: (422, "photo_wrong"),
        errors.PhotosFull: (507, "no_room"),
    }
)
_WAITS: Final[Mapping[type[StockpileError], int]] = MappingProxyType(
    {
        errors.TooManyTries: _TRIES_SECONDS,
        errors.RegistryBusy: _BUSY_SECONDS,
        errors.DatabaseShut: _BUSY_SECONDS,
    }
)


def said(message: object, status: int = 200) -> Response:
    """Return a message of the protocol as an answer."""
    return Response(wire.encode(message), status, media_type=JSON)


def objection(error: StockpileError) -> Response:
    """Say no in the protocol's words; what has no words here is a bug and is raised again.

    Who is told to come again is told when (Retry-After, in seconds).
    """
    if type(error) not in ANSWERS:
        raise error
    status, reason = ANSWERS[type(error)]
    details = error.details()
    number = error.have if isinstance(error, ChainGap) else details.get("number", 0)
    why = details.get("why") or details.get("scheme") or details.get("name", "")
    words = {"node": str(details.get("node", "")), "why": str(why)}
    answer = said(Objection(reason, number=int(str(number)), **words), status)
    wait = error.seconds if isinstance(error, AskedTooOften) else _WAITS.get(type(error), 0)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


def add_objections(app: FastAPI) -> None:
    """Let the application say no in the protocol's words, whatever raised it."""
    app.add_exception_handler(StockpileError, _objected)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _unreadable)


async def _objected(_request: fastapi.Request, error: Exception) -> Response:
    assert isinstance(error, StockpileError)
    return objection(error)


async def _not_found(request: fastapi.Request, error: Exception) -> Response:
    """Answer an address that is none, or a method that it does not know."""
    assert isinstance(error, HTTPException)
    if not request.url.path.startswith(PROTOCOL):
        return await http_exception_handler(request, error)
    answer = said(Objection("not_found"), error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _unreadable(request: fastapi.Request, error: Exception) -> Response:
    """Say which value is not of its kind, and never the value."""
    assert isinstance(error, RequestValidationError)
    if not request.url.path.startswith(PROTOCOL):
        return await request_validation_exception_handler(request, error)
    named = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
    return said(Objection("unreadable", why=named), 400)
