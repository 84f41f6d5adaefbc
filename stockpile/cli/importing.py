"""The command that takes a list in: `import FILE`."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.output import Output, table
from stockpile.language import _
from stockpile.services.import_words import doubt_sentence, field_name, reason_sentence, why_words
from stockpile.services.importing import Preview, Tally

_SHOWN_REFUSALS = 50


def import_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="A CSV or XLSX file."),
    profile: str = typer.Option("", help="Layout of a known list (rio-2021, leso-1033 ...)."),
    map_: list[str] = typer.Option([], "--map", help='What a column means: "serial=Column".'),
    sheet: str = typer.Option("", help="Sheet of the workbook; else the one that holds a list."),
    place: str = typer.Option("", help="Where the weapons are; the site when not said."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show what would come in; write nothing."
    ),
) -> None:
    """Take a list into the register; importing it again adds nothing."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = None if dry_run else signed_in(ctx, stockpile)
        with output.progress(_("Reading")) as progress:
            preview = stockpile.importing.preview(
                file, sheet=sheet, profile=profile, told=map_, progress=progress
            )
        output.say(layout_text(preview))
        if by is None:
            tally = preview.tally
        else:
            where = stockpile.places.named(place).id if place else stockpile.people.site()
            with output.progress(_("Importing")) as progress:
                report = stockpile.importing.bring_in(
                    preview, by=by, place=where, progress=progress
                )
            tally = report.tally
    _say(output, preview, tally)


def import_value(preview: Preview, tally: Tally) -> dict[str, object]:
    """Return an import's result as other programs read it."""
    return {
        "rows": tally.rows,
        "accepted": tally.accepted,
        "already_held": tally.already_held,
        "refused": tally.refused,
        "warnings": tally.warnings,
        "weapons": tally.weapons,
        "lots": tally.lots,
        "refusals": [
            {"row": one.row, "field": one.field, "reason": one.reason} for one in preview.refusals
        ],
    }


def layout_text(preview: Preview) -> str:
    """Return a table of what each column was understood as."""
    rows = [
        (
            preview.listing.columns[guess.column],
            field_name(guess.field),
            f"{guess.confidence:.0%}",
            why_words(guess.why),
        )
        for guess in preview.layout.guesses
    ]
    return table((_("Column"), _("Means"), _("Sure"), _("Why")), rows)


def _say(output: Output, preview: Preview, tally: Tally) -> None:
    output.result(import_value(preview, tally), _tally_text(tally))
    for doubt, times in preview.doubts.most_common():
        output.say(f"{times:>8}  {doubt_sentence(doubt)}")
    for one in preview.refusals[:_SHOWN_REFUSALS]:
        named = field_name(one.field) if one.field else ""
        words = (_("Row {row}").format(row=one.row), named, reason_sentence(one.reason), one.text)
        output.say("  ".join(filter(None, words)))
    if len(preview.refusals) > _SHOWN_REFUSALS:
        more = len(preview.refusals) - _SHOWN_REFUSALS
        output.say(_("{count} more; --json lists them all.").format(count=more))


def _tally_text(tally: Tally) -> str:
    rows = (
        (_("Rows"), str(tally.rows)),
        (_("Accepted"), str(tally.accepted)),
        (_("Weapons"), str(tally.weapons)),
        (_("Lots"), str(tally.lots)),
        (_("On record already"), str(tally.already_held)),
        (_("Refused"), str(tally.refused)),
        (_("Warnings"), str(tally.warnings)),
    )
    return table(("", ""), rows).lstrip("\n ")
