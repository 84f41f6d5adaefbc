"""Courier files: a depot's stick, looked into and taken in, and the file for the way back.

1. Who brings a file is asked before any of it is read. It waits in the database, locked as it came,
   for an hour and for who brought it alone: any process may show it and take it in.
2. Taking it in goes step by step (``courier_steps``); this page leads to where it is.
3. One process opens one file at a time: a large one is a gigabyte in memory for some seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Annotated, Final

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from stockpile.domain import wire
from stockpile.domain.courier import EXTENSION
from stockpile.domain.errors import (
    CourierGone,
    CourierTooLargeForPage,
    FieldMissing,
    RegistryBusy,
    StockpileError,
)
from stockpile.domain.values import Instant, NodeId
from stockpile.registry import courier_answers, courier_rows, courier_steps, couriers
from stockpile.registry.courier_rows import Brought
from stockpile.registry.courier_steps import Way
from stockpile.registry.couriers import Looked, Preview, Seen
from stockpile.registry.limits import COURIER_BYTES, COURIERS, HEARD_OUT
from stockpile.registry.metrics import Figures
from stockpile.registry.web import courier_lines
from stockpile.registry.web.frame import MOST_FORM, PageRoute, go, pages, refused, render
from stockpile.registry.web.visiting import (
    Acting,
    Visiting,
    Visitor,
    somebody,
    visitor,
)

_LISTED: Final = 50
_PATIENCE: Final = 60.0
"""Seconds that one who brings a file waits for the one before."""
_MEGABYTE: Final = 1_000_000
_LONGEST_NAME: Final = 100


class BringingRoute(PageRoute):
    """Takes courier files, of those who may bring them alone."""

    most = COURIER_BYTES + MOST_FORM
    takes_files = True

    async def admit(self, request: Request) -> None:
        """Raise SignInWanted, OfficerNotAuthorised, CourierTooLargeForPage before it is read."""
        await run_in_threadpool(_demand_bringer, request)
        said = request.headers.get("content-length", "")
        size = int(said) if said.isascii() and said.isdigit() else 0
        if size > self.most:
            # heard out: a browser that is cut off shows no answer
            if size <= HEARD_OUT:
                async for _part in request.stream():
                    pass
            raise CourierTooLargeForPage(size // _MEGABYTE, COURIER_BYTES // _MEGABYTE)


router = pages()
bringing = APIRouter(route_class=BringingRoute, include_in_schema=False)


@router.get(COURIERS)
def listed(request: Request, visiting: Visiting) -> Response:
    """Show where a file is brought, and whose files came last."""
    visiting.demand("enrol")
    return _list(request, visiting)


@bringing.post(COURIERS)
def bring(
    request: Request,
    acting: Acting,
    courier: Annotated[UploadFile | None, File()] = None,
    words: Annotated[str, Form()] = "",
) -> Response:
    """Look into a file, and keep it until it is taken in or left."""
    acting.demand("enrol")
    whole = courier.file.read(COURIER_BYTES + 1) if courier is not None else b""
    name = _name(courier.filename or "") if courier is not None else ""
    try:
        if not whole:
            raise FieldMissing("courier")
        if len(whole) > COURIER_BYTES:
            size = len(whole) // _MEGABYTE
            raise CourierTooLargeForPage(size, COURIER_BYTES // _MEGABYTE)
        with turn(request):
            couriers.look(acting.books, whole, name, words)
    except StockpileError as error:
        figures(request).courier("refused")
        return _list(request, acting, error)
    with acting.books.writing() as connection:
        now = acting.books.now()
        note_left(connection, acting)
        id_ = courier_rows.bring(connection, acting.officer.id, now, name, words, whole)
    return go(f"{COURIERS}/{id_}")


@router.get(f"{COURIERS}/{{id_}}")
def show(request: Request, visiting: Visiting, id_: str) -> Response:
    """Show what a file would bring, or what came of it."""
    visiting.demand("enrol")
    brought = brought_by(visiting, id_)
    if way := way_of(brought):
        return _begun(request, way, id_)
    with turn(request):
        looked = couriers.look(visiting.books, brought.content, brought.name, brought.words)
    visiting.note("courier_looked", looked.preview.sender)
    return _preview(request, visiting, brought, looked)


@router.post(f"{COURIERS}/{{id_}}/leave")
def leave(acting: Acting, id_: str) -> Response:
    """Put a file away without taking it in."""
    brought_by(acting, id_)
    with acting.books.writing() as connection:
        note_left(connection, acting)
        courier_rows.put_away(connection, id_)
    return go(COURIERS)


@router.post(f"{COURIERS}/answers/{{node}}")
def answer(request: Request, acting: Acting, node: str) -> Response:
    """Give the courier file for the way back to a node; it alone can open it."""
    acting.demand("enrol")
    try:
        with turn(request):
            made = courier_answers.answer(acting.books, NodeId(node))
    except StockpileError as error:
        return _list(request, acting, error)
    figures(request).courier("answered")
    acting.note("courier_answered", node)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.whole, media_type="application/octet-stream", headers=headers)


# --- inside -------------------------------------------------------------------------------------


def _demand_bringer(request: Request) -> None:
    visitor(somebody(request)).demand("enrol")


def figures(request: Request) -> Figures:
    """Return what is counted here."""
    counted: Figures = request.app.state.figures
    return counted


@contextmanager
def turn(request: Request, patience: float = _PATIENCE) -> Iterator[None]:
    """Have the turn to open a file; raise RegistryBusy where the one before takes too long."""
    only: Lock = request.app.state.courier_turn
    if not only.acquire(timeout=patience):
        raise RegistryBusy("another courier file is being opened")
    try:
        yield
    finally:
        only.release()


def way_of(brought: Brought) -> Way | None:
    """Return how far a file is taken in; None where that was not begun."""
    return wire.decode(brought.outcome.encode(), Way) if brought.outcome else None


def note_left(connection: Connection, visitor: Visitor) -> None:
    """Write down how far a file was that is put away while it is taken in."""
    before = courier_rows.under_way(connection, visitor.officer.id)
    way = way_of(before) if before else None
    if way is not None and way.state == "going":
        visitor.note_within(connection, "courier_stopped", how_far(way))


def how_far(way: Way) -> str:
    """Return whose file it is and how many of its facts were taken in, for the audit log."""
    return f"{way.node} {way.facts}/{way.total}"


def _begun(request: Request, way: Way, id_: str) -> Response:
    """Show what came of a file, or where it was stopped; one that is under way has its own page."""
    if way.state == "going":
        return go(f"{COURIERS}/{id_}/under-way")
    if way.state == "stopped":
        return render(request, "courier_under_way.html", way=way, id=id_, waits=False)
    return render(request, "courier_taken.html", outcome=way)


def brought_by(visiting: Visitor, id_: str) -> Brought:
    """Return a file that the visitor brought; raise CourierGone."""
    with visiting.books.reading() as connection:
        now = visiting.books.now()
        found = courier_rows.brought(connection, id_, visiting.officer.id, now)
    if found is None:
        raise CourierGone
    return found


def _name(written: str) -> str:
    """Return what a file was called, without the folders that some browsers tell."""
    last = written.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[:_LONGEST_NAME] or f"file{EXTENSION}"


def _list(request: Request, visiting: Visitor, error: StockpileError | None = None) -> Response:
    now = visiting.books.now()
    with visiting.books.reading() as connection:
        heard = courier_rows.heard(connection, _LISTED)
        own = courier_rows.under_way(connection, visiting.officer.id)
        is_due = courier_rows.is_due(connection, now)
    if is_due:
        with visiting.books.writing() as connection:
            courier_rows.sweep(connection, now)
    most = COURIER_BYTES // _MEGABYTE
    return refused(request, error, "couriers.html", heard=heard, most=most, own=_open(own, now))


def _open(brought: Brought | None, now: Instant) -> str:
    """Return by what a file is asked for that was begun and is not whole yet; '' for none."""
    if brought is None or brought.at < now - courier_rows.KEPT_FOR:
        return ""
    way = way_of(brought)
    return brought.id if way is not None and way.state != "done" else ""


def _preview(request: Request, visiting: Visitor, brought: Brought, looked: Looked) -> Response:
    preview = looked.preview
    with visiting.books.reading() as connection:
        losses = courier_lines.losses(connection, preview)
        told = courier_lines.told(connection, preview)
    return render(
        request, "courier.html", id=brought.id, name=brought.name,
        size=-(-len(brought.content) // 1000), seen=preview, losses=losses, told=told,
        asks=sum(one.count for one in looked.content.asks),
        why=courier_steps.why(preview.trouble), own=next(_own(preview), None),
    )  # fmt: skip


def _own(preview: Preview) -> Iterator[Seen]:
    """Give the sender's own chain, if the file brings any of it."""
    yield from (one for one in preview.chains if one.node == preview.sender)
