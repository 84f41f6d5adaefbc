"""The whole job in one command: what the program does where no screen shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from stockpile import app
from stockpile.cli.opening import asked
from stockpile.domain.ledger import head_code
from stockpile.language import _


def journey(
    ctx: typer.Context,
    keep: Path = typer.Option(None, help="Folder for the home and the papers."),
    list_: Path = typer.Option(None, "--list", help="A list to import; else the training list."),
) -> None:
    """Take one weapon from a typed serial to a mark, a label and a registry, and say where all is.

    Uses a practice depot, a simulated marking machine over a real port, and a registry of its own
    on this computer. Nothing leaves it.
    """
    output = asked(ctx).output
    folder = keep or asked(ctx).home.parent / "stockpile-journey"
    if keep is None and folder.exists():
        shutil.rmtree(folder)
    told = app.travel(folder, list_ or app.training_list(), output.say)
    output.say("")
    shown = "\n".join(f"{name:>10}  {value}" for name, value in told.items())
    output.result(told, _("Done. Everything is here:") + "\n" + shown)


__all__ = ["head_code", "journey"]
