"""Commands for officers: add, list."""

from __future__ import annotations

import typer

from stockpile.cli.opening import asked, new_pin, opened, signed_in
from stockpile.domain.people import read_role
from stockpile.language import _

group = typer.Typer(no_args_is_help=True, help="Officers of this node.")


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="The officer's name."),
    role: list[str] = typer.Option(["clerk"], help="A role; may be given several times."),
) -> None:
    """Appoint an officer; the new PIN comes from STOCKPILE_NEW_PIN or a prompt."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        pin = new_pin()
        roles = tuple(read_role(one) for one in role)
        stockpile.people.appoint(name, roles, pin, by=by)
        shown = _("{name} is appointed.").format(name=name)
        asked(ctx).output.result({"name": name, "roles": list(roles)}, shown)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the officers in office."""
    with opened(ctx) as stockpile:
        found = stockpile.people.officers()
    values = [{"id": one.id, "name": one.name, "roles": list(one.roles)} for one in found]
    cells = [(one.name, ", ".join(one.roles)) for one in found]
    asked(ctx).output.rows(values, (_("Officer"), _("Roles")), cells)
