"""Commands of custody and workshop: handover, repair, kit set."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.cli.showing import weapon_text, weapon_value
from stockpile.domain import vocabulary
from stockpile.domain.errors import OfficerUnknown
from stockpile.domain.facts import CustodyHandedOver
from stockpile.domain.maintaining import read_kit
from stockpile.language import _

kit_group = typer.Typer(no_args_is_help=True, help="What goes with a weapon.")


def handover(
    ctx: typer.Context,
    place: str = typer.Argument(help="The place, by its name, code or id."),
    to: str = typer.Option(..., help="The officer who takes it over."),
    remarks: str = typer.Option("", help="Why the outgoing custodian does not sign, where so."),
    out: Path | None = typer.Option(None, help="Draw the certificate into this file."),
) -> None:
    """Hand a place over to another custodian; both sign: --as and --witness, or --later WHY."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        officers = {one.name.casefold(): one for one in stockpile.people.officers()}
        incoming = officers.get(to.strip().casefold())
        if incoming is None:
            raise OfficerUnknown(to)
        stands, desk = stockpile.places.named(place), stockpile.custodians
        recorded, fact = desk.hand_over(
            stands.id, incoming, remarks=remarks, by=by, witness=witness
        )
        if waits(ctx, recorded):
            return
        drawn = desk.print(stands.id, out, by=by) if out else None
    body = fact.body
    assert isinstance(body, CustodyHandedOver)
    value = {
        "place": stands.name, "custodian": incoming.name, "count": body.stocktake,
        "inherited": len(body.inherited), "certificate": str(drawn.file) if drawn else None,
    }  # fmt: skip
    shown = _("{custodian} answers for {place} now; {inherited} open matters were inherited.")
    asked(ctx).output.result(value, shown.format(**value))


def repair(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, serial, mark or tag."),
    work: str = typer.Argument(help="What was done."),
    condition: str = typer.Option("serviceable", help="How it stands after it."),
) -> None:
    """Write down what an armourer did."""
    with opened(ctx) as stockpile:
        by, found = signed_in(ctx, stockpile), stockpile.tracing.named(weapon)
        read = vocabulary.picked("condition", condition, vocabulary.CONDITIONS)
        stockpile.maintenance.repair(found, read, work, by=by)
        life = stockpile.tracing.life(found)
        asked(ctx).output.result(weapon_value(stockpile, life), weapon_text(stockpile, life))


@kit_group.command("set")
def set_(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The weapons: numbers, serials, marks or tags."),
    items: list[str] = typer.Option([], "--item", help="magazine=3, sling, sight#4471; none: []."),
    reason: str = typer.Option("", help="Why it changes."),
) -> None:
    """Say what goes with each of these weapons from now on: all of it."""
    kit = [read_kit(item) for item in items]
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = [stockpile.tracing.named(one) for one in weapons]
        recorded = stockpile.maintenance.set_kit(found, kit, reason, by=by)
    value = {"weapons": len(found), "changed": len(recorded.facts), "kit": items}
    shown = _("{changed} of {weapons} weapons have another kit now.")
    asked(ctx).output.result(value, shown.format(**value))
