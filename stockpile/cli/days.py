"""Commands of the day: day show, day clock, day close; head verify."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.backing_up import backup_place
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.ledger import head_code
from stockpile.language import _
from stockpile.services.day_papers import Day

day_group = typer.Typer(no_args_is_help=True, help="How the day stands; closing it.")
head_group = typer.Typer(no_args_is_help=True, help="Head codes from sheets.")

DIFFERS = 1


@day_group.command("show")
def show(ctx: typer.Context) -> None:
    """Say what was done since the last close, what is out, late and unexplained."""
    with opened(ctx) as stockpile:
        day = stockpile.days.summary()
    asked(ctx).output.result(_value(day), _shown(day))


@day_group.command("clock")
def clock(
    ctx: typer.Context,
    right: bool = typer.Option(
        default=False, help="I looked at another clock: this computer's is right."
    ),
) -> None:
    """Say whether anything speaks against this computer's clock, or that it is right."""
    with opened(ctx) as stockpile:
        if right:
            stockpile.clocks.found_right(by=signed_in(ctx, stockpile))
        doubt, offset = stockpile.clocks.doubt(), stockpile.clocks.offset()
    value = {
        "doubted": doubt is not None, "against": doubt.against if doubt else "",
        "now": doubt.now if doubt else 0, "last": doubt.last if doubt else 0, "offset": offset,
    }  # fmt: skip
    good = _("Nothing speaks against this computer's clock.")
    asked(ctx).output.result(value, wording.clock_sentence(doubt) if doubt else good)


@day_group.command("close")
def close(
    ctx: typer.Context,
    backups: Path | None = typer.Option(None, help="Folder of the backup; else the usual one."),
    out: Path | None = typer.Option(None, help="File of the day sheet; else in the home."),
) -> None:
    """Write a checked backup, close the day, and draw its sheet with the head code."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Closing the day")) as progress:
        by, days = signed_in(ctx, stockpile), stockpile.days
        folder, identity = (backups, "") if backups else backup_place(stockpile)
        _recorded, backup = days.close(folder, by=by, progress=progress, identity=identity)
        paper, day = days.sheet(by=by), days.summary()
        assert paper is not None  # a day was closed just now
        drawn = days.draw(paper, out or days.sheet_file(stockpile.home, day.on))
    value = {
        "on": day.on, "head": paper.code, "backup": str(backup.file), "sheet": str(drawn.file),
    }  # fmt: skip
    shown = _("{on} is closed. Head code {head}. Backup, checked: {backup}. Sheet: {sheet}.")
    output.result(value, shown.format(**value))


@head_group.command("verify")
def verify(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number, or the whole code as it is printed."),
    code: str = typer.Argument("", help="The four groups of letters behind the number."),
) -> None:
    """Say whether the ledger still has exactly the entry that a sheet names."""
    text = f"{number}-{code}" if code else number
    with opened(ctx) as stockpile:
        node = stockpile.checking.head_of(text)
    said = _("The record still has exactly this entry.") if node else _(
        "The record does not have this entry. Tell the registrar; change nothing."
    )  # fmt: skip
    asked(ctx).output.result({"head": text, "holds": node is not None, "node": node}, said)
    if node is None:
        raise typer.Exit(DIFFERS)


def _value(day: Day) -> dict[str, object]:
    done = day.done
    return {
        "on": day.on, "closed": day.is_closed, "on_record": day.on_record,
        "in_store": day.in_store, "moved": done.movements, "issued": done.issued,
        "returned": done.returned, "sent": done.sent, "received": done.received,
        "recorded": done.recorded, "marked": done.marked, "counted": done.counted,
        "out": day.out, "overdue": day.overdue, "in_transit": day.in_transit,
        "waybills_overdue": day.waybills_overdue, "counts_open": day.counts_open,
        "counts_due": day.counts_due,
        "unexplained": day.unexplained, "conflicts": day.conflicts, "unfit": day.unfit,
        "inspections_due": day.inspections_due, "remarked": len(day.remarked),
        "unsent": day.unsent, "anchored": day.anchored,
        "head": head_code(day.tip),
    }  # fmt: skip


def _shown(day: Day) -> str:
    said = _(
        "{on}: {moved} movements; in store {in_store}, out {out}, overdue {overdue}, in transit"
        " {in_transit}; {unexplained} unexplained, {conflicts} contradictions; unfit {unfit},"
        " inspection due {inspections_due}; not sent {unsent}; head {head}."
    )
    return said.format(**_value(day))
