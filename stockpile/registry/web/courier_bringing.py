"""Where a courier file is brought: looked into, and kept until it is taken in or left.

Who brings a file is asked before any of it is read. One of the record waits in the database, locked
as it came; one of photos is larger, and waits beside the photos.
"""

from __future__ import annotations

from typing import Annotated, BinaryIO, Final

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from stockpile.domain.courier import EXTENSION
from stockpile.domain.errors import (
    CourierTooLargeForPage,
    FieldMissing,
    PhotosFull,
    PhotosNowhere,
    StockpileError,
)
from stockpile.domain.photo_courier import MAGIC
from stockpile.registry import courier_photos, courier_rows, couriers
from stockpile.registry.limits import COURIER_BYTES, COURIERS, HEARD_OUT, PHOTOS_BYTES
from stockpile.registry.photos import Photos
from stockpile.registry.photos_brought import PhotosBrought
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.couriers import MEGABYTE, figures, listing, turn
from stockpile.registry.web.frame import MOST_FORM, PageRoute, go
from stockpile.registry.web.visiting import Acting, Visitor, somebody, visitor

_LONGEST_NAME: Final = 100


class BringingRoute(PageRoute):
    """Takes courier files, of those who may bring them alone."""

    most = PHOTOS_BYTES + MOST_FORM
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
            raise CourierTooLargeForPage(size // MEGABYTE, PHOTOS_BYTES // MEGABYTE)


router = APIRouter(route_class=BringingRoute, include_in_schema=False)


@router.post(COURIERS)
def bring(
    request: Request,
    acting: Acting,
    courier: Annotated[UploadFile | None, File()] = None,
    words: Annotated[str, Form()] = "",
) -> Response:
    """Look into a file, and keep it until it is taken in or left."""
    acting.demand("enrol")
    try:
        if courier is None or not courier.size:
            raise FieldMissing("courier")
        is_photos = courier_photos.is_photos(courier.file)
        _demand_size(courier.size, PHOTOS_BYTES if is_photos else COURIER_BYTES)
        keep = _keep_photos if is_photos else _keep
        id_ = keep(request, acting, courier.file, _name(courier.filename or ""), words)
    except StockpileError as error:
        figures(request).courier("refused")
        return listing(request, acting, error)
    return go(f"{COURIERS}/{id_}")


# --- inside -------------------------------------------------------------------------------------


def _demand_bringer(request: Request) -> None:
    visitor(somebody(request)).demand("enrol")


def _demand_size(size: int, most: int) -> None:
    if size > most:
        raise CourierTooLargeForPage(size // MEGABYTE, most // MEGABYTE)


def _keep(request: Request, acting: Visitor, came: BinaryIO, name: str, words: str) -> str:
    whole = came.read()
    with turn(request):
        couriers.look(acting.books, whole, name, words)
    return _row(request, acting, name, words, whole)


def _keep_photos(request: Request, acting: Visitor, came: BinaryIO, name: str, words: str) -> str:
    photos: Photos = request.app.state.photos
    if photos.files is None:
        raise PhotosNowhere
    with turn(request):
        file = courier_photos.opened(acting.books, came, name, words)
        courier_photos.look(acting.books, photos, file)
    id_ = _row(request, acting, name, words, MAGIC)
    try:
        PhotosBrought(photos.files.brought).keep(id_, came)
    except PhotosFull:
        with acting.books.writing() as connection:
            courier_rows.put_away(connection, id_)
        raise
    return id_


def _row(request: Request, acting: Visitor, name: str, words: str, content: bytes) -> str:
    with acting.books.writing() as connection:
        now = acting.books.now()
        progress.note_left(connection, acting)
        id_ = courier_rows.bring(connection, acting.officer.id, now, name, words, content)
    progress.tidy(request, acting)
    return id_


def _name(written: str) -> str:
    """Return what a file was called, without the folders that some browsers tell."""
    last = written.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[:_LONGEST_NAME] or f"file{EXTENSION}"
