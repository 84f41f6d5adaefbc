"""Photos for the registry's staff: only to who is signed in, written down, kept by no cache."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Path, Request, Response

from stockpile.domain.facts import Photo
from stockpile.domain.numbers import registry_number
from stockpile.domain.photo_messages import DIGEST
from stockpile.registry import photo_rows
from stockpile.registry.photos import Photos
from stockpile.registry.web.frame import pages
from stockpile.registry.web.visiting import Visiting
from stockpile.terms import term

router = pages()

JPEG: Final = "image/jpeg"
_WEAPONS: Final = 20
"""Weapons that the audit log names with a photo; one photo shows one weapon, or is in doubt."""
_SHOWN: Final = 16
"""Letters of a digest that the audit log names a photo by."""


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo on a page: where it is, what it shows in words, whether it has arrived yet."""

    href: str
    words: str
    is_here: bool
    width: int = 0
    height: int = 0


@router.get("/photos/{digest}")
def photo(
    request: Request, visitor: Visiting, digest: Annotated[str, Path(pattern=DIGEST)]
) -> Response:
    """Give a photo that a record shows, and write down who looked at it."""
    photos: Photos = request.app.state.photos
    content = photos.seen(digest)
    with visitor.books.reading() as connection:
        weapons = photo_rows.weapons_showing(connection, digest, _WEAPONS)
    numbers = " ".join(map(registry_number, weapons))
    visitor.note("looked_at", f"photo {digest[:_SHOWN]} {numbers}".strip())
    return Response(content, media_type=JPEG)


def shown_photos(request: Request, photos: Iterable[Photo]) -> tuple[ShownPhoto, ...]:
    """Return photos as a page shows them."""
    known = tuple(photos)
    desk: Photos = request.app.state.photos
    here = desk.present([one.digest for one in known])
    return tuple(
        ShownPhoto(
            f"/photos/{one.digest}",
            one.caption or term("view", one.view),
            one.digest in here,
            max(one.width, 0),
            max(one.height, 0),
        )
        for one in known
    )
