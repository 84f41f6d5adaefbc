"""The guard: the site's rules, acts that wait for a second officer, entries without right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import (
    SHOWN_OF_A_NUMBER,
    asked,
    opened,
    seconded,
    signed_in,
    waits,
)
from stockpile.domain.facts import CustodyHandedOver, GuardSet, WaybillOpened
from stockpile.domain.people import MAY_NEED_TWO, NEEDS_TWO
from stockpile.language import _
from stockpile.plan_said import acts_words
from stockpile.plan_words import PlanLine, judgement_words, lack_words, line_words, planned
from stockpile.record_words import local_moment
from stockpile.services.documents import Drawn
from stockpile.services.judging_entries import InDoubt
from stockpile.services.people import SignedIn
from stockpile.services.plan_lines import plan_lines
from stockpile.services.ports import Recorded
from stockpile.services.proposals import Proposal
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="The guard: rules, second officers, decisions.")


@group.command("rules")
def rules(ctx: typer.Context) -> None:
    """Show the rules of this site: acts that want two, the lock, how long details stay."""
    with opened(ctx) as stockpile:
        found = stockpile.guard.rules()
    asked(ctx).output.result(_rules_value(found), _rules_words(found))


@group.command("set")
def set_(
    ctx: typer.Context,
    two: list[str] | None = typer.Option(
        None, help="An act that wants two officers here; may be given several times, 'none' clears."
    ),
    lock_after: int | None = typer.Option(None, help="Minutes until a screen locks; 0 never."),
    retain: int | None = typer.Option(None, help="Months that details of persons stay; 0 ever."),
    recovery: str | None = typer.Option(None, help="The authority's age key; empty for none."),
    tracing: bool | None = typer.Option(
        None, help="Whether weapons may be traced; a peace agreement may forbid it."
    ),
) -> None:
    """Set rules of this site; what is not named stays. --witness signs where the rules want two."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        said = stockpile.guard.rules()
        if two is not None:
            said = replace(said, two_officers=tuple(one for one in two if one != "none"))
        if lock_after is not None:
            said = replace(said, lock_after=lock_after)
        if retain is not None:
            said = replace(said, retain_persons=retain)
        if recovery is not None:
            said = replace(said, recovery=recovery)
        if tracing is not None:
            said = replace(said, tracing_allowed=tracing)
        if waits(ctx, stockpile.guard.set(said, by=by, witness=witness)):
            return
        found = stockpile.guard.rules()
    asked(ctx).output.result(_rules_value(found), _rules_words(found))


@group.command("proposals")
def proposals(ctx: typer.Context) -> None:
    """List what one officer signed and a second has yet to confirm, each value as it would be."""
    with opened(ctx) as stockpile:
        found = stockpile.proposals.open()
        values = [_proposal_value(stockpile, one) for one in found]
        cells = [
            (_short(one.id), wording.act(one.act), one.name, local_moment(one.at, one.zone),
             "\n".join(line_words(line) for line in _lines(stockpile, one)))
            for one in found
        ]  # fmt: skip
    heads = (_("Number"), _("Act"), _("Signed by"), _("When"), _("What it writes"))
    asked(ctx).output.rows(values, heads, cells)


@group.command("confirm")
def confirm(
    ctx: typer.Context,
    number: str = typer.Argument(help="Its number in the list, or its start."),
    out: Path | None = typer.Option(
        None, help="Draw its paper into this file: a waybill, or the certificate of a handover."
    ),
) -> None:
    """Confirm an act as its second officer (--as): now it is done."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.proposals.one(number)
        recorded = stockpile.proposals.confirm(found.id, by=by)
        drawn = _drawn(stockpile, recorded, by, out) if out else None
    value = {
        "proposal": found.id, "act": found.act, "facts": len(recorded.facts),
        "paper": str(drawn.file) if drawn else None,
    }  # fmt: skip
    asked(ctx).output.result(value, _("Confirmed: now it is done."))


def _drawn(stockpile: Stockpile, recorded: Recorded, by: SignedIn, out: Path) -> Drawn | None:
    """Draw the paper of an act that was confirmed; None where no paper goes with it."""
    for fact in recorded.facts:
        if isinstance(fact.body, WaybillOpened):
            file = stockpile.transfers.file(fact.subject)
            return stockpile.transfers.draw(file, stockpile.transfers.printing(by), out)
        if isinstance(fact.body, CustodyHandedOver):
            return stockpile.custodians.print(fact.body.place, out, by=by)
    return None


@group.command("refuse")
def refuse(
    ctx: typer.Context,
    number: str = typer.Argument(help="Its number in the list, or its start."),
    reason: str = typer.Option("", help="Why; needed unless it is one's own."),
) -> None:
    """Refuse an act as its second officer, or take one's own back; nothing of it happens."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.proposals.one(number)
        own = found.officer == by.id
        if own:
            stockpile.proposals.withdraw(found.id, reason, by=by)
        else:
            stockpile.proposals.refuse(found.id, reason, by=by)
    value = {"proposal": found.id, "outcome": "withdrawn" if own else "refused"}
    shown = _("Taken back: nothing of it happens.") if own else _("Refused: nothing of it happens.")
    asked(ctx).output.result(value, shown)


