"""What the import command answers: for programs as values, for people as text."""

from __future__ import annotations

from typing import Final

from stockpile.cli.output import Output, Row, table
from stockpile.domain.importing import Verdict
from stockpile.language import _, ngettext
from stockpile.services.import_words import (
    doubt_sentence,
    field_name,
    meaning_words,
    meant_name,
    outcome_words,
    reason_sentence,
    remark_sentence,
    standing_words,
    why_words,
)
from stockpile.services.importing import Preview, Tally
from stockpile.services.ports import Profiles
from stockpile.services.taking_back import TakenBack

_SHOWN_REFUSALS: Final = 50
_SHOWN_VALUES: Final = 15


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
        "document": preview.listing.digest,
        "zero_padded": preview.layout.zero_padded,
        "doubts": dict(preview.doubts.most_common()),
        "meanings": [
            {
                "field": one.field,
                "value": one.value,
                "rows": one.rows,
                "code": one.normal.code,
                "normal": one.normal.normal,
                "confidence": one.normal.confidence,
                "why": one.normal.why,
                "standing": one.standing,
            }
            for one in preview.meanings
        ],
    }


def row_value(preview: Preview, verdict: Verdict) -> dict[str, object]:
    """Return the verdict on one row as other programs read it."""
    refusal = verdict.refusal
    return {
        "row": verdict.row,
        "verdict": preview.outcome(verdict),
        "field": refusal.field if refusal else "",
        "reason": refusal.reason if refusal else "",
        "records": len(verdict.bodies),
        "remarks": [
            {
                "field": one.field,
                "doubt": one.doubt,
                "text": one.text,
                "probable": one.probable,
                "other": one.other,
            }
            for one in verdict.remarks
        ],
    }


def row_text(preview: Preview, verdict: Verdict) -> str:
    """Return the verdict on one row as a line."""
    said = [f"{verdict.row:>7}", outcome_words(preview.outcome(verdict))]
    if verdict.refusal is not None:
        named = field_name(verdict.refusal.field) if verdict.refusal.field else ""
        said += [named, reason_sentence(verdict.refusal.reason)]
    elif preview.outcome(verdict) == "accepted":
        said += [f"{field_name(one.field)}: {remark_sentence(one)}" for one in verdict.remarks]
    return "  ".join(filter(None, said))


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
    said = table((_("Column"), _("Means"), _("Sure"), _("Why")), rows)
    if preview.layout.zero_padded:
        said += "\n" + _("Serial numbers are filled up with zeros to eleven characters: undone.")
    return said


def meanings_text(preview: Preview) -> str:
    """Return a table of the values that stay as said without a code, the most frequent first."""
    unclear = [one for one in preview.meanings if one.standing in ("open", "proposed")]
    if not unclear:
        return ""
    rows = [
        (
            field_name(one.field),
            one.value,
            str(one.rows),
            meant_name(one),
            f"{one.normal.confidence:.0%}" if one.normal.code else "",
            meaning_words(one.normal.why),
            standing_words(one.standing),
        )
        for one in unclear[:_SHOWN_VALUES]
    ]
    columns = (
        _("Column"), _("As written"), _("Rows"), _("Perhaps"), _("Sure"), _("Why"), _("So"),
    )  # fmt: skip
    said = table(columns, rows)
    more = len(unclear) - len(rows)
    if more:
        said += "\n" + _("{count} more; --json lists them all.").format(count=more)
    return said


def say(output: Output, preview: Preview, tally: Tally) -> None:
    """Give the result, and to a person what is odd and what stays outside."""
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


def profile_rows(profiles: Profiles) -> tuple[list[dict[str, object]], list[Row]]:
    """Return the known layouts as values and as cells of a table."""
    shipped = profiles.shipped()
    known = profiles.known()
    values: list[dict[str, object]] = [
        {
            "name": one.name,
            "shipped": one.name in shipped,
            "columns": list(one.columns),
            "zero_padded": one.zero_padded,
        }
        for one in known
    ]
    cells: list[Row] = [
        (
            one.name,
            _("the program") if one.name in shipped else _("this site"),
            ", ".join(one.columns),
        )
        for one in known
    ]
    return values, cells


def taken_back_value(report: TakenBack) -> dict[str, object]:
    """Return what taking a list back came to as other programs read it."""
    return {
        "document": report.document,
        "weapons": report.weapons,
        "lots": report.lots,
        "kept": list(report.kept),
        "lots_kept": report.lots_kept,
    }


def taken_back_text(report: TakenBack) -> str:
    """Return the same in words."""
    gone = report.weapons + report.lots
    stay = len(report.kept) + report.lots_kept
    withdrawn = ngettext("{count} record withdrawn.", "{count} records withdrawn.", gone)
    said = [withdrawn.format(count=gone)]
    if stay:
        kept = ngettext(
            "{count} stays: it has moved on since.", "{count} stay: they have moved on since.", stay
        )
        said.append(kept.format(count=stay))
    return " ".join(said)


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
