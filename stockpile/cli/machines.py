"""Commands for marking machines: add, list, probe, bind, commission, pace."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldUnreadable, MachineUnknown
from stockpile.domain.facts import CommissionCheck, Commissioning, MachineSet
from stockpile.language import _
from stockpile.services.marking import Marking

group = typer.Typer(no_args_is_help=True, help="Marking machines.")


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="What people call the machine."),
    driver: str = typer.Option(..., help="tl07, telesis, sic, couth, grbl, by_hand ..."),
    url: str = typer.Option("", help="COM4, /dev/ttyUSB0, socket://host:port, listen://host:port"),
    layout: str = typer.Option("", help="The layout on the machine."),
    identity: str = typer.Option("", help="What it must answer to: who are you?"),
    drawing: str = typer.Option("", help="The layout of ours, for a machine that is drawn for."),
    read_back_every: int = typer.Option(1, help="Read every so-manieth mark back."),
) -> None:
    """Put a marking machine on record, or its new settings.

    What was approved of it stays; with another driver it is another machine, to be approved anew.
    """
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        before = _before(stockpile.marking, name, driver)
        machine = replace(
            before,
            name=name,
            url=url,
            layout=layout,
            identity=identity or before.identity,
            drawing=drawing,
            read_back_every=read_back_every,
        )
        stockpile.marking.capabilities(machine)
        stockpile.marking.set_machine(machine, by=by)
        shown = _("Machine {name} is set up at {url}.").format(name=name, url=url)
        asked(ctx).output.result(asdict(machine), shown)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the machines."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.machines()
    cells = [(one.name, one.driver, one.url, one.layout) for one in found]
    columns = (_("Machine"), _("Driver"), _("Address"), _("Layout"))
    asked(ctx).output.rows([asdict(one) for one in found], columns, cells)


@group.command("probe")
def probe(ctx: typer.Context, name: str = typer.Argument(help="The machine.")) -> None:
    """Ask a machine who and how it is; nothing moves."""
    with opened(ctx) as stockpile:
        identity, state = stockpile.marking.probe(stockpile.marking.machine(name))
    value = {"name": name, "identity": identity, "state": state}
    asked(ctx).output.result(value, f"{name}: {identity} ({state})")


@group.command("bind")
def bind(ctx: typer.Context, name: str = typer.Argument(help="The machine.")) -> None:
    """Ask a machine for its identity and layout and approve both: no other is marked with."""
    with opened(ctx) as stockpile:
        _recorded, found = stockpile.marking.bind(name, by=signed_in(ctx, stockpile))
    shown = _("Machine {name} is approved: {identity}, layout {fingerprint}.").format(
        name=name, identity=found.identity or "-", fingerprint=found.fingerprint[:12] or "-"
    )
    asked(ctx).output.result({"name": name, **asdict(found)}, shown)


@group.command("commission")
def commission(
    ctx: typer.Context,
    name: str = typer.Argument(help="The machine."),
    on: str = typer.Option(..., help="The day, as written: 2026-11-28."),
    firmware: str = typer.Option("", help="As the machine shows it."),
    passed: list[int] = typer.Option([], help="A step of the checklist that passed: 1 to 10."),
    failed: list[int] = typer.Option([], help="A step that failed."),
    material: str = typer.Option("", help="The coupon: material and hardness."),
    height_um: int = typer.Option(0, help="Height of a letter on the coupon, in micrometres."),
    depth_nm: int = typer.Option(0, help="Depth on the coupon, in nanometres."),
    gauge: str = typer.Option("", help="What it was measured with."),
    remarks: str = typer.Option("", help="What else was seen."),
) -> None:
    """Put on record what was found out about a machine before it cut metal here."""
    results = dict.fromkeys(failed, "failed") | {
        step: "passed" for step in passed if step not in failed
    }
    for step in results:
        if not 1 <= step <= _STEPS:
            raise FieldUnreadable("step", str(step))
    checks = tuple(
        CommissionCheck(step, "failed" if results[step] == "failed" else "passed")
        for step in sorted(results)
    )
    said = Commissioning(on, firmware, checks, material, height_um, depth_nm, gauge, remarks)
    with opened(ctx) as stockpile:
        stockpile.marking.commission(name, said, by=signed_in(ctx, stockpile))
        machine = stockpile.marking.machine(name)
    shown = _("Machine {name} is commissioned.").format(name=name)
    asked(ctx).output.result(asdict(machine), shown)


@group.command("pace")
def pace(
    ctx: typer.Context, name: str = typer.Argument("", help="The machine; all if left out.")
) -> None:
    """Show how fast the machines really are, by the journal of this computer."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.pace(name)
    cells = [
        (one.machine, str(one.marked), str(one.failed), f"{one.weapon_p50:.0f}",
         f"{one.weapon_p90:.0f}", f"{one.cycle_p50:.0f}")
        for one in found
    ]  # fmt: skip
    columns = (
        _("Machine"), _("Marked"), _("Failed"), _("Seconds a weapon"), _("Nine in ten within"),
        _("Seconds to the next"),
    )  # fmt: skip
    asked(ctx).output.rows([asdict(one) for one in found], columns, cells)


def _before(marking: Marking, name: str, driver: str) -> MachineSet:
    """Return the machine as it stands; one with another driver is another, to be approved anew."""
    with suppress(MachineUnknown):
        machine = marking.machine(name)
        if machine.driver == driver:
            return machine
    return MachineSet(name, driver, "")


_STEPS = 10
"""Steps of the commissioning checklist (machine protocol notes, section 12)."""
