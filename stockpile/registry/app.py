"""The registry's routes: they translate, nothing else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

import fastapi
from fastapi import APIRouter, Depends, FastAPI, Header, Response

from stockpile import __version__
from stockpile.domain import errors, wire
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainGap,
    NodeUnknown,
    NotEnrolled,
    StockpileError,
)
from stockpile.domain.exchange import (
    MOST_BYTES,
    NEWEST_SPOKEN,
    OLDEST_SPOKEN,
    BlockRequest,
    EnrolRequest,
    Hello,
    Objection,
    Reason,
    checkpoint,
    pack_feed,
)
from stockpile.domain.requests import Request
from stockpile.domain.values import NodeId
from stockpile.registry import intake
from stockpile.registry.blocks import Granting
from stockpile.registry.books import RegistryBooks
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.gate import Gate
from stockpile.registry.rows import Known

LINES: Final = "application/vnd.stockpile.lines+zstd"
HOT_LIST: Final = "application/vnd.stockpile.hot-list"
JSON: Final = "application/json"
FEED_LIMIT: Final = 200

_log = logging.getLogger(__name__)
_ANSWERS: Final[Mapping[type[StockpileError], tuple[int, Reason]]] = MappingProxyType(
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
        errors.MessageUnreadable: (400, "unreadable"),
        errors.RegistryBusy: (503, "busy"),
        errors.SchemeUnknown: (404, "scheme_unknown"),
        errors.NumbersUsedUp: (409, "numbers_out"),
        errors.QuantityUnreadable: (400, "unreadable"),
    }
)

routes = APIRouter(prefix="/v1")


def create_app(books: RegistryBooks) -> FastAPI:
    """Return the registry as an ASGI application over its books."""
    app = FastAPI(title="Stockpile registry", version=__version__)
    app.state.books = books
    app.state.enrolment = Enrolment(books)
    app.state.gate = Gate(books)
    app.state.granting = Granting(books)
    app.include_router(routes)
    app.add_exception_handler(StockpileError, _objected)
    return app


async def _heard(request: fastapi.Request) -> Request:
    """Read the request's body, never more of it than a batch may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BatchTooLarge(MOST_BYTES)
    query = request.scope["query_string"].decode("latin-1")
    return Request(request.method, request.scope["path"], query, bytes(body))


def _books(request: fastapi.Request) -> RegistryBooks:
    books: RegistryBooks = request.app.state.books
    return books


def _asker(
    request: fastapi.Request,
    heard: Annotated[Request, Depends(_heard)],
    content_digest: Annotated[str, Header()] = "",
    signature_input: Annotated[str, Header()] = "",
    signature: Annotated[str, Header()] = "",
) -> Known:
    gate: Gate = request.app.state.gate
    return gate.admit(heard, content_digest, signature_input, signature)


Books = Annotated[RegistryBooks, Depends(_books)]
Heard = Annotated[Request, Depends(_heard)]
Asker = Annotated[Known, Depends(_asker)]


@routes.get("/hello")
def hello(books: Books) -> Response:
    """Say who the registry is, what it speaks and what its clock shows."""
    head = books.head()
    said = Hello(
        books.key.node, books.key.public_key, OLDEST_SPOKEN, NEWEST_SPOKEN, books.now(),
        head.size, head.root,
    )  # fmt: skip
    return _json(said)


@routes.post("/enrol")
def enrol(request: fastapi.Request, heard: Heard) -> Response:
    """Let in a node that shows a one-time code."""
    enrolment: Enrolment = request.app.state.enrolment
    return _json(enrolment.enrol(wire.decode(heard.body, EnrolRequest)))


@routes.get("/nodes/{node}/tip")
def tip(node: str, books: Books, asker: Asker) -> Response:
    """Say how far the asker's own chain is held."""
    _demand_own(node, asker)
    return _json(books.tip(asker.node))


@routes.post("/nodes/{node}/commits")
def commits(node: str, books: Books, asker: Asker, heard: Heard) -> Response:
    """Take in entries of the asker's own chain and give the receipt."""
    _demand_own(node, asker)
    return _json(intake.take(books, asker.node, heard.body))


@routes.get("/nodes/{node}/commits")
def own_entries(node: str, books: Books, asker: Asker, after: int = 0) -> Response:
    """Give the asker's own chain back after a number: its own signature proves each entry."""
    _demand_own(node, asker)
    found = books.own_entries(asker.node, max(after, 0))
    return Response(wire.squeeze(wire.pack(found)), media_type=LINES)


@routes.post("/nodes/{node}/urgent")
def urgent(node: str, books: Books, asker: Asker, heard: Heard) -> Response:
    """Take in losses and recoveries of the asker's own chain ahead of it, for the hot list."""
    _demand_own(node, asker)
    return _json(intake.take_ahead(books, asker.node, heard.body))


@routes.get("/hotlist")
def hot_list(books: Books, asker: Asker, have: int = 0) -> Response:
    """Give the signed list of lost and stolen weapons; nothing where ``have`` is its number."""
    asker.demand_trust()
    return Response(books.hot_list(have) or b"", media_type=HOT_LIST)


@routes.get("/feed")
def feed(
    books: Books, asker: Asker, after: int = 0, limit: int = FEED_LIMIT, log: str = ""
) -> Response:
    """Give other nodes' entries after a position of this log."""
    asker.demand_trust()
    if log not in ("", books.key.node):
        raise NotEnrolled
    page = books.feed(asker.node, max(after, 0), max(limit, 1))
    return Response(wire.squeeze(pack_feed(page)), media_type=LINES)


@routes.post("/blocks")
def blocks(request: fastapi.Request, asker: Asker, heard: Heard) -> Response:
    """Grant the asker marking numbers; the same request again gets the same ones."""
    granting: Granting = request.app.state.granting
    return _json(granting.answer(asker.node, wire.decode(heard.body, BlockRequest)))


@routes.get("/consistency")
def consistency(books: Books, asker: Asker, old: int, size: int) -> Response:
    """Prove that the log of one size begins the log of another; not beyond what there is."""
    asker.demand_trust()
    return _json(books.proof(old, size))


@routes.get("/checkpoint")
def tree_head(books: Books) -> Response:
    """Give the signed tree head, for witnesses."""
    head, key = books.head(), books.key
    note = checkpoint(key.node, key.public_key, head.size, head.root, key.sign)
    return Response(note, media_type="text/plain; charset=utf-8")


def _demand_own(node: str, asker: Known) -> None:
    if NodeId(node) != asker.node:
        raise NodeUnknown(node)


def _json(message: object, status: int = 200) -> Response:
    return Response(wire.encode(message), status, media_type=JSON)


def _objected(_request: fastapi.Request, error: Exception) -> Response:
    """Say no in the protocol's words; what has no words here is a bug and stays one."""
    assert isinstance(error, StockpileError)
    if type(error) not in _ANSWERS:
        raise error
    status, reason = _ANSWERS[type(error)]
    _log.info("answered %s %s", status, reason)
    details = error.details()
    number = error.have if isinstance(error, ChainGap) else details.get("number", 0)
    why = details.get("why") or details.get("scheme") or details.get("name", "")
    said = {"node": str(details.get("node", "")), "why": str(why)}
    return _json(Objection(reason, number=int(str(number)), **said), status)
