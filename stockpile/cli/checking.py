"""Commands of proof: check, rebuild."""

from __future__ import annotations

import typer

from stockpile.cli.opening import asked, opened
from stockpile.domain.ledger import head_code
from stockpile.language import _
from stockpile.services.ports import Checked
from stockpile.services.proof_days import MOST_DAYS, days_unproved
from stockpile.services.stockpile import Stockpile


def check(
    ctx: typer.Context,
    deep: bool = typer.Option(False, "--deep", help="Also derive the register anew and compare."),
    if_due: bool = typer.Option(
        False, "--if-due", help="Deeply, and only where the last time is a month ago: for a timer."
    ),
) -> None:
    """Verify every entry, seal and signature."""
    output = asked(ctx).output
    if if_due:
        with opened(ctx) as stockpile:
            days = days_unproved(stockpile.books, stockpile.keys.node, stockpile.days.clock.now())
        if days < MOST_DAYS:
            rest = {"ok": True, "due": False, "days": days}
            output.result(rest, _("The record was proved less than a month ago."))
            return
        deep = True
    with opened(ctx) as stockpile, output.progress(_("Checking")) as progress:
        checked = stockpile.checking.check(deep=deep, progress=progress)
        value = {**_value(stockpile, checked), "ok": True, "first_damage": None, "deep": deep}
    shown = _("{entries} entries with {facts} facts verify; {weapons} weapons; head {head}.")
    output.result(value, shown.format(**value))


def rebuild(ctx: typer.Context) -> None:
    """Drop the register and derive it anew from the ledger."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Rebuilding")) as progress:
        value = _value(stockpile, stockpile.checking.rebuild(progress))
    shown = _("{weapons} weapons derived anew from {facts} facts.")
    output.result(value, shown.format(**value))


def _value(stockpile: Stockpile, checked: Checked) -> dict[str, object]:
    return {
        "entries": checked.entries,
        "facts": checked.facts,
        "weapons": checked.weapons,
        "conflicts": checked.conflicts,
        "photos": checked.photos,
        "head": head_code(stockpile.books.tip()),
    }
