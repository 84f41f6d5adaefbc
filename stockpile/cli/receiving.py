"""Commands of the intake desk: register, read back, correct, move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from stockpile.cli.describing import check_said, mark_said, part_said, run_said, serials_in
from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.cli.showing import hit_value, weapon_text, weapon_value
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.language import _
from stockpile.services.judging import Judged, judge
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile


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
    action: str = typer.Option("", help="bolt, semi_automatic, selective_fire ..."),
    origin: str = typer.Option("", help="industrial, craft, converted, printed, kit ..."),
    frame: str = typer.Option("", help="steel, alloy, polymer, polymer_with_plate, printed."),
    custody: str = typer.Option("", help="permanent, temporary, evidence, state_stock."),
    missing_parts: str = typer.Option("", help="Parts that are not there."),
    mode: str = typer.Option("", help="seized, found, surrendered, ddr, transferred ..."),
    on: str = typer.Option("", help="Date it came, as written."),
    where: str = typer.Option("", help="Where it came from."),
    case: str = typer.Option("", help="Case number."),
    ground: list[str] = typer.Option([], help="Illicit ground; several times."),
    import_country: str = typer.Option("", help="Country of the last import."),
    import_year: str = typer.Option("", help="Year of the last import."),
    importer: str = typer.Option("", help="Importer."),
    magazine_out: bool = typer.Option(False, "--magazine-out", help="Magazine removed."),
    chamber_clear: bool = typer.Option(False, "--chamber-clear", help="Chamber seen empty."),
    safety_on: bool = typer.Option(False, "--safety-on", help="Safety applied."),
    remnant: bool = typer.Option(False, "--remnant", help="Explosive remnant: EOD is called."),
    cleared_by: str = typer.Option("", help="Who cleared it."),
    verified_by: str = typer.Option("", help="Who checked that it is clear."),
    mark: list[str] = typer.Option([], help="KIND:TEXT, or a JSON object; several times."),
    component: list[str] = typer.Option([], help="PART:SERIAL, or a JSON object; several times."),
    photo: list[Path] = typer.Option([], help="A photo; several times."),
    range_: str = typer.Option("", "--range", help="FROM..TO: consecutive serials in one act."),
    count: int = typer.Option(0, min=0, help="With --serial: so many consecutive serials."),
    file: str = typer.Option("", help="A serial a line, in one act; - reads standard input."),
    skip_doubles: bool = typer.Option(
        False, "--skip-doubles", help="Leave out what is on record or twice in the list."
    ),
) -> None:
    """Put one weapon on record, or several in one act: all of them, or none."""
    check = check_said(
        magazine_out=magazine_out, chamber_clear=chamber_clear, safety_on=safety_on,
        remnant=remnant, cleared_by=cleared_by, verified_by=verified_by,
    )  # fmt: skip
    said = Description(
        type_, make, model, calibre, serial, country, year, condition, remarks, action, origin,
        frame, custody, missing_parts, mode, on, where, case, tuple(ground), import_country,
        import_year, importer, check, tuple(map(mark_said, mark)),
        tuple(map(part_said, component)),
    )  # fmt: skip
    serials = serials_in(file) if file else ()
    if range_ or count:
        serials = (*serials, *run_said(range_, serial, count).serials())
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        there = stockpile.places.named(place).id if place else stockpile.people.site()
        if serials:
            _register_several(ctx, stockpile, said, serials, there, by, skip=skip_doubles)
            return
        photos = tuple(stockpile.photographs.keep(one) for one in photo)
        _register_one(ctx, stockpile, replace(said, photos=photos), there, by)


def _register_one(
    ctx: typer.Context, stockpile: Stockpile, said: Description, place: PlaceId, by: SignedIn
) -> None:
    alike = stockpile.receiving.look_alikes(said.serial) if said.serial else ()
    _recorded, weapon = stockpile.receiving.register(said, place, by=by)
    life = stockpile.tracing.life(weapon)
    value = weapon_value(stockpile, life)
    value["look_alikes"] = [hit_value(hit) for hit in alike]
    asked(ctx).output.result(value, weapon_text(stockpile, life))
    if alike:
        numbers = ", ".join(hit.row.number for hit in alike)
        asked(ctx).output.say(_("Looks like: {numbers}").format(numbers=numbers))


def _register_several(
    ctx: typer.Context,
    stockpile: Stockpile,
    said: Description,
    serials: Sequence[str],
    place: PlaceId,
    by: SignedIn,
    *,
    skip: bool,
) -> None:
    output = asked(ctx).output
    with output.progress(_("Looking serials up")) as step:
        lines = judge(stockpile.register, serials, step)
    chosen = [line for line in lines if not (skip and line.is_double)]
    described = [replace(said, serial=line.text) for line in chosen]
    weapons: tuple[WeaponId, ...] = ()
    if described:
        _recorded, weapons = stockpile.receiving.register_several(described, place, by=by)
    numbers = [row.number for row in stockpile.register.rows(weapons)]
    of_line = dict(zip(map(id, chosen), numbers, strict=True))
    told = [_line_value(line, of_line.get(id(line), "")) for line in lines]
    value = {"registered": len(weapons), "left_out": len(lines) - len(weapons), "lines": told}
    shown = _("{registered} on record, {left_out} left out.").format(**value)
    output.result(value, shown)
    for line in lines:
        if line.hits or line.is_double:
            output.say(f"{line.text}: {line.standing}")


def _line_value(line: Judged, number: str) -> dict[str, object]:
    return {
        "serial": line.text,
        "verdict": line.standing,
        "number": number,
        "look_alikes": [hit_value(hit) for hit in line.hits],
    }


def readback(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
    read: str = typer.Option(..., help="The serial as a second officer reads it, blind."),
) -> None:
    """Write down a second reading of the serial; another officer than who recorded it reads."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.tracing.named(weapon)
        stockpile.receiving.read_back(found, read, by=by)
        life = stockpile.tracing.life(found)
        last = life.weapon.read_backs[-1]
        value = {**weapon_value(stockpile, life), "agrees": last.agrees, "read": last.read}
        shown = _("Both agree.") if last.agrees else _("The readings differ; nothing was changed.")
        asked(ctx).output.result(value, shown)


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
        second = seconded(ctx, stockpile)
        told = stockpile.receiving.correct(found, _pairs(fields), reason, by=by, witness=second)
        if waits(ctx, told):
            return
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
