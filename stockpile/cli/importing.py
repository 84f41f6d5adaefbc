"""The command for lists: take one in, take one back, and how known lists are read."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.import_answers import (
    layout_text,
    meanings_text,
    profile_rows,
    row_text,
    row_value,
    say,
    taken_back_text,
    taken_back_value,
)
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.output import Output
from stockpile.language import _
from stockpile.services.importing import Preview, Tally
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile


def import_(
    ctx: typer.Context,
    file: Path | None = typer.Argument(None, help="A CSV or XLSX file."),
    profile: str = typer.Option("", help="Layout of a known list (rio-2021, leso-1033 ...)."),
    map_: list[str] = typer.Option(
        [], "--map", help='What a column means: "serial=Column"; "zero_padded=yes" or "no".'
    ),
    sheet: str = typer.Option("", help="Sheet of the workbook; else the one that holds a list."),
    place: str = typer.Option("", help="Where the weapons are; the site when not said."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show what would come in; write nothing."
    ),
    rows: bool = typer.Option(False, "--rows", help="Tell the verdict on every row."),
    save_profile: str = typer.Option("", help="Once it is in, keep how it was read, under a name."),
    profiles: bool = typer.Option(False, "--profiles", help="List the layouts that are known."),
    undo: str = typer.Option("", help="Take a list back: its digest, name or file."),
    reason: str = typer.Option("", help="Why a list is taken back."),
) -> None:
    """Take a list into the register; importing it again adds nothing."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        if profiles:
            _list_profiles(output, stockpile)
        elif undo:
            _take_back(output, stockpile, undo, reason, signed_in(ctx, stockpile))
        elif file is None:
            raise typer.BadParameter(_("Name a file."), param_hint="FILE")
        else:
            by = None if dry_run else signed_in(ctx, stockpile)
            preview = _previewed(output, stockpile, file, sheet, profile, map_)
            tally = _bring_in(output, stockpile, preview, by, place) if by else preview.tally
            if rows:
                _tell_rows(output, preview)
            say(output, preview, tally)
            if save_profile and by:
                _save_profile(output, stockpile, preview, save_profile)


def _previewed(
    output: Output, stockpile: Stockpile, file: Path, sheet: str, profile: str, told: list[str]
) -> Preview:
    with output.progress(_("Reading")) as progress:
        preview = stockpile.importing.preview(
            file, sheet=sheet, profile=profile, told=told, progress=progress
        )
    for text in (layout_text(preview), meanings_text(preview)):
        if text:
            output.say(text)
    return preview


def _bring_in(
    output: Output, stockpile: Stockpile, preview: Preview, by: SignedIn, place: str
) -> Tally:
    where = stockpile.places.named(place).id if place else stockpile.people.site()
    with output.progress(_("Importing")) as progress:
        report = stockpile.importing.bring_in(preview, by=by, place=where, progress=progress)
    return report.tally


def _tell_rows(output: Output, preview: Preview) -> None:
    for verdict in preview.verdicts:
        output.line(row_value(preview, verdict), row_text(preview, verdict))


def _save_profile(output: Output, stockpile: Stockpile, preview: Preview, name: str) -> None:
    kept = stockpile.importing.save_profile(preview.layout, name)
    output.say(_("Lists like this one are known as {name} from now on.").format(name=kept.name))


def _list_profiles(output: Output, stockpile: Stockpile) -> None:
    values, cells = profile_rows(stockpile.importing.profiles)
    output.rows(values, (_("Name"), _("Where from"), _("Columns")), cells)
    for file in stockpile.importing.profiles.broken():
        output.say(_("{file} is no layout of a list and was left aside.").format(file=file))


def _take_back(output: Output, stockpile: Stockpile, undo: str, reason: str, by: SignedIn) -> None:
    document = stockpile.importing.document(undo)
    with output.progress(_("Taking back")) as progress:
        report = stockpile.importing.take_back(document, reason, by=by, progress=progress)
    output.result(taken_back_value(report), taken_back_text(report))
