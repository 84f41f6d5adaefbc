"""Commands of the dispatch desk: transfer send, receive, reverse, list, show, paper."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, opened, second_officer, seconded, signed_in, waits
from stockpile.domain.arrivals import Checklist, Finding
from stockpile.domain.errors import FieldUnreadable, PlaceUnknown
from stockpile.domain.facts import Licence, WaybillOpened
from stockpile.domain.numbers import registry_number
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.language import _, ngettext
from stockpile.services.stockpile import Stockpile
from stockpile.services.transfer_papers import declaration

group = typer.Typer(no_args_is_help=True, help="Send weapons to another depot; check what comes.")
_PURPOSES = ("move", "loan", "repair", "destruction", "civilian", "export")
_STDIN = "-"


@group.command("send")
def send(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(
        help="The weapons; - reads one a line from standard input."
    ),
    to: str = typer.Option(..., help="Where it goes: a place on record, or any name."),
    purpose: str = typer.Option("move", help="move, loan, repair, destruction, civilian, export."),
    carrier: str = typer.Option("", help="Who carries it."),
    vehicle: str = typer.Option("", help="The vehicle's number."),
    seal: list[str] = typer.Option([], help="A seal's number; may be said several times."),
    due: str = typer.Option("", help="The day by which it must have arrived (ISO)."),
    authority: str = typer.Option("", help="On whose authority."),
    route: str = typer.Option("", help="The route."),
    escort: str = typer.Option("", help="The escort."),
    licence: list[str] = typer.Option(
        [], help="What the licence says: number=..., issued_at=..., goods=... and so on."
    ),
) -> None:
    """Send weapons off under a waybill; two officers sign (--witness, or --later WHY)."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        place, name = _destination(stockpile, to)
        said = WaybillOpened(
            "", tuple(stockpile.tracing.named(one) for one in _lines(weapons)),
            stockpile.people.site(), place, name,
            purpose=_purpose(purpose),  # type: ignore[arg-type]  # one of the codes
            authority=authority, carrier=carrier, vehicle=vehicle, route=route, escort=escort,
            seals=tuple(seal), due=due, licence=_licence(licence),
        )  # fmt: skip
        recorded, waybill = stockpile.transfers.dispatch(said, by=by, witness=witness)
        if waits(ctx, recorded):
            return
        shown = _("{number} is on its way with {count} weapons.").format(
            number=waybill.opened.number, count=len(waybill.opened.weapons)
        )
        asked(ctx).output.result(_value(waybill), shown)


@group.command("receive")
def receive(
    ctx: typer.Context,
    waybill: str = typer.Argument(help="The waybill's number."),
    scans: list[str] = typer.Argument(help="What was scanned; - reads one a line from input."),
    place: str = typer.Option("", help="Where the weapons are put; the site when not said."),
    broken: list[str] = typer.Option([], help="A seal that was broken; may be said several times."),
    remarks: str = typer.Option("", help="Remarks for the receipt note."),
) -> None:
    """Check what came against its waybill and take it over; every difference is investigated."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        into = stockpile.places.named(place).id if place else stockpile.people.site()
        stands = stockpile.transfers.one(waybill)
        checked = _scanned(stockpile, stockpile.transfers.checklist(stands.id), _lines(scans))
        said = declaration(len(checked.received), stands.opened.number)
        _recorded, done = stockpile.transfers.receive(
            stands.id, checked, Finding(tuple(broken), said, remarks), into, by=by,
            witness=second_officer(ctx, stockpile, "receive"),
        )  # fmt: skip
        asked(ctx).output.result(_value(done), _outcome(done))


@group.command("reverse")
def reverse(
    ctx: typer.Context,
    waybill: str = typer.Argument(help="The waybill's number."),
    reason: str = typer.Option(..., help="Why it came back."),
) -> None:
    """Say that a shipment came back whole; two officers sign (--witness, or --later WHY)."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        stands = stockpile.transfers.one(waybill)
        recorded, done = stockpile.transfers.reverse(stands.id, reason, by=by, witness=witness)
        if waits(ctx, recorded):
            return
        asked(ctx).output.result(_value(done), _outcome(done))


