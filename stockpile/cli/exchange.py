"""The commands about the talk with the registry: sync, and status."""

from __future__ import annotations

from dataclasses import asdict

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.exchange import Receipt
from stockpile.language import _
from stockpile.services.exchange_standing import exchange_standing, standing_sentence


def sync(
    ctx: typer.Context,
    registry: str = typer.Option("", help="Which registry; else the one enrolled with."),
    photos: bool = typer.Option(True, help="Photos too, after everything else."),
) -> None:
    """Send what is new, take what others did; photos last."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        with output.progress(_("Exchange")) as progress:
            exchange = stockpile.exchange.carrying_photos(carried=photos)
            done = exchange.sync(registry or None, progress, by=by)
    moved = done.photos
    value = {
        "sent": done.sent,
        "taken": done.taken,
        "conflicts": done.conflicts,
        "receipt": _value(done.receipt),
        "photos": asdict(moved) if moved else None,
    }
    shown = _("Sent {sent} facts, took {taken}; {conflicts} open conflicts.").format(**value)
    if moved is not None and (moved.sent or moved.taken or moved.left):
        followed = _("Photos: {sent} sent, {taken} came, {left} wait.")
        shown += "\n" + followed.format(sent=moved.sent, taken=moved.taken, left=moved.left)
    output.result(value, shown)
    if done.rolled_back is not None:
        raise done.rolled_back
    if done.trouble is not None:
        raise done.trouble


def status(ctx: typer.Context) -> None:
    """Say how far the centre has heard, and what waits."""
    with opened(ctx) as stockpile:
        photos = stockpile.photographs.photos
        standing = exchange_standing(stockpile.books, stockpile.keys, photos)
    value = {
        "enrolled": standing.is_enrolled,
        "line": standing.has_line,
        "heard_to": standing.number,
        "heard_at": standing.at,
        "heard_by": "registry" if standing.is_signed else "here",
        "acts": standing.acts,
        "photos": standing.photos,
        "alarm": type(standing.trouble).__name__ if standing.trouble else "",
    }
    asked(ctx).output.result(value, standing_sentence(standing))


def _value(receipt: Receipt | None) -> dict[str, object] | None:
    if receipt is None:
        return None
    return {
        "number": receipt.number,
        "hash": receipt.hash,
        "position": receipt.position,
        "log_size": receipt.log_size,
        "log_root": receipt.log_root,
        "at": receipt.at,
        "signature": receipt.signature.hex(),
    }
