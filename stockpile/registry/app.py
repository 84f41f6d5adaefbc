"""The registry's routes: they translate, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import fastapi
from fastapi import APIRouter, FastAPI, Query, Response

from stockpile import __version__
from stockpile.domain import wire
from stockpile.domain.errors import NodeUnknown, NotEnrolled
from stockpile.domain.exchange import (
    NEWEST_SPOKEN,
    OLDEST_SPOKEN,
    BlockAnswer,
    BlockRequest,
    Certificate,
    EnrolRequest,
    Hello,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
    pack_feed,
)
from stockpile.domain.held_chains import read_held
from stockpile.domain.sharing import Shares
from stockpile.domain.values import NodeId
from stockpile.registry import blobs, finds, health, intake, second_histories, tiles
from stockpile.registry.answers import PROTOCOL, add_objections, said
from stockpile.registry.arrivals import Arrivals
from stockpile.registry.asking import IN_TURN, Asker, Books, Heard, Node, ReadingBooks
from stockpile.registry.blocks import Granting
from stockpile.registry.books import RegistryBooks
from stockpile.registry.describing import HOT_LIST, LINES, answers, body, describe
from stockpile.registry.doorman import Doorman
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE
from stockpile.registry.gate import Gate
from stockpile.registry.limits import Limits, Turns
from stockpile.registry.metrics import Figures
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from stockpile.registry.replicas import Reading
from stockpile.registry.rows import Known
from stockpile.registry.web import add_pages
from stockpile.registry.web.unknown import add_unknown

FEED_LIMIT: Final = 200
_MOST: Final = (1 << 63) - 1
"""The largest position that a database has."""

routes = APIRouter(prefix=PROTOCOL, default_response_class=Response)


def create_app(
    books: RegistryBooks,
    *,
    reading: Reading | None = None,
    limits: Limits | None = None,
    figures: Figures | None = None,
    photos: Path | None = None,
) -> FastAPI:
    """Return the registry as an ASGI application over its books; ``photos`` is a folder.

    Nothing that it keeps in memory decides anything: any number of these may stand side by side.
    """
    bounds, counting = limits or Limits(), figures or Figures()
    # pages that explain the description load their script from elsewhere: a registry has none
    app = FastAPI(title="Stockpile registry", version=__version__, docs_url=None, redoc_url=None)
    app.state.books = books
    app.state.reading = reading or Reading(books)
    app.state.enrolment = Enrolment(books)
    app.state.gate = Gate(books, bounds)
    app.state.granting = Granting(books)
    app.state.turns = Turns(bounds.turns, bounds.waiting)
    # who waits for another batch keeps a turn: half of them are always left for work
    app.state.arrivals = Arrivals(bounds.turns // 2, bounds.behind)
    app.state.figures = counting
    folder = folder_of(books, photos)
    app.state.photos = Photos(books, PhotoFiles(folder) if folder else None)
    app.include_router(routes)
    app.include_router(tiles.router)
    app.include_router(blobs.router)
    app.include_router(finds.router)
    app.include_router(second_histories.router)
    app.include_router(health.routes)
    add_pages(app, books)
    app.add_middleware(Doorman, figures=counting, limits=bounds)
    add_objections(app)
    add_unknown(app)
    describe(app)
    return app


Position = Annotated[int, Query(le=_MOST)]


@routes.get("/hello", responses=answers(Hello, "Who the registry is."))
def hello(books: Books) -> Response:
    """Say who the registry is, what it speaks and what its clock shows."""
    head = books.head()
    answer = Hello(
        books.key.node, books.key.public_key, OLDEST_SPOKEN, NEWEST_SPOKEN, books.now(),
        head.size, head.root,
    )  # fmt: skip
    return said(answer)


@routes.post(
    "/enrol",
    openapi_extra=body(EnrolRequest),
    responses=answers(Certificate, "The node is known.", 401, 403),
)
def enrol(request: fastapi.Request, heard: Heard) -> Response:
    """Let in a node that shows a one-time code."""
    enrolment: Enrolment = request.app.state.enrolment
    return said(enrolment.enrol(wire.decode(heard.body, EnrolRequest)))


@routes.get("/nodes/{node}/tip", responses=answers(RemoteTip, "How far it is held.", signed=True))
def tip(node: Node, books: Books, asker: Asker) -> Response:
    """Say how far the asker's own chain is held."""
    _demand_own(node, asker)
    return said(books.tip(asker.node))