@group.command("list")
def list_(
    ctx: typer.Context,
    overdue: bool = typer.Option(False, "--overdue", help="Only what should have arrived."),
) -> None:
    """List the transfers, the latest first."""
    with opened(ctx) as stockpile:
        found = stockpile.transfers.overdue() if overdue else stockpile.transfers.all()
        names = stockpile.names()
    cells = [
        (
            one.opened.number, wording.waybill_state(one.state), str(len(one.opened.weapons)),
            names.of(one.opened.to) or one.opened.to_name, one.opened.due,
        )
        for one in found
    ]  # fmt: skip
    columns = (_("Waybill"), _("Status"), _("Weapons"), _("To"), _("Due"))
    asked(ctx).output.rows([_value(one) for one in found], columns, cells)


@group.command("show")
def show(ctx: typer.Context, waybill: str = typer.Argument(help="The waybill's number.")) -> None:
    """Show a transfer and how it stands."""
    with opened(ctx) as stockpile:
        stands = stockpile.transfers.one(waybill)
    asked(ctx).output.result(_value(stands), _outcome(stands))


@group.command("paper")
def paper(
    ctx: typer.Context,
    waybill: str = typer.Argument(help="The waybill's number."),
    out: Path = typer.Option(..., help="The PDF to write."),
    note: bool = typer.Option(False, "--note", help="The receipt note instead of the waybill."),
) -> None:
    """Draw the waybill, or the receipt note with its differences."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        file = stockpile.transfers.file(waybill)
        draw = stockpile.transfers.draw_note if note else stockpile.transfers.draw
        drawn = draw(file, stockpile.transfers.printing(by), out)
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    words = ngettext("{pages} page: {file}", "{pages} pages: {file}", drawn.pages)
    asked(ctx).output.result(value, words.format(**value))


def _lines(words: list[str]) -> list[str]:
    """Return what was said, or what comes line by line where that is a dash."""
    if words == [_STDIN]:
        return [line.strip() for line in sys.stdin if line.strip()]
    return words


def _destination(stockpile: Stockpile, text: str) -> tuple[PlaceId | None, str]:
    """Return the place of this name, or the name itself where no place answers to it."""
    try:
        return stockpile.places.named(text).id, ""
    except PlaceUnknown:
        return None, text


def _purpose(text: str) -> str:
    code = text.strip().casefold()
    if code not in _PURPOSES:
        raise FieldUnreadable("purpose", text)
    return code


def _licence(pairs: list[str]) -> Licence:
    said: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in Licence.__dataclass_fields__:
            raise FieldUnreadable("licence", pair)
        said[name] = value
    transit = tuple(filter(None, (one.strip() for one in said.pop("transit", "").split(","))))
    return Licence(**said, transit=transit)


def _scanned(stockpile: Stockpile, checked: Checklist, texts: list[str]) -> Checklist:
    for text in texts:
        read = stockpile.scanning.read(text)
        if read.kind in ("weapon", "several", "unknown"):
            checked, _scan = checked.scanned(read.text, read.weapon)
    return checked


def _outcome(waybill: Waybill) -> str:
    state = wording.waybill_state(waybill.state)
    receipt = waybill.receipt
    if receipt is None:
        return f"{waybill.opened.number}: {state}"
    told = _("received {received}, short {short}, over {over}, wrong {wrong}, unknown {unknown}")
    return f"{waybill.opened.number}: {state}. " + told.format(
        received=len(receipt.received), short=len(receipt.short), over=len(receipt.over),
        wrong=len(receipt.wrong), unknown=len(receipt.unknown),
    )  # fmt: skip


def _value(waybill: Waybill) -> dict[str, object]:
    said, receipt = waybill.opened, waybill.receipt
    value: dict[str, object] = {
        "id": waybill.id,
        "number": said.number,
        "state": waybill.state,
        "from": said.out_of,
        "to": said.to or said.to_name,
        "purpose": said.purpose,
        "due": said.due,
        "seals": list(said.seals),
        "weapons": _numbers(said.weapons),
    }
    if receipt is not None:
        value |= {
            "received": _numbers(receipt.received),
            "short": _numbers(receipt.short),
            "over": _numbers(receipt.over),
            "wrong": [[registry_number(one.weapon), one.read] for one in receipt.wrong],
            "unknown": list(receipt.unknown),
            "broken_seals": list(receipt.broken_seals),
        }
    return value


def _numbers(weapons: tuple[WeaponId, ...]) -> list[str]:
    return [registry_number(one) for one in weapons]
