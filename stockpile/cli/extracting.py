"""Command of the desk where lists are copied out: export."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast, get_args

import typer

from stockpile.cli.inspecting import chain
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.dates import is_date
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _
from stockpile.services.extracts import FORMS, USUAL_COLUMNS, Selection, Wanted
from stockpile.services.ports import Form, Order, RegisterFilter
from stockpile.services.stockpile import Stockpile

_ANSWERS: Final = {"yes": True, "no": False}
_DATES: Final = ("since", "until")
_NAMES: Final = tuple(one.name for one in fields(RegisterFilter))


group = typer.Typer()
group.command("chain")(chain)


@group.command("do", hidden=True)
def export(
    ctx: typer.Context,
    file: Path = typer.Argument(..., help="The file to write."),
    form: str = typer.Option("", "--format", help="csv, xlsx, json or pdf (else by the name)."),
    filter_: list[str] = typer.Option(None, "--filter", help="Such as make=Taurus, marked=no."),
    columns: str = typer.Option("", help="Column codes with commas between."),
    order: str = typer.Option("serial", help="Order; - before it for the falling one."),
    bom: bool = typer.Option(True, help="CSV: begin with the mark by which Excel knows UTF-8."),
    guard: bool = typer.Option(True, help="CSV: an apostrophe before what looks like a formula."),
) -> None:
    """Copy the register out, all of it or what filters leave, as CSV, XLSX, JSON or PDF.

    Filters are type, make, model, calibre, place, status, condition, officer, country, year,
    document, text, since and until (2026-11-25), holder, home (a place), paper, due_by and
    inspect_by (2026-11-25), and marked, serial, read_back, photos, unfit, deactivated (yes or
    no).
    """
    options = asked(ctx)
    wanted = Wanted(
        _form(form or file.suffix[1:]),
        tuple(one.strip() for one in columns.split(",") if one.strip()) or USUAL_COLUMNS,
        bom,
        guard,
    )
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        chosen = Selection(_among(stockpile, filter_ or ()), _order(order), order.startswith("-"))
        names = stockpile.names()
        with options.output.progress(_("Extract")) as progress:
            _recorded, made = stockpile.extracts.issue(
                chosen, wanted, file, by=by, names=names, progress=progress
            )
    value = {
        "number": made.number,
        "weapons": made.weapons,
        "file": str(made.file),
        "digest": made.digest,
    }
    shown = _("{number}, {weapons} weapons: {file}")
    options.output.result(value, shown.format(**value))


def _form(text: str) -> Form:
    if text.lower() not in FORMS:
        raise FieldUnreadable("format", text)
    return cast("Form", text.lower())


def _order(text: str) -> Order:
    name = text.removeprefix("-")
    if name not in get_args(Order):
        raise FieldUnreadable("order", text)
    return cast("Order", name)


def _among(stockpile: Stockpile, said: list[str] | tuple[str, ...]) -> RegisterFilter:
    found = RegisterFilter()
    for one in said:
        name, _equals, value = one.partition("=")
        if name not in _NAMES:
            raise FieldUnreadable("filter", one)
        found = replace(found, **{name: _value(stockpile, name, value)})
    return found


def _value(stockpile: Stockpile, name: str, value: str) -> Any:  # noqa: ANN401 - a field's own type
    """Return what a filter's field takes; raises FieldUnreadable, PlaceUnknown, HolderUnknown."""
    if name in _DATES:
        return _date(name, value)
    if name in ("marked", "serial", "read_back", "photos", "unmarked", "unfit", "deactivated"):
        if value not in _ANSWERS:
            raise FieldUnreadable(name, value)
        return _ANSWERS[value]
    if name in ("place", "home"):
        return stockpile.places.named(value).id
    if name == "holder":
        return stockpile.holders.named(value).id
    if name in ("due_by", "inspect_by") and not is_date(value):
        raise FieldUnreadable(name, value)
    if name == "officer":
        known = stockpile.names().known
        return next((id_ for id_, called in known.items() if called == value), value)
    return value


def _date(name: str, value: str) -> int:
    """Return the instant at which a day begins (UTC), or ends for ``until``."""
    try:
        day = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise FieldUnreadable(name, value) from error
    if name == "until":
        day += timedelta(days=1)
    return int(day.timestamp() * 1000)
