"""Commands for holders: add, change, pin, list, show, import, erase."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, new_pin, opened, signed_in
from stockpile.domain.facts import Authorisation, ReceiptSigned
from stockpile.domain.holders import Details, Holder
from stockpile.domain.weapon_types import TYPES
from stockpile.language import _
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="People whom weapons are handed to.")

_CLEARED = "What for and until when: ASR, ASR=2027-06-30, AKM, * for all; several times."


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="Their name."),
    number: str = typer.Option("", help="Service number."),
    rank: str = typer.Option("", help="Rank."),
    unit: str = typer.Option("", help="Unit or company."),
    card: str = typer.Option("", help="What their card says to a scanner."),
    cleared: list[str] = typer.Option([], help=_CLEARED),
    photo: Path | None = typer.Option(None, help="A photo of them."),
    pin: bool = typer.Option(
        False, "--pin", help="They sign by a PIN: STOCKPILE_NEW_PIN or typed."
    ),
) -> None:
    """Put a person on record."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        details = Details(
            name, number, rank, unit, card, _kept(stockpile, photo), tuple(map(_cleared, cleared))
        )
        secret = new_pin() if pin else ""
        _recorded, holder = stockpile.holders.record(details, by=by, pin=secret)
        asked(ctx).output.result(_value(holder), _line(holder))


@group.command("change")
def change(
    ctx: typer.Context,
    who: str = typer.Argument(help="Name, number, card or id."),
    name: str | None = typer.Option(None, help="Another name."),
    number: str | None = typer.Option(None, help="Another service number."),
    rank: str | None = typer.Option(None, help="Another rank."),
    unit: str | None = typer.Option(None, help="Another unit."),
    card: str | None = typer.Option(None, help="Another card."),
    cleared: list[str] | None = typer.Option(None, help=_CLEARED),
    photo: Path | None = typer.Option(None, help="Another photo."),
) -> None:
    """Change what is recorded of a person; what is not named stays."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        holder = stockpile.holders.named(who)
        stands = holder.details
        details = Details(
            stands.name if name is None else name,
            stands.reference if number is None else number,
            stands.rank if rank is None else rank,
            stands.unit if unit is None else unit,
            stands.card if card is None else card,
            _kept(stockpile, photo) or stands.photo,
            tuple(map(_cleared, cleared)) if cleared else stands.authorisations,
            stands.kind,
            stands.sex,
            stands.born,
            stands.language,
        )
        _recorded, changed = stockpile.holders.change(holder.id, details, by=by)
        asked(ctx).output.result(_value(changed), _line(changed))


@group.command("pin")
def pin_(ctx: typer.Context, who: str = typer.Argument(help="Name, number, card or id.")) -> None:
    """Give a person a new PIN, from STOCKPILE_NEW_PIN or typed twice by them."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        holder = stockpile.holders.named(who)
        _recorded, changed = stockpile.holders.set_pin(holder.id, new_pin(), by=by)
        said = _("{name} signs by a new PIN.").format(name=changed.name)
        asked(ctx).output.result(_value(changed), said)


@group.command("list")
def list_(
    ctx: typer.Context,
    text: str = typer.Argument("", help="Only whose name, number, rank, unit or card begins so."),
) -> None:
    """List people."""
    with opened(ctx) as stockpile:
        holders = stockpile.holders
        found = holders.find(text, len(holders.all())) if text else holders.all()
    columns = (_("Name"), _("Service number"), _("Rank"), _("Unit or company"), _("Card"))
    cells = [(one.name, one.reference, one.rank, one.unit, one.card) for one in found]
    asked(ctx).output.rows([_value(one) for one in found], columns, cells)


@group.command("show")
def show(ctx: typer.Context, who: str = typer.Argument(help="Name, number, card or id.")) -> None:
    """Show for what a person answers, what of it is overdue, and their last receipts."""
    with opened(ctx) as stockpile:
        account = stockpile.holders.account(stockpile.holders.named(who).id)
    weapons = [
        {"number": row.number, "serial": row.serial, "model": row.model, "due": row.due,
         "overdue": row.id in account.overdue}
        for row in account.weapons
    ]  # fmt: skip
    rounds = [{"lot": one.lot.number, "quantity": one.quantity} for one in account.rounds]
    papers = [one.now.number for one in account.receipts if isinstance(one.now, ReceiptSigned)]
    value = {**_value(account.holder), "weapons": weapons, "rounds": rounds, "receipts": papers}
    lines = [_line(account.holder)]
    for row in account.weapons:
        late = _("overdue") if row.id in account.overdue else ""
        lines.append("  ".join(filter(None, (row.number, row.serial, row.model, row.due, late))))
    lines += [f"{one.lot.number or one.lot.nature}  {one.quantity}" for one in account.rounds]
    asked(ctx).output.result(value, "\n".join(lines))


@group.command("import")
def import_(
    ctx: typer.Context, file: Path = typer.Argument(help="CSV or XLSX with a column headed Name.")
) -> None:
    """Take people in from a list; a number that is on record is that person."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        _recorded, report = stockpile.holder_lists.bring_in(file, by=by)
    refused = [
        {"row": one.row, "name": one.name, "why": wording.error_sentence(one.error)}
        for one in report.refused
    ]
    value = {"added": report.added, "changed": report.changed, "same": report.same}
    said = _("{added} added, {changed} changed, {same} as before").format(**value)
    lines = [said, *(_("row {row}: {why}").format(**one) for one in refused)]
    asked(ctx).output.result({**value, "refused": refused}, "\n".join(lines))


@group.command("erase")
def erase(
    ctx: typer.Context,
    who: str = typer.Argument(help="Name, number, card or id."),
    reason: str = typer.Option(..., help="Why; it stays on record."),
) -> None:
    """Erase what is recorded of a person, for good; what they held and signed stays."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        holder = stockpile.holders.named(who)
        stockpile.holders.erase(holder.id, reason, by=by)
    said = _("What was recorded of {name} is erased").format(name=holder.name)
    asked(ctx).output.result({"id": holder.id}, said)


def _cleared(text: str) -> Authorisation:
    """Return the clearance in the words, such as ASR=2027-06-30."""
    what, _equals, until = text.partition("=")
    code = what.strip().upper()
    return Authorisation(code if code in TYPES else what.strip(), until.strip())


def _kept(stockpile: Stockpile, photo: Path | None) -> str:
    return stockpile.photographs.keep(photo).digest if photo else ""


def _value(holder: Holder) -> dict[str, object]:
    cleared = [
        f"{one.what}={one.until}" if one.until else one.what for one in holder.authorisations
    ]
    return {
        "id": holder.id, "name": holder.name, "number": holder.reference, "rank": holder.rank,
        "unit": holder.unit, "card": holder.card, "cleared": cleared, "pin": holder.has_pin,
    }  # fmt: skip


def _line(holder: Holder) -> str:
    parts = (holder.rank, holder.name, holder.reference, holder.unit)
    return "  ".join(filter(None, parts))
