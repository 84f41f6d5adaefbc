"""A courier file is taken in by its page: a second or two of work with each look at it, and a stop.

1. Begun it is by a form with the second factor. The page then asks for itself again until all is
   done; each time some process goes on from where the file is. It needs no script.
2. That the page goes on is no form: it does nothing but what was begun, for who began it, twice as
   once; a browser sends the cookie with no other site's link.
3. A stop holds after the batch that is under way, in whatever process.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Final

from fastapi import Request, Response
from sqlalchemy import Connection

from stockpile.domain import wire
from stockpile.domain.errors import CourierGone, RegistryBusy, StockpileError
from stockpile.registry import acts, audit, courier_rows, courier_steps, courier_taking, couriers
from stockpile.registry.courier_rows import Brought
from stockpile.registry.courier_steps import State, Way
from stockpile.registry.limits import COURIERS
from stockpile.registry.web.couriers import brought_by, figures, how_far, turn, way_of
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor

_STEP: Final = 2.0
"""Seconds after which no further batch is begun in a request."""
_SHORT: Final = 2.0
"""Seconds that a step waits for another file; then the page says that it waits."""

router = pages()


@router.post(f"{COURIERS}/{{id_}}/take")
def take(request: Request, visitor: Stepped, id_: str) -> Response:
    """Begin to take a file in, or go on after a stop."""
    visitor.demand("enrol")
    brought = brought_by(visitor, id_)
    if brought.outcome:
        _turn_to(visitor, id_, "stopped", "going")
        return go(f"{COURIERS}/{id_}")
    with turn(request):
        content = couriers.opened(visitor.books, brought.content, brought.name, brought.words)
        seen = couriers.standing_of(visitor.books, content)
        way = courier_steps.begin(visitor.books, seen, (visitor.signer.pair,))
    with visitor.books.writing() as connection:
        if _now(connection, visitor, id_) is None:  # sent twice: it is begun once
            _mark(connection, id_, way)
            visitor.note_within(connection, "courier_begun", how_far(way))
    acts.seal_by_day(visitor.books)
    return go(f"{COURIERS}/{id_}/under-way")


@router.get(f"{COURIERS}/{{id_}}/under-way")
def under_way(request: Request, visiting: Visiting, id_: str) -> Response:
    """Go on with a file that was begun, for a second or two, and show how far it is."""
    visiting.demand("enrol")
    brought = brought_by(visiting, id_)
    way, waits = way_of(brought), False
    if way is None or way.state != "going":
        return go(f"{COURIERS}/{id_}")
    try:
        with turn(request, _SHORT):
            way = _step(request, visiting, brought, way)
    except RegistryBusy:
        way, waits = way_of(brought_by(visiting, id_)) or way, True
    except StockpileError:
        _turn_to(visiting, id_, "going", "stopped")
        raise
    if way.state != "going":
        return go(f"{COURIERS}/{id_}")
    return render(request, "courier_under_way.html", way=way, id=id_, waits=waits)


@router.post(f"{COURIERS}/{{id_}}/stop")
def stop(acting: Acting, id_: str) -> Response:
    """Go on no further; what was taken in stays, and so does the file."""
    acting.demand("enrol")
    _turn_to(acting, id_, "going", "stopped")
    return go(f"{COURIERS}/{id_}")


# --- inside -------------------------------------------------------------------------------------


def _step(request: Request, visitor: Visitor, brought: Brought, before: Way) -> Way:
    """Go on until there is no time left, and return how far the file is then."""
    began, way, counted = monotonic(), before, figures(request).by_courier
    content = couriers.opened(visitor.books, brought.content, brought.name, brought.words)
    try:
        with courier_taking.unbroken(brought.name):
            for one in courier_steps.steps(visitor.books, content, before, counted):
                way = one
                if monotonic() - began > _STEP or not _is_going(visitor, brought.id):
                    break
    except StockpileError:
        _keep(visitor, brought.id, before, way)
        raise
    if way.state == "done":
        figures(request).courier("taken")
    return _keep(visitor, brought.id, before, way)


def _keep(visitor: Visitor, id_: str, before: Way, after: Way) -> Way:
    """Write down how far a step came, and return how far the file is.

    Where another process said so first, that stands; where somebody stopped it, it stays stopped.
    """
    with visitor.books.writing() as connection:
        now = _now(connection, visitor, id_)
        if now is None:
            raise CourierGone
        if now.stretches != before.stretches or now.state == "done" or after == before:
            return now
        if after.state == "done":
            courier_rows.put_away(connection, id_, _text(after))
            visitor.note_within(connection, "courier_taken", how_far(after))
            acts.seal(connection, visitor.books)
            return after
        way = replace(after, state=now.state)
        _mark(connection, id_, way)
        if way.state == "stopped":  # the batch that was under way came after the stop was told
            visitor.note_within(connection, "courier_stopped", how_far(way))
    return way


def _turn_to(visitor: Visitor, id_: str, from_: State, to: State) -> None:
    """Stop a file or let it go on, where it stands so, and write that into the audit log."""
    brought_by(visitor, id_)
    with visitor.books.writing() as connection:
        way = _now(connection, visitor, id_)
        if way is None or way.state != from_:
            return
        _mark(connection, id_, replace(way, state=to))
        act: audit.Act = "courier_stopped" if to == "stopped" else "courier_begun"
        visitor.note_within(connection, act, how_far(way))
        if to == "stopped":
            acts.seal(connection, visitor.books)


def _now(connection: Connection, visitor: Visitor, id_: str) -> Way | None:
    """Return how far a file is, in a transaction in which nobody else says so."""
    visitor.books.locked(connection, visitor.books.key.node)
    now = visitor.books.now()
    brought = courier_rows.brought(connection, id_, visitor.officer.id, now)
    if brought is None:
        raise CourierGone
    return way_of(brought)


def _is_going(visitor: Visitor, id_: str) -> bool:
    with visitor.books.reading() as connection:
        said = courier_rows.outcome_of(connection, id_)
    return bool(said) and wire.decode(said.encode(), Way).state == "going"


def _mark(connection: Connection, id_: str, way: Way) -> None:
    courier_rows.mark(connection, id_, _text(way))


def _text(way: Way) -> str:
    return wire.encode(way).decode()
