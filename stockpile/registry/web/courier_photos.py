"""Photos of a courier file on the registry's pages: what it would bring, taken in, with a stop.

As with the record: begun by a form with the second factor, gone on with by each look at the page
for a second or two, by whichever process is asked. First all is proved, then photos are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request, Response

from stockpile.domain.errors import CourierGone, PhotosNowhere
from stockpile.registry import courier_photos
from stockpile.registry.courier_photos import PhotosFile, PhotosWay
from stockpile.registry.courier_rows import Brought
from stockpile.registry.limits import COURIERS
from stockpile.registry.photos import Photos
from stockpile.registry.photos_brought import PhotosBrought
from stockpile.registry.web import courier_going
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.couriers import turn
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor

_PHOTOS: Final = f"{COURIERS}/{{id_}}/photos"

router = pages()


@router.get(_PHOTOS)
def show(request: Request, visiting: Visiting, id_: str) -> Response:
    """Show what photos a file would bring, or what came of it."""
    visiting.demand("enrol")
    brought = _brought_by(visiting, id_)
    way = progress.way_of(brought)
    if isinstance(way, PhotosWay):
        return _begun(request, way, id_)
    with turn(request), _opened(request, visiting, brought) as file:
        seen = courier_photos.look(visiting.books, _desk(request), file)
    visiting.note("courier_looked", seen.sender)
    return render(request, "courier_photos.html", id=id_, name=brought.name, seen=seen)


@router.post(f"{_PHOTOS}/take")
def take(request: Request, visitor: Stepped, id_: str) -> Response:
    """Begin to take photos in, or go on after a stop."""
    visitor.demand("enrol")
    brought = _brought_by(visitor, id_)
    if brought.outcome:
        progress.turn_to(visitor, id_, "stopped", "going")
        return go(_path(id_))
    with turn(request), _opened(request, visitor, brought) as file:
        way = courier_photos.begin(courier_photos.look(visitor.books, _desk(request), file))
    progress.begin(visitor, id_, way)
    return go(f"{_path(id_)}/under-way")


@router.get(f"{_PHOTOS}/under-way")
def under_way(request: Request, visiting: Visiting, id_: str) -> Response:
    """Go on with a file that was begun, for a second or two, and show how far it is."""
    visiting.demand("enrol")
    brought = _brought_by(visiting, id_)
    way = progress.way_of(brought)
    if not isinstance(way, PhotosWay) or way.state != "going":
        return go(_path(id_))
    steps = _steps(request, visiting, brought, way)
    way, waits = courier_going.go_on(request, visiting, id_, way, steps)
    if way.state == "done":
        _shelf(request).drop(id_)
    if way.state != "going":
        return go(_path(id_))
    return _under_way(request, way, id_, waits=waits)


@router.post(f"{_PHOTOS}/stop")
def stop(acting: Acting, id_: str) -> Response:
    """Go on no further; what was kept stays, and so does the file."""
    acting.demand("enrol")
    _brought_by(acting, id_)
    progress.turn_to(acting, id_, "going", "stopped")
    return go(_path(id_))


# --- inside -------------------------------------------------------------------------------------


def _path(id_: str) -> str:
    return f"{COURIERS}/{id_}/photos"


def _desk(request: Request) -> Photos:
    desk: Photos = request.app.state.photos
    return desk


def _shelf(request: Request) -> PhotosBrought:
    files = _desk(request).files
    if files is None:
        raise PhotosNowhere
    return PhotosBrought(files.brought)


def _brought_by(visitor: Visitor, id_: str) -> Brought:
    """Return a file of photos that the visitor brought; raise CourierGone."""
    found = progress.brought_by(visitor, id_)
    if not found.is_photos:
        raise CourierGone
    return found


@contextmanager
def _opened(request: Request, visitor: Visitor, brought: Brought) -> Iterator[PhotosFile]:
    with _shelf(request).opened(brought.id) as stream:
        yield courier_photos.opened(visitor.books, stream, brought.name, brought.words)


def _begun(request: Request, way: PhotosWay, id_: str) -> Response:
    """Show what came of a file, or where it was stopped; one that is under way has its own page."""
    if way.state == "going":
        return go(f"{_path(id_)}/under-way")
    if way.state == "stopped":
        return _under_way(request, way, id_)
    return render(request, "courier_photos_taken.html", outcome=way)


def _under_way(request: Request, way: PhotosWay, id_: str, *, waits: bool = False) -> Response:
    template = "courier_photos_under_way.html"
    return render(request, template, way=way, id=id_, home=_path(id_), waits=waits)


@contextmanager
def _steps(
    request: Request, visitor: Visitor, brought: Brought, before: PhotosWay
) -> Iterator[Iterator[PhotosWay]]:
    """Open a file, and give its steps from where it is."""
    with _opened(request, visitor, brought) as file:
        yield courier_photos.steps(visitor.books, _desk(request), file, before)
