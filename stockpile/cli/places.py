"""Commands for places: add, list."""

from __future__ import annotations

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.places import Place
from stockpile.language import _

group = typer.Typer(no_args_is_help=True, help="Places where weapons may be.")


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="What people call it."),
    kind: str = typer.Option("rack", help="building, room, rack, slot, crate, vehicle."),
    within: str = typer.Option("", help="The place it is in; the site when not said."),
    code: str = typer.Option("", help="Short code, if it has one."),
) -> None:
    """Open a place; a place that is there already is only shown."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        above = stockpile.places.named(within).id if within else stockpile.people.site()
        _recorded, place = stockpile.places.open(name, kind, above, code, by=by)
        asked(ctx).output.result(_value(place), f"{place.name} ({place.kind})")


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the places."""
    with opened(ctx) as stockpile:
        found = stockpile.places.all()
    cells = [(place.name, place.kind, place.code) for place in found]
    columns = (_("Place"), _("Kind"), _("Code"))
    asked(ctx).output.rows([_value(place) for place in found], columns, cells)


def _value(place: Place) -> dict[str, object]:
    return {"id": place.id, "name": place.name, "kind": place.kind, "code": place.code}
