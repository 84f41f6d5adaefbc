"""Commands of the printing table: label, label stocks, paper."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.language import _, ngettext
from stockpile.services.papers import USUAL_STOCK
from stockpile.services.ports import RegisterFilter

label_group = typer.Typer()


@label_group.command("do", hidden=True)
def labels(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(None, help="The weapons."),
    all_: bool = typer.Option(False, "--all", help="Every weapon on record."),
    place: str = typer.Option("", help="Every weapon in this place."),
    stock: str = typer.Option(USUAL_STOCK, help="Label stock; see: label stocks."),
    out: Path = typer.Option(..., help="The PDF to write."),
    start_at: int = typer.Option(1, min=1, help="First free cell of a used sheet."),
    after: str = typer.Option("", help="After a jam: the last good label; prints what follows."),
) -> None:
    """Print labels; every sheet is decoded before it is handed out."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Labels")) as progress:
        by = signed_in(ctx, stockpile)
        if after:
            rest = stockpile.papers.rest_of_sheet(stockpile.tracing.named(after))
            found, stock = rest.weapons, rest.stock
        elif all_ or place:
            where = stockpile.places.named(place).id if place else ""
            found = stockpile.papers.everything(RegisterFilter(place=where))
        else:
            found = tuple(stockpile.tracing.named(one) for one in weapons or ())
        if not found:
            raise FieldMissing("weapons")
        _recorded, sheet = stockpile.papers.labels(
            found, stock, out, by=by, start_at=start_at, progress=progress
        )
    value = {"labels": sheet.labels, "pages": sheet.pages, "file": str(sheet.file)}
    shown = _("{labels} labels on {pages} pages, each read back: {file}")
    output.result(value, shown.format(**value))


@label_group.command("stocks")
def stocks(ctx: typer.Context) -> None:
    """List the label stocks."""
    with opened(ctx) as stockpile:
        names = stockpile.papers.stocks()
    asked(ctx).output.rows(list(names), (_("Stock"),), [(name,) for name in names])


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
