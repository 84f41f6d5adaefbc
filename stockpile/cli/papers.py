"""Command of papers: paper."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import ngettext


def paper(
    ctx: typer.Context,
    kind: str = typer.Argument(help="dossier, or voucher."),
    what: str = typer.Argument(help="The weapon; or the receipts, with commas between them."),
    out: Path = typer.Option(..., help="The PDF to write."),
) -> None:
    """Print a paper in the language of --lang: a weapon's dossier, or a voucher over receipts."""
    if kind not in ("dossier", "voucher"):
        raise FieldUnreadable("kind", kind)
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        if kind == "voucher":
            _recorded, drawn = stockpile.vouchers.print(_listed(what), by=by, to=out)
        else:
            drawn = stockpile.dossiers.print(stockpile.tracing.named(what), out, by=by)
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    words = ngettext("{pages} page: {file}", "{pages} pages: {file}", drawn.pages)
    asked(ctx).output.result(value, words.format(**value))


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
