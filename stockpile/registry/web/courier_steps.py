"""A courier file is taken in by its page: a second or two of work with each look at it, and a stop.

1. Begun it is by a form with the second factor. The page then asks for itself again until all is
   done; each time some process goes on from where the file is. It needs no script.
2. That the page goes on is no form: it does nothing but what was begun, for who began it, twice as
   once; a browser sends the cookie with no other site's link.
3. A stop holds after the batch that is under way, in whatever process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request, Response

from stockpile.registry import courier_steps, courier_taking, couriers
from stockpile.registry.courier_rows import Brought
from stockpile.registry.courier_steps import Way
from stockpile.registry.limits import COURIERS
from stockpile.registry.web import courier_going
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.couriers import figures, turn
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor

router = pages()


@router.post(f"{COURIERS}/{{id_}}/take")
def take(request: Request, visitor: Stepped, id_: str) -> Response:
    """Begin to take a file in, or go on after a stop."""
    visitor.demand("enrol")
    brought = progress.brought_by(visitor, id_)
    if brought.outcome:
        progress.turn_to(visitor, id_, "stopped", "going")
        return go(f"{COURIERS}/{id_}")
    with turn(request):
        content = couriers.opened(visitor.books, brought.content, brought.name, brought.words)
        seen = couriers.standing_of(visitor.books, content)
        way = courier_steps.begin(visitor.books, seen, (visitor.signer.pair,))
    progress.begin(visitor, id_, way)
    return go(f"{COURIERS}/{id_}/under-way")


@router.get(f"{COURIERS}/{{id_}}/under-way")
def under_way(request: Request, visiting: Visiting, id_: str) -> Response:
    """Go on with a file that was begun, for a second or two, and show how far it is."""
    visiting.demand("enrol")
    brought = progress.brought_by(visiting, id_)
    way = progress.way_of(brought)
    if not isinstance(way, Way) or way.state != "going":
        return go(f"{COURIERS}/{id_}")
    steps = _steps(request, visiting, brought, way)
    way, waits = courier_going.go_on(request, visiting, id_, way, steps)
    if way.state != "going":
        return go(f"{COURIERS}/{id_}")
    home = f"{COURIERS}/{id_}"
    return render(request, "courier_under_way.html", way=way, id=id_, home=home, waits=waits)


@router.post(f"{COURIERS}/{{id_}}/stop")
def stop(acting: Acting, id_: str) -> Response:
    """Go on no further; what was taken in stays, and so does the file."""
    acting.demand("enrol")
    progress.turn_to(acting, id_, "going", "stopped")
    return go(f"{COURIERS}/{id_}")


# --- inside -------------------------------------------------------------------------------------


@contextmanager
def _steps(
    request: Request, visitor: Visitor, brought: Brought, before: Way
) -> Iterator[Iterator[Way]]:
    """Open a file, and give its steps from where it is."""
    counted = figures(request).by_courier
    content = couriers.opened(visitor.books, brought.content, brought.name, brought.words)
    with courier_taking.unbroken(brought.name):
        yield courier_steps.steps(visitor.books, content, before, counted)
