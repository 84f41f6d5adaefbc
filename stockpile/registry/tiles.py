"""The log's public pages (c2sp.org/tlog-tiles): for witnesses, inspectors and mirrors, unsigned.

They hold hashes and nothing else. What never changes may be kept for ever by whoever stands
between; the newest head only for a second.
"""

from __future__ import annotations

from typing import Annotated, Final

import fastapi
from fastapi import APIRouter, Depends, Query, Response

from stockpile.domain import tiles
from stockpile.domain.errors import BatchTooLarge
from stockpile.domain.tlog import LARGEST_SIZE, MOST_NOTE
from stockpile.domain.witnessing import CosignedHeads, InclusionProof
from stockpile.registry import cosigning, log_rows
from stockpile.registry.answers import PROTOCOL, said
from stockpile.registry.books import RegistryBooks
from stockpile.registry.describing import BYTES, TEXT, answers, body

_NOTE: Final = "text/plain; charset=utf-8"
_FOR_EVER: Final = {"cache-control": "public, max-age=31536000, immutable"}
_A_SECOND: Final = {"cache-control": "public, max-age=1"}
_NEVER: Final = {"cache-control": "no-store"}

router = APIRouter(prefix=PROTOCOL, default_response_class=Response)


def _books(request: fastapi.Request) -> RegistryBooks:
    books: RegistryBooks = request.app.state.books
    return books


async def _note(request: fastapi.Request) -> bytes:
    """Read a checkpoint, never more of it than one may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_NOTE:
            raise BatchTooLarge(MOST_NOTE)
    return bytes(body)


Books = Annotated[RegistryBooks, Depends(_books)]
SentNote = Annotated[bytes, Depends(_note)]
Size = Annotated[int, Query(ge=0, le=LARGEST_SIZE)]


@router.get("/checkpoint", responses=answers(TEXT, "The newest signed head (C2SP)."))
def checkpoint(books: Books) -> Response:
    """Give the newest signed head with the cosignatures under it (c2sp.org/tlog-checkpoint)."""
    note = cosigning.signed_head(books).to_bytes()
    return Response(note, media_type=_NOTE, headers=_A_SECOND)


@router.get("/tile/{path:path}", responses=answers(BYTES, "Hashes, 32 bytes each.", 404))
def tile(path: str, books: Books) -> Response:
    """Give a tile of the tree, or a bundle of the entries' hashes (c2sp.org/tlog-tiles)."""
    asked = tiles.read_path(path)
    with books.reading() as connection:
        made = log_rows.tile(connection, asked)
    return Response(made, media_type=BYTES, headers=_FOR_EVER)


@router.get("/cosign", responses=answers(TEXT, "An offer to a witness (C2SP)."))
def offer(books: Books, old: Size = 0) -> Response:
    """Offer the newest head to a witness who saw the log when it was ``old`` entries long."""
    made = cosigning.offer(books, old).to_bytes()
    return Response(made, media_type=_NOTE, headers=_NEVER)


@router.post(
    "/cosign",
    responses=answers(TEXT, "The newest signed head, with what witnesses cosigned.", 403, 409),
    openapi_extra=body(TEXT),
)
def cosign(books: Books, note: SentNote) -> Response:
    """Take in a checkpoint that a witness cosigned."""
    cosigning.take(books, note)
    return Response(cosigning.signed_head(books).to_bytes(), media_type=_NOTE, headers=_NEVER)


@router.get("/cosigned", responses=answers(CosignedHeads, "Heads, largest first."))
def cosigned(books: Books) -> Response:
    """Give the newest head that each standing witness cosigned."""
    answer = said(cosigning.cosigned_heads(books))
    answer.headers.update(_A_SECOND)
    return answer


@router.get("/inclusion", responses=answers(InclusionProof, "The proof (RFC 9162 2.1.3)."))
def inclusion(books: Books, position: Size, size: Size) -> Response:
    """Prove that the entry at a position (from 1) stands in the log of a size."""
    answer = said(cosigning.inclusion(books, position, size))
    answer.headers.update(_FOR_EVER)
    return answer
