"""Commands for scanners: the card of commands, and the sheet by which one is set up."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened
from stockpile.language import _, isolated
from stockpile.services.code_cards import CardName

group = typer.Typer(no_args_is_help=True, help="Handheld scanners.")


@group.command("card")
def card(ctx: typer.Context, out: Path = typer.Option(..., help="The PDF to write.")) -> None:
    """Draw the card of commands: undo, say it again, next rack, close, print the last label."""
    _draw(ctx, "commands", out)


@group.command("sheet")
def sheet(ctx: typer.Context, out: Path = typer.Option(..., help="The PDF to write.")) -> None:
    """Draw the sheet that says what to set at a scanner, with codes to try it by."""
    _draw(ctx, "scanner", out)


def _draw(ctx: typer.Context, name: CardName, out: Path) -> None:
    with opened(ctx) as stockpile:
        file = stockpile.code_cards.print(name, out)
    said = _("Written to {file}").format(file=isolated(str(file)))
    asked(ctx).output.result({"file": str(file)}, said)
