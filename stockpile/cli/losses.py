"""Commands of the desk of losses: loss report, amend, recover, list, paper; hotlist show, check."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.domain.losses import Loss, read_how
from stockpile.domain.values import WeaponId
from stockpile.language import _, ngettext
from stockpile.services.losses import OpenReport
from stockpile.services.stockpile import Stockpile
from stockpile.terms import term

group = typer.Typer(no_args_is_help=True, help="Report lost and stolen weapons, and recoveries.")
hot_group = typer.Typer(no_args_is_help=True, help="The list of all that is lost, held offline.")
_STDIN = "-"


@group.command("report")
def report(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(
        help="The weapons; - reads one a line from standard input."
    ),
    how: str = typer.Option("unknown", help="lost, stolen or unknown."),
    circumstances: str = typer.Option(..., help="What happened, in a few words."),
    discovered: str = typer.Option("", help="The day it was discovered; today when not said."),
    verified: str = typer.Option("", help="The day it was last seen; from the record when not."),
    discoverer: str = typer.Option("", help="Who discovered it; you when not said."),
    actions: str = typer.Option("", help="What was done at once."),
    authorities: str = typer.Option("", help="Who was told, and when."),
    incident: str = typer.Option("", help="The number that the police or INTERPOL gave it."),
) -> None:
    """Report weapons lost or stolen in one act; two officers sign (--witness)."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        loss = Loss(
            read_how(how), discovered, circumstances, verified, discoverer, actions, authorities,
            incident,
        )  # fmt: skip
        named = _named(stockpile, weapons)
        recorded, number = stockpile.losses.report(named, loss, by=by, witness=witness)
        if waits(ctx, recorded):
            return
    said = ngettext(
        "{number}: {count} weapon is reported. It goes first at the next exchange.",
        "{number}: {count} weapons are reported. They go first at the next exchange.",
        len(named),
    )
    value = {"number": number, "weapons": list(named)}
    asked(ctx).output.result(value, said.format(number=number, count=len(named)))


@group.command("amend")
def amend(
    ctx: typer.Context,
    number: str = typer.Argument(help="The report's number."),
    how: str = typer.Option("", help="lost, stolen or unknown."),
    circumstances: str = typer.Option("", help="What happened."),
    discovered: str = typer.Option("", help="The day it was discovered."),
    verified: str = typer.Option("", help="The day it was last seen."),
    discoverer: str = typer.Option("", help="Who discovered it."),
    actions: str = typer.Option("", help="What was done at once."),
    authorities: str = typer.Option("", help="Who was told, and when."),
    incident: str = typer.Option("", help="The number that the police or INTERPOL gave it."),
) -> None:
    """Say a report anew under its number; what is not said stays. Two officers sign."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        said = read_how(how) if how else stockpile.losses.one(number).body.how
        loss = Loss(
            said, discovered, circumstances, verified, discoverer, actions, authorities, incident
        )
        if waits(ctx, stockpile.losses.amend(number, loss, by=by, witness=witness)):
            return
        stands = stockpile.losses.one(number)
    asked(ctx).output.result(_value(stands), _("{number} is amended.").format(number=number))


@group.command("recover")
def recover(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The weapons that are back."),
    circumstances: str = typer.Option(..., help="How it came back, or why the report was wrong."),
    place: str = typer.Option("", help="Where it lies now; the site when not said."),
    where: str = typer.Option("", help="Where it came to light."),
    on: str = typer.Option("", help="The day it came to light; today when not said."),
) -> None:
    """Take lost weapons back into account; the alarm ends everywhere."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        there = stockpile.places.named(place).id if place else stockpile.people.site()
        named = _named(stockpile, weapons)
        stockpile.losses.recover(named, there, circumstances, where=where, on=on, by=by)
    said = ngettext("{count} weapon is back.", "{count} weapons are back.", len(named))
    asked(ctx).output.result({"weapons": list(named)}, said.format(count=len(named)))


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the reports whose weapons are lost still, the newest first."""
    with opened(ctx) as stockpile:
        found = stockpile.losses.open_reports()
    cells = [
        (
            one.number, term("loss", one.body.how), str(len(one.weapons)), one.body.discovered,
            wording.instant(one.at), _("yes") if one.is_sent else _("no"),
        )
        for one in found
    ]  # fmt: skip
    columns = (
        _("Report"), _("Lost or stolen"), _("Weapons"), _("Discovered on"), _("Reported"),
        _("Sent"),
    )  # fmt: skip
    asked(ctx).output.rows([_value(one) for one in found], columns, cells)


@group.command("paper")
def paper(
    ctx: typer.Context,
    number: str = typer.Argument(help="The report's number."),
    out: Path = typer.Option(..., help="The PDF to write."),
) -> None:
    """Draw the national report of a loss."""
    with opened(ctx) as stockpile:
        drawn = stockpile.losses.print(number, out, by=signed_in(ctx, stockpile))
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    words = ngettext("{pages} page: {file}", "{pages} pages: {file}", drawn.pages)
    asked(ctx).output.result(value, words.format(**value))


@hot_group.command("show")
def hot_show(ctx: typer.Context) -> None:
    """Show which lists of lost weapons are held here, and how old they are."""
    with opened(ctx) as stockpile:
        held = stockpile.hot_lists.held()
    values = [
        {"registry": one.registry, "number": one.number, "made": one.made,
         "weapons": one.weapons, "keys": one.keys, "bytes": one.size}
        for one in held
    ]  # fmt: skip
    cells = [(one.registry, wording.instant(one.made), str(one.weapons), str(one.size))
             for one in held]  # fmt: skip
    columns = (_("Registry"), _("Made"), _("Weapons"), _("Bytes"))
    asked(ctx).output.rows(values, columns, cells)


@hot_group.command("check")
def hot_check(
    ctx: typer.Context,
    text: str = typer.Argument(help="What was scanned or typed: a serial, number, tag or mark."),
) -> None:
    """Say whether what was scanned is lost, by our own record or by the list."""
    with opened(ctx) as stockpile:
        scanned = stockpile.scanning.read(text)
    value = {"alarm": scanned.alarm, "certain": scanned.is_certain, "kind": scanned.kind}
    asked(ctx).output.result(value, _words(scanned.alarm, certain=scanned.is_certain))


def _words(alarm: str, *, certain: bool) -> str:
    if not alarm:
        return _("Not reported lost or stolen.")
    if certain:
        return _("Reported lost or stolen. Keep it here, hand it to nobody, tell the registrar.")
    return _("A weapon with such a serial is reported lost or stolen. Compare make and marks.")


def _named(stockpile: Stockpile, words: list[str]) -> tuple[WeaponId, ...]:
    lines = [line.strip() for line in sys.stdin] if words == [_STDIN] else words
    return tuple(stockpile.tracing.named(one) for one in lines if one)


def _value(report_: OpenReport) -> dict[str, object]:
    body = report_.body
    return {
        "number": report_.number,
        "how": body.how,
        "discovered": body.discovered,
        "verified": body.verified,
        "discoverer": body.discoverer,
        "circumstances": body.circumstances,
        "actions": body.actions,
        "authorities": body.authorities,
        "incident": body.incident,
        "at": report_.at,
        "sent": report_.is_sent,
        "weapons": [row.number for row in report_.weapons],
    }
