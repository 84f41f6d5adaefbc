"""The command that begins a registry: the only one that makes a registry where there is none."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked
from stockpile.language import _
from stockpile.registry import opening


def found(
    ctx: typer.Context,
    database: str = typer.Option(
        "",
        "--database",
        help="File or URL of the registry's database; its password belongs in PGPASSFILE.",
    ),
    key: Path | None = typer.Option(None, help="File of the registry's own key."),
) -> None:
    """Begin a registry, once: its tables, its own key, the first entry of its chain.

    No other command makes one: a slip of the hand would be a second registry that no node knows.
    """
    node, place = opening.found(database, key)
    said = _("A registry is begun in {place}. Its code is {node}; each node is bound to it.")
    shown = said.format(place=place, node=node)
    asked(ctx).output.result({"database": place, "registry": node}, shown)
