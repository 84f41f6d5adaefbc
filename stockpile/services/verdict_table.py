"""The verdict on every row as a table for a spreadsheet program: what the row says beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stockpile.domain.importing import Outcome, Verdict
from stockpile.language import _
from stockpile.services.import_words import (
    field_name,
    outcome_words,
    reason_sentence,
    remark_sentence,
)
from stockpile.services.ports import Listing


def verdict_rows(
    listing: Listing, judged: Iterable[tuple[Outcome, Verdict]]
) -> Iterator[tuple[str, ...]]:
    """Return the heading and a line for each row: its number, verdict, why, and its own words."""
    said = {line.number: line for line in listing.lines}
    yield (_("Row"), _("Verdict"), _("Why"), *listing.columns)
    for outcome, verdict in judged:
        words = (cell.text for cell in said[verdict.row].cells)
        yield (str(verdict.row), outcome_words(outcome), verdict_words(verdict, outcome), *words)


def verdict_words(verdict: Verdict, outcome: Outcome) -> str:
    """Return why a row is refused, or what a person should look at on one that is accepted."""
    refusal = verdict.refusal
    if refusal is not None:
        sentence = reason_sentence(refusal.reason)
        return f"{field_name(refusal.field)}: {sentence}" if refusal.field else sentence
    if outcome != "accepted":
        return ""
    remarks = (f"{field_name(one.field)}: {remark_sentence(one)}" for one in verdict.remarks)
    return " ".join(dict.fromkeys(remarks))
