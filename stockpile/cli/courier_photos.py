"""The photos' part of the courier commands: what is seen, what is carried, and how it is told."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from stockpile.cli.opening import asked
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.photo_errands import Carried, Errand, PhotosSeen
from stockpile.services.photo_packing import MEGABYTE, USUAL_MOST
from stockpile.services.stockpile import Stockpile

LARGEST: Final = 2_000
"""Megabytes: no file of photos is larger."""

Along = Annotated[
    bool, typer.Option("--photos/--no-photos", help="Whether photos go along, in a file beside it.")
]
Limit = Annotated[
    int,
    typer.Option(
        min=1, max=LARGEST, help="Megabytes of photos that go along at most; the rest comes later."
    ),
]
USUAL_LIMIT: Final = USUAL_MOST // MEGABYTE


def carried(
    ctx: typer.Context, stockpile: Stockpile, errand: Errand, limit: int, by: SignedIn
) -> Carried:
    """Carry photos, showing how far it is."""
    with asked(ctx).output.progress(_("Photos")) as progress:
        return stockpile.photo_errands.carry(errand, limit * MEGABYTE, progress, by=by)


def carried_value(done: Carried) -> dict[str, object]:
    """Return what came of photos, for a program."""
    return {
        "kept": done.kept, "unshown": done.unshown, "written": done.written, "size": done.size,
        "left": done.left, "refused": [str(one.file) for one in done.refused],
        "files": [str(one.file) for one in done.packed if one.photos],
    }  # fmt: skip


def seen_value(seen: PhotosSeen) -> dict[str, object]:
    """Return what photos would come, for a program."""
    return {
        "fresh": seen.fresh, "size": seen.size, "stayed": seen.stayed,
        "refused": [str(one.file) for one in seen.refused],
    }  # fmt: skip
