"""Commands of the intake desk: register, correct, move."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.showing import hit_value, weapon_text, weapon_value
from stockpile.domain.receiving import Description
from stockpile.language import _


def register(
    ctx: typer.Context,
    type_: str = typer.Option("", "--type", help="Type code (PST, RIF, ASR ...)."),
    make: str = typer.Option("", help="Maker, as marked."),
    model: str = typer.Option("", help="Model, as marked."),
    calibre: str = typer.Option("", help="Calibre or gauge, as marked."),
    serial: str = typer.Option("", help="Serial number exactly as seen."),
    country: str = typer.Option("", help="Country of manufacture."),
    year: str = typer.Option("", help="Year of manufacture."),
    condition: str = typer.Option("", help="serviceable, repairable, unserviceable ..."),
    place: str = typer.Option("", help="Place; the site when not said."),
    remarks: str = typer.Option("", help="Anything else worth keeping."),
) -> None:
    """Put one weapon on record."""
    said = Description(type_, make, model, calibre, serial, country, year, condition, remarks)
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        where = stockpile.places.named(place).id if place else stockpile.people.site()
        alike = stockpile.receiving.look_alikes(serial) if serial else ()
        _recorded, weapon = stockpile.receiving.register(said, where, by=by)
        life = stockpile.tracing.life(weapon)
        value = weapon_value(stockpile, life)
        value["look_alikes"] = [hit_value(hit) for hit in alike]
        asked(ctx).output.result(value, weapon_text(stockpile, life))
        if alike:
            numbers = ", ".join(hit.row.number for hit in alike)
            asked(ctx).output.say(_("Looks like: {numbers}").format(numbers=numbers))


def correct(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
    fields: list[str] = typer.Argument(help="field=value ..."),
    reason: str = typer.Option(..., help="Why the record was wrong."),
) -> None:
    """Correct a record by a new fact; the old value stays visible."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.tracing.named(weapon)
        stockpile.receiving.correct(found, _pairs(fields), reason, by=by)
        life = stockpile.tracing.life(found)
        asked(ctx).output.result(weapon_value(stockpile, life), weapon_text(stockpile, life))


def move(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The weapons."),
    to: str = typer.Option(..., help="The place."),
    reason: str = typer.Option("", help="Why."),
) -> None:
    """Move weapons to another place; those that are there already stay untouched."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        place = stockpile.places.named(to)
        found = tuple(stockpile.tracing.named(one) for one in weapons)
        recorded = stockpile.receiving.move(found, place.id, reason, by=by)
        value = {"place": place.name, "moved": len(recorded.facts), "asked": len(found)}
        shown = _("{moved} of {asked} moved to {place}.").format(**value)
        asked(ctx).output.result(value, shown)


def _pairs(fields: Sequence[str]) -> dict[str, str]:
    pairs = dict(one.split("=", 1) for one in fields if "=" in one)
    if len(pairs) != len(fields):
        raise typer.BadParameter(_("write field=value, each field once"))
    return pairs
