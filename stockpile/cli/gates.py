"""Commands of the gate: gate pass, list, show, close, paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain import gate_passes
from stockpile.domain.errors import FieldMissing
from stockpile.domain.gate_passes import GatePass
from stockpile.domain.numbers import registry_number
from stockpile.language import _
from stockpile.terms import term

group = typer.Typer(no_args_is_help=True, help="Passes for weapons that leave by the gate.")


@group.command("pass")
def pass_(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(None, help="The weapons; or --receipt, or --waybill."),
    receipt: str = typer.Option("", help="What went out under this hand receipt."),
    waybill: str = typer.Option("", help="What goes under this waybill."),
    bearer: str = typer.Option("", help="Who carries it; from the receipt where not said."),
    vehicle: str = typer.Option("", help="The vehicle's number."),
    to: str = typer.Option("", help="Where it goes."),
    purpose: str = typer.Option("", help="What for."),
    until: str = typer.Option("", help="Valid until: 18:00, or a date with or without a time."),
    goods: str = typer.Option("", help="Other goods, in words."),
    remarks: str = typer.Option("", help="Remarks for the guard."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Make out a gate pass and draw it."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        desk = stockpile.gate_passes
        if receipt:
            said = desk.from_receipt(receipt)
        elif waybill:
            said = desk.from_waybill(waybill)
        elif weapons or goods:
            said = desk.of_weapons([stockpile.tracing.named(one) for one in weapons or ()])
        else:
            raise FieldMissing("weapons")
        told = {
            "bearer": bearer, "vehicle": vehicle, "to": to, "purpose": purpose, "until": until,
            "goods": goods, "remarks": remarks,
        }  # fmt: skip
        given = {name: text for name, text in told.items() if text}
        _recorded, made = desk.issue(
            replace(said, **given),  # type: ignore[arg-type]  # all of these are texts
            by=by,
        )
        drawn = desk.print(made.id, by=by, to=out)
    value = _value(made, desk.now()) | {"file": str(drawn.file)}
    shown = _("{number} for {bearer}: {file}")
    asked(ctx).output.result(value, shown.format(**value))


@group.command("list")
def list_(
    ctx: typer.Context,
    all_: bool = typer.Option(False, "--all", help="Those that are closed too."),
) -> None:
    """List the passes that are open, past their time first."""
    with opened(ctx) as stockpile:
        desk = stockpile.gate_passes
        found = desk.latest() if all_ else desk.open_ones()
        now = desk.now()
    cells = [
        (
            one.issued.number, one.issued.bearer, str(len(one.issued.weapons)), one.issued.until,
            term("gate", one.standing(now)),
        )
        for one in found
    ]  # fmt: skip
    titles = (_("Gate pass"), _("Bearer"), _("Weapons"), _("Valid until"), _("Status"))
    asked(ctx).output.rows([_value(one, now) for one in found], titles, cells)


@group.command("close")
def close(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the pass, or what its code says."),
    outcome: str = typer.Option("left", help="left, or withdrawn."),
    remarks: str = typer.Option("", help="What the guard noted, or why it is taken back."),
) -> None:
    """Note that it left by the gate, or take the pass back."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        desk = stockpile.gate_passes
        ending = gate_passes.read_closing(outcome)
        _recorded, closed = desk.close(number, ending, remarks, by=by)
        value = _value(closed, desk.now())
    shown = f"{closed.issued.number}: {term('gate', closed.state)}"
    asked(ctx).output.result(value, shown)


@group.command("paper")
def paper(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the pass."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Draw a pass again, in the language of --lang."""
    with opened(ctx) as stockpile:
        drawn = stockpile.gate_passes.print(number, by=signed_in(ctx, stockpile), to=out)
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    asked(ctx).output.result(value, str(drawn.file))


def _value(one: GatePass, now: str) -> dict[str, object]:
    said = one.issued
    return {
        "id": one.id,
        "number": said.number,
        "state": one.state,
        "expired": one.is_expired(now),
        "bearer": said.bearer,
        "vehicle": said.vehicle,
        "to": said.to,
        "purpose": said.purpose,
        "about": said.about,
        "until": said.until,
        "goods": said.goods,
        "weapons": [registry_number(weapon) for weapon in said.weapons],
    }
