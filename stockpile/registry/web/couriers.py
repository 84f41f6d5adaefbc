"""Courier files: a depot's stick, looked into and taken in, and the file for the way back.

1. A file that was brought (``courier_bringing``) waits for an hour and for who brought it alone:
   any process may show it and take it in.
2. Taking it in goes step by step (``courier_steps``, ``courier_photos``); this page leads to where
   it is.
3. One process opens one file at a time: a large one is a gigabyte in memory for some seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from fastapi import Request, Response

from stockpile.domain.errors import RegistryBusy, StockpileError
from stockpile.domain.values import Instant, NodeId
from stockpile.registry import courier_answers, courier_rows, courier_steps, couriers
from stockpile.registry.courier_rows import Brought
from stockpile.registry.courier_steps import Way
from stockpile.registry.couriers import Looked, Preview, Seen
from stockpile.registry.limits import COURIER_BYTES, COURIERS, PHOTOS_BYTES
from stockpile.registry.metrics import Figures
from stockpile.registry.web import courier_lines
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.frame import go, pages, refused, render
from stockpile.registry.web.visiting import Acting, Visiting, Visitor

_LISTED: Final = 50
_PATIENCE: Final = 60.0
"""Seconds that one who brings a file waits for the one before."""
MEGABYTE: Final = 1_000_000

router = pages()


@router.get(COURIERS)
def listed(request: Request, visiting: Visiting) -> Response:
    """Show where a file is brought, and whose files came last."""
    visiting.demand("enrol")
    return listing(request, visiting)


@router.get(f"{COURIERS}/{{id_}}")
def show(request: Request, visiting: Visiting, id_: str) -> Response:
    """Show what a file would bring, or what came of it."""
    visiting.demand("enrol")
    brought = progress.brought_by(visiting, id_)
    if brought.is_photos:
        return go(f"{COURIERS}/{id_}/photos")
    way = progress.way_of(brought)
    if isinstance(way, Way):
        return _begun(request, way, id_)
    with turn(request):
        looked = couriers.look(visiting.books, brought.content, brought.name, brought.words)
    visiting.note("courier_looked", looked.preview.sender)
    return _preview(request, visiting, brought, looked)


@router.post(f"{COURIERS}/{{id_}}/leave")
def leave(request: Request, acting: Acting, id_: str) -> Response:
    """Put a file away without taking it in."""
    progress.brought_by(acting, id_)
    with acting.books.writing() as connection:
        progress.note_left(connection, acting)
        courier_rows.put_away(connection, id_)
    progress.tidy(request, acting)
    return go(COURIERS)


@router.post(f"{COURIERS}/answers/{{node}}")
def answer(request: Request, acting: Acting, node: str) -> Response:
    """Give the courier file for the way back to a node; it alone can open it."""
    acting.demand("enrol")
    try:
        with turn(request):
            made = courier_answers.answer(acting.books, NodeId(node), request.app.state.photos)
    except StockpileError as error:
        return listing(request, acting, error)
    figures(request).courier("answered")
    acting.note("courier_answered", node)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.whole, media_type="application/octet-stream", headers=headers)


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


def listing(request: Request, visiting: Visitor, error: StockpileError | None = None) -> Response:
    """Show where a file is brought, with what stands against the one that was, if anything does."""
    now = visiting.books.now()
    with visiting.books.reading() as connection:
        heard = courier_rows.heard(connection, _LISTED)
        own = courier_rows.under_way(connection, visiting.officer.id)
        is_due = courier_rows.is_due(connection, now)
    if is_due:
        with visiting.books.writing() as connection:
            courier_rows.sweep(connection, now)
        progress.tidy(request, visiting)
    return refused(
        request, error, "couriers.html", heard=heard, most=COURIER_BYTES // MEGABYTE,
        most_photos=PHOTOS_BYTES // MEGABYTE, own=_open(own, now),
    )  # fmt: skip


# --- inside -------------------------------------------------------------------------------------


def _begun(request: Request, way: Way, id_: str) -> Response:
    """Show what came of a file, or where it was stopped; one that is under way has its own page."""
    if way.state == "going":
        return go(f"{COURIERS}/{id_}/under-way")
    if way.state == "stopped":
        home = f"{COURIERS}/{id_}"
        return render(request, "courier_under_way.html", way=way, id=id_, home=home, waits=False)
    return render(request, "courier_taken.html", outcome=way)


def _open(brought: Brought | None, now: Instant) -> str:
    """Return by what a file is asked for that was begun and is not whole yet; '' for none."""
    if brought is None or brought.at < now - courier_rows.KEPT_FOR:
        return ""
    way = progress.way_of(brought)
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
