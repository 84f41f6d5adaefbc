"""Commands for the open catalogue: search, add, import."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.output import Output
from stockpile.domain.catalogue import Kind, Term
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _
from stockpile.services.cataloguing import OFFERED, TableReport

group = typer.Typer(
    no_args_is_help=True, help="The open catalogue of types, makes, models, calibres, countries."
)
_SHOWN = 50


@group.command("search")
def search(
    ctx: typer.Context,
    kind: str = typer.Argument(help="type, make, model, calibre or country."),
    text: str = typer.Argument(help="Beginnings of words, in any order."),
    within: str = typer.Option("", help="Make whose models come first."),
    limit: int = typer.Option(OFFERED, min=1, help="Most terms shown."),
) -> None:
    """Find terms as the entry page offers them while somebody types."""
    wanted = _kind(kind)
    with opened(ctx) as stockpile:
        catalogue = stockpile.cataloguing.catalogue()
    named = catalogue.named("make", within) if within else ()
    make = named[0].code if named else within
    found = catalogue.search(wanted, text, limit, within=make)
    _list(asked(ctx).output, found)


@group.command("add")
def add(
    ctx: typer.Context,
    kind: str = typer.Argument(help="type, make, model, calibre or country."),
    name: str = typer.Argument(help="As people write it."),
    code: str = typer.Option("", help="Stable code; made of the name when not said."),
    alias: list[str] = typer.Option([], help="Another name; may be given several times."),
    make: str = typer.Option("", help="A model's make."),
    type_: str = typer.Option("", "--type", help="A model's type code."),
    action: str = typer.Option("", help="How a model works: bolt, semi_automatic ..."),
    calibre: list[str] = typer.Option([], help="A model's calibre; several times for several."),
    country: str = typer.Option("", help="Where it is made: ISO code or name."),
    source: str = typer.Option("", help="Where the facts come from."),
) -> None:
    """Add a term, or aliases and facts to one that is there."""
    said = Term(
        _kind(kind), code, name, tuple(alias), within=make, type=type_, action=action,
        calibres=tuple(calibre), country=country, source=source,
    )  # fmt: skip
    with opened(ctx) as stockpile:
        recorded, term = stockpile.cataloguing.add(said, by=signed_in(ctx, stockpile))
    words = _("{name} is in the catalogue.") if recorded.facts else _("{name} was there already.")
    value = {**_value(term), "added": bool(recorded.facts)}
    asked(ctx).output.result(value, words.format(name=term.name))


@group.command("import")
def import_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="A CSV or XLSX table of makes and models."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show what would come in; write nothing."
    ),
) -> None:
    """Take a national table in; importing it again adds nothing."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = None if dry_run else signed_in(ctx, stockpile)
        with output.progress(_("Reading")) as progress:
            report = stockpile.cataloguing.import_table(
                file, by=by, dry_run=dry_run, progress=progress
            )
    _say(output, report)


def _say(output: Output, report: TableReport) -> None:
    rows = [
        {
            "row": one.row,
            "text": one.text,
            "outcome": one.outcome,
            "reason": one.reason,
            "terms": [term.code for term in one.terms],
            "left_open": list(one.left_open),
        }
        for one in report.verdicts
    ]
    counts = {name: report.count(name) for name in ("accepted", "already_held", "refused")}
    shown = _("{accepted} rows accepted, {already_held} held already, {refused} refused.")
    value = {"rows": len(rows), **counts, "terms": len(report.terms), "verdicts": rows}
    output.result(value, shown.format(**counts))
    odd = [one for one in report.verdicts if one.outcome == "refused" or one.left_open]
    for one in odd[:_SHOWN]:
        why = _("refused") if one.outcome == "refused" else _("some values are left open")
        output.say("  ".join((_("Row {row}").format(row=one.row), one.text, why)))


def _list(output: Output, found: tuple[Term, ...]) -> None:
    cells = [
        (one.code, one.name, one.type, ", ".join(one.calibres), one.country, "; ".join(one.aliases))
        for one in found
    ]
    columns = (_("Code"), _("Name"), _("Type"), _("Calibre"), _("Country"), _("Other names"))
    output.rows([_value(one) for one in found], columns, cells)


def _value(term: Term) -> dict[str, object]:
    return {
        "kind": term.kind,
        "code": term.code,
        "name": term.name,
        "aliases": list(term.aliases),
        "make": term.within,
        "type": term.type,
        "action": term.action,
        "calibres": list(term.calibres),
        "country": term.country,
        "source": term.source,
    }


def _kind(text: str) -> Kind:
    for kind in get_args(Kind):
        if kind == text.strip().lower():
            return kind  # type: ignore[no-any-return]  # get_args is untyped
    raise FieldUnreadable("kind", text)
