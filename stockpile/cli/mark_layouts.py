"""Commands of the drawing board: layout list, show and print."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened
from stockpile.domain.facts import SchemeSet
from stockpile.domain.mark_layouts import in_mm
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import SchemeId
from stockpile.language import _
from stockpile.services.mark_layout_words import font_name
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="Layouts of marks: list, show, print.")

_TEXT = "The text to lay out; an example of the scheme without one."


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the layouts on record, and the one that ships."""
    with opened(ctx) as stockpile:
        found = stockpile.mark_layouts.all()
    cells = [
        (one.name, in_mm(one.width), in_mm(one.height), font_name(one.font), str(one.version))
        for one in found
    ]
    columns = (_("Layout"), _("Width"), _("Height"), _("Letters"), _("Version"))
    asked(ctx).output.rows([asdict(one) for one in found], columns, cells)


@group.command("show")
def show(
    ctx: typer.Context,
    name: str = typer.Argument("", help="The layout; the standard one without a name."),
    text: str = typer.Option("", help=_TEXT),
    scheme: str = typer.Option(MOSAIC_IMPORT, help="The scheme whose limits hold."),
) -> None:
    """Lay a text out and say which limits it breaks."""
    with opened(ctx) as stockpile:
        body = stockpile.schemes.scheme(SchemeId(scheme))
        layout = stockpile.mark_layouts.layout(name)
        shown = _text(stockpile, text, body)
        laid = stockpile.mark_layouts.laid_out(layout, shown, body)
    said = [one.said for one in laid.problems]
    value = {
        "layout": layout.name,
        "text": shown,
        "dots": len(laid.drawing.dots),
        "strokes": len(laid.drawing.strokes),
        "approximate": laid.approximate,
        "problems": [{"kind": one.kind, "said": one.said} for one in laid.problems],
    }
    asked(ctx).output.result(value, "\n".join(said) or _("No limit is broken."))


@group.command("print")
def print_(
    ctx: typer.Context,
    name: str = typer.Argument("", help="The layout; the standard one without a name."),
    out: Path = typer.Option(..., help="The PDF to write."),
    text: str = typer.Option("", help=_TEXT),
    scheme: str = typer.Option(MOSAIC_IMPORT, help="The scheme whose limits hold."),
) -> None:
    """Draw a mark on paper, true to scale, with its limits and their sources."""
    with opened(ctx) as stockpile:
        body = stockpile.schemes.scheme(SchemeId(scheme))
        layout = stockpile.mark_layouts.layout(name)
        file = stockpile.mark_layouts.print(layout, _text(stockpile, text, body), out, body)
    value = {"layout": layout.name, "file": str(file)}
    asked(ctx).output.result(value, f"{layout.name}: {file}")


def _text(stockpile: Stockpile, text: str, scheme: SchemeSet) -> str:
    return text or stockpile.schemes.preview(scheme)
