"""Commands of the marking bench: machine, scheme, numbers, mark."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.output import Row
from stockpile.domain.facts import MachineSet, SchemeSet
from stockpile.domain.marking import MOSAIC_IMPORT, Settlement
from stockpile.domain.values import JobId, SchemeId
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Job
from stockpile.services.stockpile import Stockpile

machine_group = typer.Typer(no_args_is_help=True, help="Marking machines.")
scheme_group = typer.Typer(no_args_is_help=True, help="Marking schemes.")
numbers_group = typer.Typer(no_args_is_help=True, help="Marking numbers of this node.")
mark_group = typer.Typer()


@machine_group.command("add")
def machine_add(
    ctx: typer.Context,
    name: str = typer.Argument(help="What people call the machine."),
    driver: str = typer.Option(..., help="tl07"),
    url: str = typer.Option(..., help="/dev/ttyUSB0, COM4, socket://host:port ..."),
    layout: str = typer.Option("STOCKPILE.tml", help="The layout file on the machine."),
    identity: str = typer.Option("", help="What it must answer to: who are you?"),
) -> None:
    """Put a marking machine on record, or its new settings."""
    machine = MachineSet(name, driver, url, layout, identity)
    with opened(ctx) as stockpile:
        stockpile.marking.set_machine(machine, by=signed_in(ctx, stockpile))
        shown = _("Machine {name} is set up at {url}.").format(name=name, url=url)
        asked(ctx).output.result(asdict(machine), shown)


@machine_group.command("list")
def machine_list(ctx: typer.Context) -> None:
    """List the machines."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.machines()
    cells = [(one.name, one.driver, one.url, one.layout) for one in found]
    columns = (_("Machine"), _("Driver"), _("Address"), _("Layout"))
    asked(ctx).output.rows([asdict(one) for one in found], columns, cells)


@machine_group.command("probe")
def machine_probe(ctx: typer.Context, name: str = typer.Argument(help="The machine.")) -> None:
    """Ask a machine who and how it is; nothing moves."""
    with opened(ctx) as stockpile:
        identity, state = stockpile.marking.probe(stockpile.marking.machine(name))
    value = {"name": name, "identity": identity, "state": state}
    asked(ctx).output.result(value, f"{name}: {identity} ({state})")


@scheme_group.command("list")
def scheme_list(ctx: typer.Context) -> None:
    """List the marking schemes."""
    with opened(ctx) as stockpile:
        found = [
            (one.subject, one.now)
            for one in stockpile.books.references(SchemeSet)
            if isinstance(one.now, SchemeSet)
        ]
    values = [{"id": id_, **asdict(body)} for id_, body in found]
    cells = [(id_, body.name, body.pattern) for id_, body in found]
    asked(ctx).output.rows(values, (_("Scheme"), _("Name"), _("Pattern")), cells)


@scheme_group.command("show")
def scheme_show(
    ctx: typer.Context, scheme: str = typer.Argument(MOSAIC_IMPORT, help="The scheme.")
) -> None:
    """Show one marking scheme."""
    with opened(ctx) as stockpile:
        body = stockpile.marking.scheme(SchemeId(scheme))
    shown = "\n".join(f"{name}: {value}" for name, value in asdict(body).items())
    asked(ctx).output.result({"id": scheme, **asdict(body)}, shown)


@numbers_group.command("show")
def numbers_show(
    ctx: typer.Context, scheme: str = typer.Argument(MOSAIC_IMPORT, help="The scheme.")
) -> None:
    """Show how many marking numbers are left, and the next mark."""
    with opened(ctx) as stockpile:
        left = stockpile.marking.numbers_left(SchemeId(scheme))
        text = stockpile.marking.next_text(SchemeId(scheme)) if left else ""
    value = {"scheme": scheme, "left": left, "next": text}
    shown = _("{left} numbers left; the next mark is {next}.").format(**value)
    asked(ctx).output.result(value, shown)


