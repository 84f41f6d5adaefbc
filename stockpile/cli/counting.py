"""Commands of the stocktake desk: open, scan, number, show, close, due, rule, sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.domain.closing_counts import Found, found
from stockpile.domain.counting import Tally
from stockpile.domain.dates import read_date
from stockpile.domain.errors import FieldUnreadable, OfficerUnknown
from stockpile.domain.facts import CountRuleSet
from stockpile.domain.opening_counts import BASES, Basis, Request, Stocktake
from stockpile.domain.values import Instant, OfficerId, PlaceId, WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.counting import Reading, Scan
from stockpile.services.stockpile import Stockpile
from stockpile.terms import term

group = typer.Typer(no_args_is_help=True, help="Stocktakes: count, and close with what differs.")
_NUMBERS = (
    "expected", "found", "missing", "unexpected", "misplaced", "explained", "extra", "twice",
)  # fmt: skip
_LINE_PARTS = 3


@group.command("open")
def open_(
    ctx: typer.Context,
    place: str = typer.Option("", help="Where, at any depth; the site when not said."),
    types: list[str] = typer.Option([], "--types", help="Only these types; may be repeated."),
    percent: int = typer.Option(100, help="A sample of so many percent, rounded up."),
    basis: str = typer.Option("serial", help="quantity, type, serial."),
    blind: bool = typer.Option(False, "--blind", help="The counters are not told what to expect."),
    counter: list[str] = typer.Option([], "--counter", help="Who counts; at least two."),
    independent: str = typer.Option("", help="The counter who is not the custodian."),
    rule: str = typer.Option("", help="The rule by which it is due."),
    seed: str = typer.Option("", help="What the sample is drawn from; by lot when not said."),
) -> None:
    """Open a count; one that is open already for the same place and basis is only shown."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        request = Request(
            place=stockpile.places.named(place).id if place else stockpile.people.site(),
            basis=_basis(basis),
            blind=blind,
            types=tuple(types),
            percent=percent,
            counters=tuple(_officer(stockpile, one) for one in counter) or (by.id,),
            independent=_officer(stockpile, independent) if independent else None,
            seed=seed,
            rule=rule,
        )
        there = next((one for one in stockpile.counting.open_ones() if _is(one, request)), None)
        stocktake = there or stockpile.counting.open(request, by=by)[1]
        _show(ctx, stockpile, stocktake, found(stockpile.counting.sheet(stocktake)))


@group.command("scan")
def scan(
    ctx: typer.Context,
    stocktake: str = typer.Argument(help="The stocktake's number."),
    texts: list[str] = typer.Argument(None, help="What was scanned; else lines on input."),
    place: str = typer.Option("", help="Where; else each line names its place."),
    recount: int = typer.Option(1, min=1, max=3, help="Which round this is."),
) -> None:
    """Count what was scanned; lines on input are place, code and time, with tabs between.

    A line may be a code alone: it was read where the last place's card was scanned before it.
    """
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        sheet = stockpile.counting.sheet(stockpile.counting.one(stocktake))
        readings = list(_readings(stockpile, texts or []))
        where = _place(stockpile, place) if place else None
        _recorded, scans = stockpile.counting.scan_several(
            sheet, readings, by=by, place=where, round_=recount
        )
    columns = (_("Read"), _("Came to"))
    cells = [(one.scanned.text, _outcome(one)) for one in scans]
    asked(ctx).output.rows([_scan_value(one) for one in scans], columns, cells)