@group.command("unheeded")
def unheeded(ctx: typer.Context) -> None:
    """List entries that were written without the right to it and wait for two to decide."""
    with opened(ctx) as stockpile:
        found = stockpile.judging_entries.all()
        values = [_doubt_value(stockpile, one) for one in found]
        cells = [
            (one.hash[:SHOWN_OF_A_NUMBER], wording.act(one.act), f"{one.officer} ({one.site})",
             lack_words(one.lack),
             "\n".join(line_words(line) for line in stockpile.judging_entries.lines(one)))
            for one in found
        ]  # fmt: skip
    heads = (_("Entry"), _("Act"), _("By"), _("What it lacks"), _("What it says"))
    asked(ctx).output.rows(values, heads, cells)


@group.command("judge")
def judge(
    ctx: typer.Context,
    entry: str = typer.Argument(help="The entry's hash, or its start."),
    accept: bool = typer.Option(False, "--accept", help="It counts after all."),
    reject: bool = typer.Option(False, "--reject", help="It stays evidence only."),
    reason: str = typer.Option(..., help="Why it was decided so."),
) -> None:
    """Decide about an entry without right; --as and --witness both sign."""
    if accept == reject:
        raise typer.BadParameter(_("choose one of --accept, --reject"))
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        found = stockpile.judging_entries.one(entry)
        recorded = stockpile.judging_entries.judge(
            found.hash, reason, accepted=accept, by=by, witness=witness
        )
        if waits(ctx, recorded):
            return
    value = {"entry": found.hash, "accepted": accept}
    shown = judgement_words("accepted" if accept else "rejected")
    asked(ctx).output.result(value, shown)


def _short(proposal: str) -> str:
    return proposal.partition(":")[2][:SHOWN_OF_A_NUMBER]


def _rules_value(found: GuardSet) -> dict[str, object]:
    return {
        "always_two_officers": sorted(NEEDS_TWO), "two_officers": list(found.two_officers),
        "may_want_two": sorted(MAY_NEED_TWO), "lock_after": found.lock_after,
        "retain_persons": found.retain_persons, "recovery": found.recovery,
        "tracing_allowed": found.tracing_allowed,
    }  # fmt: skip


def _rules_words(found: GuardSet) -> str:
    return "\n".join(
        (
            _("Always two officers, on every site: {acts}.").format(
                acts=acts_words(sorted(NEEDS_TWO))
            ),
            _("At this site two officers as well: {acts}.").format(
                acts=acts_words(found.two_officers) or _("nothing more")
            ),
            _("The screen locks after {minutes} minutes (0 never).").format(
                minutes=found.lock_after
            ),
            _("Details of persons are erased {months} months after their last act (0 never).")
            .format(months=found.retain_persons),
            _("Recovery key: {key}").format(key=found.recovery or _("none")),
            _("Weapons may be traced.") if found.tracing_allowed else _("Tracing is forbidden."),
        )
    )  # fmt: skip


def _lines(stockpile: Stockpile, one: Proposal) -> tuple[PlanLine, ...]:
    return plan_lines(stockpile.books, planned(one.drafts, one.officer, one.at))


def _proposal_value(stockpile: Stockpile, one: Proposal) -> dict[str, object]:
    return {
        "id": one.id, "act": one.act, "reason": one.reason, "by": one.name, "at": one.at,
        "stale": one.is_stale, "writes": [_line_value(line) for line in _lines(stockpile, one)],
    }  # fmt: skip


def _doubt_value(stockpile: Stockpile, one: InDoubt) -> dict[str, object]:
    lines = stockpile.judging_entries.lines(one)
    return {
        "entry": one.hash, "node": one.node, "number": one.number, "act": one.act,
        "lack": one.lack, "by": one.officer, "site": one.site,
        "signed": list(one.signed), "at": one.at,
        "weapons": list(one.weapons), "says": [_line_value(line) for line in lines],
    }  # fmt: skip


def _line_value(line: PlanLine) -> dict[str, object]:
    changes = [{"what": one.what, "before": one.before, "after": one.after} for one in line.changes]
    return {
        "about": line.about, "sentence": line.sentence, "weapon": line.weapon, "changes": changes,
    }  # fmt: skip