@mark_group.command("do", hidden=True)
def mark(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The weapons, by number, tag, mark or serial."),
    machine: str = typer.Option(..., help="The machine."),
    scheme: str = typer.Option(MOSAIC_IMPORT, help="The marking scheme."),
) -> None:
    """Mark weapons, one job each; a job ends done, unknown or not_started."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.marking.machine(machine)
        values = [_marked(stockpile, one, machine, SchemeId(scheme), by) for one in weapons]
    cells: list[Row] = [(str(one["weapon"]), str(one["text"]), str(one["state"])) for one in values]
    asked(ctx).output.rows(values, (_("Weapon"), _("Mark"), _("State")), cells)
    if any(one["state"] != "done" for one in values):
        raise typer.Exit(1)


@mark_group.command("verify")
def mark_verify(
    ctx: typer.Context,
    job: str = typer.Argument(help="The marking job."),
    scan: str = typer.Option("", help="The mark as scanned."),
    typed: str = typer.Option("", help="The mark as read and typed."),
) -> None:
    """Take the read-back of a mark."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        how: Literal["scan", "typed"] = "scan" if scan else "typed"
        _recorded, equal = stockpile.marking.verify(JobId(job), scan or typed, how, by=by)
    state = "verified" if equal else "unknown"
    asked(ctx).output.result({"job": job, "state": state}, state)
    if not equal:
        raise typer.Exit(1)


@mark_group.command("resolve")
def mark_resolve(
    ctx: typer.Context,
    job: str = typer.Argument(help="The marking job."),
    as_marked: bool = typer.Option(False, "--as-marked"),
    as_partial: bool = typer.Option(False, "--as-partial"),
    as_unmarked: bool = typer.Option(False, "--as-unmarked"),
    reason: str = typer.Option(..., help="What was seen on the metal."),
    scan: str = typer.Option("", help="The mark as read, where there is one."),
) -> None:
    """Settle a doubtful marking by what was seen on the metal."""
    chosen: list[Settlement] = []
    chosen += ["marked"] if as_marked else []
    chosen += ["partial"] if as_partial else []
    chosen += ["unmarked"] if as_unmarked else []
    if len(chosen) != 1:
        raise typer.BadParameter(_("choose one of --as-marked, --as-partial, --as-unmarked"))
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.marking.resolve(JobId(job), chosen[0], reason, scan, by=by)
        settled = stockpile.marking.journal.job(JobId(job))
    asked(ctx).output.result(_job_value(settled), settled.state)


@mark_group.command("jobs")
def mark_jobs(
    ctx: typer.Context,
    unsettled: bool = typer.Option(False, "--open", help="Only those not settled yet."),
) -> None:
    """List marking jobs, newest first."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.jobs(unsettled=unsettled)
    cells = [(one.job, one.text, one.machine, one.state) for one in found]
    columns = (_("Job"), _("Mark"), _("Machine"), _("State"))
    asked(ctx).output.rows([_job_value(one) for one in found], columns, cells)


def _marked(
    stockpile: Stockpile, named: str, machine: str, scheme: SchemeId, by: SignedIn
) -> dict[str, object]:
    """Mark one weapon; one marked already is reported as done, not marked twice."""
    weapon = stockpile.tracing.named(named)
    standing = [
        one
        for one in stockpile.books.weapon(weapon).standing_marks
        if one.scheme == scheme and one.state in ("marked", "verified")
    ]
    number = stockpile.register.rows([weapon])[0].number
    if standing:
        mark_ = standing[-1]
        return {"weapon": number, "job": mark_.job, "text": mark_.text, "state": "done"}
    _recorded, outcome = stockpile.marking.mark(weapon, machine, scheme, by=by).perform()
    state = "done" if outcome.state == "marked" else outcome.state
    return {
        "weapon": number, "job": outcome.job, "text": outcome.text, "state": state,
        "evidence": outcome.evidence,
    }  # fmt: skip


def _job_value(job: Job) -> dict[str, object]:
    return {
        "job": job.job, "weapon": job.weapon, "text": job.text, "machine": job.machine,
        "state": job.state, "detail": job.detail,
    }  # fmt: skip