@group.command("number")
def number(
    ctx: typer.Context,
    stocktake: str = typer.Argument(help="The stocktake's number."),
    quantity: int = typer.Argument(min=0, help="How many there are."),
    place: str = typer.Option(..., help="Where."),
    type_: str = typer.Option("", "--type", help="Of which type; of all when not said."),
) -> None:
    """Say how many there are at a place, for a count without serials; said again it replaces."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        count = stockpile.counting.one(stocktake)
        sheet = stockpile.counting.sheet(count)
        where = stockpile.places.named(place).id
        told = {(one.place, one.type): one.quantity for one in sheet.told}
        if told.get((where, type_)) != quantity:
            stockpile.counting.quantity(sheet, where, quantity, type_, by=by)
        _show(ctx, stockpile, count, found(sheet))


@group.command("show")
def show(
    ctx: typer.Context,
    stocktake: str = typer.Argument("", help="The stocktake's number; all of them when not said."),
    now: bool = typer.Option(False, "--now", help="By all that is known now, late arrivals too."),
) -> None:
    """Show a count: as it stands, or as it was closed."""
    with opened(ctx) as stockpile:
        if not stocktake:
            _list(ctx, stockpile)
            return
        count = stockpile.counting.one(stocktake)
        sheet = stockpile.counting.again(count) if now else stockpile.counting.sheet(count)
        _show(ctx, stockpile, count, found(sheet))


@group.command("close")
def close(
    ctx: typer.Context, stocktake: str = typer.Argument(help="The stocktake's number.")
) -> None:
    """Close a count with two signatures; every difference opens an investigation."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        count = stockpile.counting.one(stocktake)
        if count.closed is None:
            recorded, _found = stockpile.counting.close(count, by=by, witness=witness)
            if waits(ctx, recorded):
                return
            count = stockpile.counting.one(count.id)
        _show(ctx, stockpile, count, found(stockpile.counting.sheet(count)))


