"""Photos by their digests: what is lacking, what is here, and pieces in both directions."""

from __future__ import annotations

from typing import Annotated, Final

import fastapi
from fastapi import APIRouter, Depends, Path, Query, Response

from stockpile.domain import jpegs, wire
from stockpile.domain.photo_messages import (
    DIGEST,
    MOST_PIECE,
    PhotoHave,
    PhotosAsked,
    PhotosHeld,
    PhotosWanted,
)
from stockpile.registry.answers import PROTOCOL, said
from stockpile.registry.asking import IN_TURN, Asker, Heard
from stockpile.registry.describing import BYTES, answers, body
from stockpile.registry.photos import Photos

router = APIRouter(prefix=PROTOCOL, default_response_class=Response)

_PRIVATE: Final = {"cache-control": "private, no-store", "x-content-type-options": "nosniff"}


def _photos(request: fastapi.Request) -> Photos:
    photos: Photos = request.app.state.photos
    return photos


PhotoDesk = Annotated[Photos, Depends(_photos)]
Named = Annotated[str, Path(pattern=DIGEST)]
Offset = Annotated[int, Query(ge=0, le=jpegs.MOST_BYTES)]
Most = Annotated[int, Query(ge=1, le=MOST_PIECE)]


@router.get(
    "/photos/wanted",
    responses=answers(PhotosWanted, "What the registry lacks, newest first.", 403, signed=True),
)
def wanted(photos: PhotoDesk, asker: Asker) -> Response:
    """Say which photos that the asker's site put on record have not arrived."""
    asker.demand_trust()
    return said(photos.wanted(asker))


@router.post(
    "/photos/held",
    openapi_extra=body(PhotosAsked),
    responses=answers(PhotosHeld, "Those that are here.", 403, signed=True),
)
def held(photos: PhotoDesk, asker: Asker, heard: Heard) -> Response:
    """Say which of these photos the registry has and gives to the asker."""
    asker.demand_trust()
    return said(photos.held(asker, wire.decode(heard.body, PhotosAsked).digests))


@router.get(
    "/photos/{digest}",
    responses=answers(PhotoHave, "How much of it arrived.", 403, signed=True),
)
def have(photos: PhotoDesk, asker: Asker, digest: Named) -> Response:
    """Say how a photo stands, and how many bytes of it arrived from the asker."""
    asker.demand_trust()
    return said(photos.have(asker, digest))


@router.get("/blobs/{digest}", responses=answers(BYTES, "A piece of it.", 403, signed=True))
def piece(
    photos: PhotoDesk, asker: Asker, digest: Named, offset: Offset = 0, most: Most = MOST_PIECE
) -> Response:
    """Give a piece of a photo; nothing after its end."""
    asker.demand_trust()
    content = photos.piece(asker, digest, offset, most)
    return Response(content, media_type=BYTES, headers=_PRIVATE)


@router.put(
    "/blobs/{digest}",
    dependencies=IN_TURN,
    openapi_extra=body(BYTES),
    responses=answers(PhotoHave, "How much of it arrived.", 403, 422, 507, signed=True),
)
def add(
    photos: PhotoDesk, asker: Asker, heard: Heard, digest: Named, offset: Offset, total: Offset
) -> Response:
    """Take in a piece of a photo of ``total`` bytes; the last one has it proved."""
    asker.demand_trust()
    return said(photos.add(asker, digest, offset, total, heard.body))
