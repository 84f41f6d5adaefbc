"""Commands about what does not agree: list it, and close it on evidence."""

from __future__ import annotations

from typing import get_args

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.investigating import Outcome
from stockpile.domain.values import parse_digest
from stockpile.language import _, pgettext
from stockpile.services.investigations import Inquiry
from stockpile.terms import term

group = typer.Typer(no_args_is_help=True, help="What does not agree, until evidence answers it.")


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List what is under investigation, overdue and oldest first, with what would answer it."""
    with opened(ctx) as stockpile:
        found_, names = stockpile.investigations.open_ones(), stockpile.names()
        values = [_inquiry_value(one) for one in found_]
    cells = [
        (one.id, term("discrepancy", one.investigation.opened.kind),
         names.of(one.investigation.opened.place), one.investigation.opened.due, str(one.days),
         one.best.digest[:12] if one.best else "")
        for one in found_
    ]  # fmt: skip
    evidence = pgettext("what proves something", "Evidence")
    columns = (_("Investigation"), _("What"), _("Place"), _("Due"), _("Days"), evidence)
    asked(ctx).output.rows(values, columns, cells)


@group.command("close")
def close(
    ctx: typer.Context,
    investigation: str = typer.Argument(help="The investigation, or the end of its id."),
    outcome: str = typer.Option("", help="found, explained, recorded_wrongly, lost, not_ours."),
    evidence: list[str] = typer.Option([], "--evidence", help="Digests; what fits, if not said."),
    reason: str = typer.Option("", help="What the evidence proves."),
) -> None:
    """Close an investigation on evidence; one that is closed already is only shown."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        inquiry = stockpile.investigations.one(investigation)
        if inquiry.investigation.closed is None:
            best = inquiry.best
            proof = [parse_digest(one) for one in evidence] or ([best.digest] if best else [])
            how = _how(outcome) if outcome else best.outcome if best else "explained"
            stockpile.investigations.close(inquiry.id, how, proof, reason, by=by)
            inquiry = stockpile.investigations.one(inquiry.id)
    asked(ctx).output.result(_inquiry_value(inquiry), _("The investigation is closed."))


def _inquiry_value(one: Inquiry) -> dict[str, object]:
    told = one.investigation.opened
    closed = one.investigation.closed
    return {
        "id": one.id, "kind": told.kind, "weapon": told.weapon, "place": told.place,
        "said": told.said, "due": told.due, "days": one.days, "overdue": one.is_overdue,
        "closed": closed.outcome if closed else None,
        "evidence": [
            {"digest": each.digest, "outcome": each.outcome} for each in one.evidence
        ],
    }  # fmt: skip


def _how(text: str) -> Outcome:
    for one in get_args(Outcome):
        if one == text:
            return one  # type: ignore[no-any-return]  # get_args is untyped
    raise FieldUnreadable("outcome", text)
