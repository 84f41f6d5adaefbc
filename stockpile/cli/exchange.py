"""The command that talks with the registry: sync."""

from __future__ import annotations

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.exchange import Receipt
from stockpile.language import _


def sync(
    ctx: typer.Context,
    registry: str = typer.Option("", help="Which registry; else the one enrolled with."),
) -> None:
    """Send what is new, take what others did."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        with output.progress(_("Exchange")) as progress:
            done = stockpile.exchange.sync(registry or None, progress, by=by)
    value = {
        "sent": done.sent,
        "taken": done.taken,
        "conflicts": done.conflicts,
        "receipt": _value(done.receipt),
    }
    shown = _("Sent {sent} facts, took {taken}; {conflicts} open conflicts.")
    output.result(value, shown.format(**value))
    if done.rolled_back is not None:
        raise done.rolled_back
    if done.trouble is not None:
        raise done.trouble


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