@group.command("due")
def due(ctx: typer.Context) -> None:
    """List the counts that the rules ask for, overdue first."""
    with opened(ctx) as stockpile:
        names, found_ = stockpile.names(), stockpile.count_rules.due()
    values = [
        {"rule": one.rule.name, "basis": one.rule.basis, "percent": one.rule.percent,
         "place": names.of(one.place), "by": one.by, "source": one.rule.source}
        for one in found_
    ]  # fmt: skip
    cells = [(one.by, one.rule.name, names.of(one.place), one.rule.source) for one in found_]
    columns = (_("Due"), _("Rule"), _("Place"), _("Source"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("rule")
def rule(
    ctx: typer.Context,
    name: str = typer.Argument(help="What the rule is called."),
    basis: str = typer.Option("serial", help="quantity, type, serial."),
    days: int = typer.Option(0, min=0, help="Every so many days."),
    percent: int = typer.Option(100, help="So many percent, rounded up."),
    handover: bool = typer.Option(False, "--handover", help="At every change of custodian."),
    place: str = typer.Option("", help="Where; every site when not said."),
    source: str = typer.Option("", help="Which instrument asks for it."),
    stop: bool = typer.Option(False, "--stop", help="The rule no longer holds."),
) -> None:
    """Set a rule for counts, or stop one."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        where = stockpile.places.named(place).id if place else None
        said = CountRuleSet(
            name, _basis(basis), days, percent, handover or (stop and not days), where, source, stop
        )
        stockpile.count_rules.set(said, by=by)
    shown = _("Rule {name} is set.").format(name=isolated(name))
    asked(ctx).output.result({"rule": name, "stopped": stop}, shown)


@group.command("sheet")
def sheet_(
    ctx: typer.Context,
    stocktake: str = typer.Argument(help="The stocktake's number."),
    out: Path = typer.Option(..., help="The PDF to write."),
    report: bool = typer.Option(False, "--report", help="The report in the place of the sheet."),
) -> None:
    """Print the sheet to count by hand, in the order of the racks; or the report."""
    with opened(ctx) as stockpile:
        by, papers = signed_in(ctx, stockpile), stockpile.count_papers
        count = stockpile.counting.one(stocktake)
        paper = papers.report(count, by) if report else papers.sheet(count, by)
        drawn = papers.draw(paper, out)
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    words = ngettext("{pages} page: {file}", "{pages} pages: {file}", drawn.pages)
    asked(ctx).output.result(value, words.format(**value))


def _show(ctx: typer.Context, stockpile: Stockpile, count: Stocktake, what: Found) -> None:
    """Say how a count stands; a blind one tells nothing of what is expected before it is closed."""
    tells = count.closed is not None or not count.opened.blind
    names = stockpile.names()
    value: dict[str, object] = {
        "id": count.id, "number": count.number, "basis": count.opened.basis,
        "place": names.of(count.opened.place), "closed": count.closed is not None,
        **_numbers(what.tally, tells=tells),
    }  # fmt: skip
    shown = [f"{count.number}: {names.of(count.opened.place)}"]
    shown += [f"{name}: {one}" for name, one in _numbers(what.tally, tells=tells).items()]
    if tells:
        rows = {row.id: row for row in stockpile.register.rows(_weapons(what))}
        value["differences"] = [
            {"kind": one.kind, "weapon": one.weapon, "place": names.of(one.place),
             "said": rows[one.weapon].serial if one.weapon else one.said}
            for one in what.differences
        ]  # fmt: skip
        shown += [
            f"{term('discrepancy', one.kind)}: "
            f"{isolated(rows[one.weapon].serial if one.weapon else one.said)}"
            for one in what.differences
        ]
    asked(ctx).output.result(value, "\n".join(shown))


def _list(ctx: typer.Context, stockpile: Stockpile) -> None:
    names, every = stockpile.names(), stockpile.counting.all()
    values = [
        {"id": one.id, "number": one.number, "basis": one.opened.basis,
         "place": names.of(one.opened.place), "closed": one.closed is not None}
        for one in every
    ]  # fmt: skip
    cells = [
        (one.number, names.of(one.opened.place), term("basis", one.opened.basis),
         _("closed") if one.closed else _("open"))
        for one in every
    ]  # fmt: skip
    columns = (_("Stocktake"), _("Place"), _("By"), _("State"))
    asked(ctx).output.rows(values, columns, cells)


def _numbers(numbers: Tally, *, tells: bool) -> dict[str, int]:
    wanted = _NUMBERS if tells else ("found", "extra", "twice")
    return {name: getattr(numbers, name) for name in wanted}


def _weapons(what: Found) -> list[WeaponId]:
    return [one.weapon for one in what.differences if one.weapon]


def _scan_value(one: Scan) -> dict[str, object]:
    weapon = one.scanned.weapon
    return {
        "read": one.scanned.text, "outcome": one.outcome, "again": one.again,
        "weapon": weapon.id if weapon else None, "several": list(one.scanned.several),
    }  # fmt: skip


def _outcome(one: Scan) -> str:
    words = {
        "found": _("found"),
        "extra": _("in its place, not of this sample"),
        "explained": _("explained by a movement"),
        "twice": _("counted before"),
        "misplaced": _("in the wrong place"),
        "unexpected": _("not expected here"),
        "stranger": _("on no record"),
        "several": _("more than one weapon has this serial"),
        "place": _("a place: what follows is counted there"),
        "person": _("a person's card: nothing was counted"),
    }
    return words.get(one.outcome, one.outcome)


def _readings(stockpile: Stockpile, texts: Iterable[str]) -> Iterable[Reading]:
    """Give what was scanned: words of the command, else a scanner's memory line by line."""
    lines = list(texts) or [one.rstrip("\r\n") for one in sys.stdin]
    for line in filter(str.strip, lines):
        parts = line.split("\t")
        if len(parts) == _LINE_PARTS:
            yield Reading(parts[1], _place(stockpile, parts[0]), _instant(parts[2]))
        else:
            yield Reading(line)


def _place(stockpile: Stockpile, text: str) -> PlaceId:
    return stockpile.places.named(text.strip()).id


def _instant(text: str) -> Instant:
    """Return the instant that a scanner wrote: ISO 8601, UTC where it names no zone."""
    if not text.strip():
        return 0
    try:
        moment = datetime.fromisoformat(read_date(text).text)
    except ValueError:
        raise FieldUnreadable("time", text) from None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(zoned.timestamp() * 1000)


def _officer(stockpile: Stockpile, name: str) -> OfficerId:
    wanted = name.casefold()
    for one in stockpile.people.officers():
        if one.name.casefold() == wanted:
            return one.id
    raise OfficerUnknown(name)


def _is(stocktake: Stocktake, said: Request) -> bool:
    """Say whether a count is the one that is asked for."""
    there = stocktake.opened
    return (there.place, there.basis, there.types, there.percent, there.blind) == (
        said.place, said.basis, said.types, said.percent, said.blind,
    )  # fmt: skip


def _basis(text: str) -> Basis:
    for one in BASES:
        if one == text.strip().lower():
            return one
    raise FieldUnreadable("basis", text)