@routes.post(
    "/nodes/{node}/commits",
    dependencies=IN_TURN,
    openapi_extra=body(LINES),
    responses=answers(Receipt, "All of it is held.", 403, 409, 422, signed=True),
)
def commits(
    request: fastapi.Request, node: Node, books: Books, asker: Asker, heard: Heard
) -> Response:
    """Take in entries of the asker's own chain and give the receipt."""
    _demand_own(node, asker)
    figures: Figures = request.app.state.figures

    def counted(facts: int) -> None:
        figures.taken_in(facts, len(heard.body))

    arrivals: Arrivals = request.app.state.arrivals
    return said(intake.take(books, asker.node, heard.body, counted, arrivals))


@routes.get("/nodes/{node}/commits", responses=answers(LINES, "Entries, in order.", signed=True))
def own_entries(node: Node, books: ReadingBooks, asker: Asker, after: Position = 0) -> Response:
    """Give the asker's own chain back after a number: its own signature proves each entry."""
    _demand_own(node, asker)
    found = books.own_entries(asker.node, max(after, 0))
    return Response(wire.squeeze(wire.pack(found)), media_type=LINES)


@routes.post(
    "/nodes/{node}/urgent",
    dependencies=IN_TURN,
    openapi_extra=body(LINES),
    responses=answers(Told, "The hot list knows of it.", 403, 409, 422, signed=True),
)
def urgent(node: Node, books: Books, asker: Asker, heard: Heard) -> Response:
    """Take in losses and recoveries of the asker's own chain ahead of it, for the hot list."""
    _demand_own(node, asker)
    return said(intake.take_ahead(books, asker.node, heard.body))


@routes.get("/hotlist", responses=answers(HOT_LIST, "The list, or nothing new.", 403, signed=True))
def hot_list(books: Books, asker: Asker, have: int = 0) -> Response:
    """Give the signed list of lost and stolen weapons; nothing where ``have`` is its number."""
    asker.demand_trust()
    return Response(books.hot_list(have) or b"", media_type=HOT_LIST)


@routes.get(
    "/feed", responses=answers(LINES, "Entries, in the log's order.", 403, 409, signed=True)
)
def feed(
    books: Books, read: ReadingBooks, asker: Asker,
    after: Position = 0, limit: int = FEED_LIMIT, log: str = "",
    most: Position = MOST_BYTES_A_PAGE, scope: str | None = None, have: str = "",
) -> Response:  # fmt: skip
    """Give what others wrote after a cursor: of the log, or of the feed of the asker's scope.

    ``scope`` names the feed that the cursor belongs to, as the last page did; empty for the first.
    ``have`` says how far chains are held (node.number, separated by commas): no entry of them up
    to there is told whole again.
    """
    asker.demand_trust()
    if log not in ("", books.key.node):
        raise NotEnrolled
    held = read_held(have)
    page = read.feed(asker, max(after, 0), max(limit, 1), max(most, 1), scope, held)
    return Response(wire.squeeze(pack_feed(page)), media_type=LINES)


@routes.post(
    "/nodes/{node}/shares",
    dependencies=IN_TURN,
    openapi_extra=body(Shares),
    responses=answers(Shares, "What the asker should hold by now.", 403, signed=True),
)
def shares(node: Node, books: Books, asker: Asker, heard: Heard) -> Response:
    """Compare what both sides hold; a feed that lacks something is made anew."""
    _demand_own(node, asker)
    asker.demand_trust()
    return said(books.shares(asker.node, wire.decode(heard.body, Shares)))


@routes.post(
    "/blocks",
    openapi_extra=body(BlockRequest),
    responses=answers(BlockAnswer, "Numbers of the node's own.", 403, 409, signed=True),
)
def blocks(request: fastapi.Request, asker: Asker, heard: Heard) -> Response:
    """Grant the asker marking numbers; the same request again gets the same ones."""
    granting: Granting = request.app.state.granting
    return said(granting.answer(asker.node, wire.decode(heard.body, BlockRequest)))


@routes.get(
    "/consistency", responses=answers(TreeProof, "One history begins the other.", 403, signed=True)
)
def consistency(books: ReadingBooks, asker: Asker, old: int, size: int) -> Response:
    """Prove that the log of one size begins the log of another; not beyond what there is."""
    asker.demand_trust()
    return said(books.proof(old, size))


def _demand_own(node: str, asker: Known) -> None:
    if NodeId(node) != asker.node:
        raise NodeUnknown(node)
