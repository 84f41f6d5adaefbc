"""Commands for places: add, change, close, list, show, card."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldMissing
from stockpile.domain.places import Change, Place, row_of
from stockpile.language import _
from stockpile.services.papers import USUAL_STOCK, Printing
from stockpile.services.ports import RegisterRow
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="Places where weapons may be.")

_KINDS = "building, room, rack, slot, crate, vehicle."
_HOLDS = "A model or type that belongs there; again for more."


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="What people call it; Rack 1..25 opens twenty-five."),
    kind: str = typer.Option("rack", help=_KINDS),
    within: str = typer.Option("", help="The place it is in; the site when not said."),
    code: str = typer.Option("", help="Short code, if it has one; R1..25 for several."),
    capacity: int = typer.Option(0, min=0, help="How many weapons fit."),
    holds: list[str] = typer.Option([], help=_HOLDS),
) -> None:
    """Open a place; a place that is there already is only shown."""
    output = asked(ctx).output
    said = Change(name=name, kind=kind, code=code, capacity=capacity, holds=tuple(holds))
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        above = stockpile.places.named(within).id if within else stockpile.people.site()
        if len(row_of(said)) > 1:
            _recorded, row = stockpile.places.open_row(above, said, by=by)
            output.rows([_value(one) for one in row], *_table(row))
            return
        _recorded, place = stockpile.places.open(
            name, kind, above, code, by=by, capacity=capacity, holds=tuple(holds)
        )
        output.result(_value(place), _line(place))


@group.command("change")
def change(
    ctx: typer.Context,
    place: str = typer.Argument(help="The place: name, code or id."),
    name: str | None = typer.Option(None, help="What people call it from now on."),
    kind: str | None = typer.Option(None, help=_KINDS),
    within: str | None = typer.Option(None, help="The place it is in."),
    code: str | None = typer.Option(None, help="Short code; empty for none."),
    capacity: int | None = typer.Option(None, min=0, help="How many weapons fit."),
    holds: list[str] = typer.Option([], help=f"{_HOLDS} Empty for anything."),
    across: int | None = typer.Option(None, min=0, help="Field on the plan, from 1."),
    down: int | None = typer.Option(None, min=0, help="Field on the plan, from 1."),
    reason: str = typer.Option("", help="Why."),
) -> None:
    """Say something else of a place; what is not named stays."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        above = stockpile.places.named(within).id if within is not None else None
        told = {
            "name": name, "kind": kind, "within": above, "code": code, "capacity": capacity,
            "holds": tuple(holds) or None, "across": across, "down": down,
        }  # fmt: skip
        said = {field: value for field, value in told.items() if value is not None}
        which = stockpile.places.named(place).id
        _recorded, changed = stockpile.places.change(
            which,
            by=by,
            reason=reason,
            **said,  # type: ignore[arg-type]  # the fields of Change
        )
        asked(ctx).output.result(_value(changed), _line(changed))


@group.command("close")
def close(
    ctx: typer.Context,
    place: str = typer.Argument(help="The place: name, code or id."),
    reason: str = typer.Option(..., help="Why."),
) -> None:
    """Close an empty place for good."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        which = stockpile.places.named(place)
        stockpile.places.close(which.id, reason, by=by)
        words = _("{place} is closed").format(place=which.name)
        asked(ctx).output.result(_value(which), words)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the places."""
    with opened(ctx) as stockpile:
        found = stockpile.places.all()
    asked(ctx).output.rows([_value(place) for place in found], *_table(found))


@group.command("show")
def show(
    ctx: typer.Context,
    place: str = typer.Argument(help="The place: name, code, card or id."),
) -> None:
    """Show what stands in a place, what belongs there and is out, and what was lost from it."""
    with opened(ctx) as stockpile:
        which = stockpile.places.named(place)
        filling = stockpile.places.filling(which.id)
        told = stockpile.places.contents(which.id)
    lists = {"here": told.here, "out": told.out, "lost": told.lost}
    value = _value(which) | {
        **{name: [one.number for one in rows] for name, rows in lists.items()},
        "over": filling.over, "strangers": filling.strangers,
    }  # fmt: skip
    words = {"here": _("here"), "out": _("out"), "lost": _("lost")}
    lines = [_line(which)]
    for name, rows in lists.items():
        lines.append(f"{words[name]}: {len(rows)}")
        lines += [f"  {_weapon(one)}" for one in rows]
    asked(ctx).output.result(value, "\n".join(lines))


@group.command("card")
def card(
    ctx: typer.Context,
    places: list[str] = typer.Argument(None, help="The places: names, codes or ids."),
    within: str = typer.Option("", help="Every place that stands directly in this one."),
    stock: str = typer.Option(USUAL_STOCK, help="Label stock; see: label stocks."),
    out: Path = typer.Option(..., help="The PDF to write."),
    start_at: int = typer.Option(1, min=1, help="First free cell of a used sheet."),
) -> None:
    """Print the cards of places; scanning a card is the place."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Cards")) as progress:
        by = signed_in(ctx, stockpile)
        wanted = _wanted(stockpile, places or [], within)
        if not wanted:
            raise FieldMissing("place")
        how = Printing(stock, start_at)
        _recorded, sheet = stockpile.papers.cards(
            [one.id for one in wanted], how, out, by=by, progress=progress
        )
    value = {"cards": sheet.labels, "pages": sheet.pages, "file": str(sheet.file)}
    shown = _("{cards} cards on {pages} pages, each read back: {file}")
    output.result(value, shown.format(**value))


def _wanted(stockpile: Stockpile, named: list[str], within: str) -> list[Place]:
    found = [stockpile.places.named(one) for one in named]
    if within:
        room = stockpile.places.named(within).id
        found += [one for one in stockpile.places.all() if one.within == room]
    return found


def _table(
    places: tuple[Place, ...],
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    cells: list[tuple[str, ...]] = [
        (one.name, one.kind, one.code, str(one.capacity) if one.capacity else "") for one in places
    ]
    return (_("Place"), _("Kind"), _("Code"), _("Capacity")), cells


def _line(place: Place) -> str:
    return f"{place.name} ({place.kind})"


def _weapon(row: RegisterRow) -> str:
    return "  ".join((row.number, row.serial, row.model, wording.status(row.status)))


def _value(place: Place) -> dict[str, object]:
    return {
        "id": place.id, "name": place.name, "kind": place.kind, "code": place.code,
        "within": place.within, "capacity": place.capacity, "holds": list(place.holds),
        "tag": place.tag, "across": place.across, "down": place.down,
    }  # fmt: skip
