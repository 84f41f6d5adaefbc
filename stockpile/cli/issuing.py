"""Commands of the counter: issue, return, and who has what."""

from __future__ import annotations

import os
from collections.abc import Sequence

import typer

from stockpile.cli.opening import asked, opened, second_officer, signed_in
from stockpile.domain import vocabulary
from stockpile.domain.errors import FieldUnreadable, HolderUnknown, QuantityUnreadable
from stockpile.domain.holders import Holder
from stockpile.domain.issuing import Back, Line, Terms
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.maintaining import read_kit
from stockpile.domain.receipts import Signature
from stockpile.domain.values import PersonId
from stockpile.language import _
from stockpile.services.issuing import OutLine
from stockpile.services.slips import HandOver, Slip
from stockpile.services.stockpile import Stockpile

issue_group = typer.Typer(no_args_is_help=True)

_SHORT = "What did not come along, as magazine=1; several times; for one weapon."
_BACK = "LOT=BACK or LOT=BACK,FIRED,MISSING; several times."


@issue_group.command("do", hidden=True)
def issue(
    ctx: typer.Context,
    holder: str = typer.Argument(help="The person: card, number, name or id."),
    weapons: list[str] = typer.Argument(None, help="Weapons by number, tag, mark or serial."),
    due: str = typer.Option("", help="Due back: 18:00, or a date with or without a time."),
    purpose: str = typer.Option("", help="What for."),
    assignment: bool = typer.Option(False, "--assignment", help="For long, not for a shift."),
    override: str = typer.Option("", help="Why, although something stands against it."),
    rounds: list[str] = typer.Option([], help="LOT=COUNT; several times."),
    without_kit: bool = typer.Option(False, "--without-kit", help="The weapon alone."),
    unsigned: str = typer.Option("", help="Why the receiver does not sign."),
) -> None:
    """Hand weapons and rounds to a person; PIN of the receiver: STOCKPILE_HOLDER_PIN."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        person = _person(stockpile, holder)
        stand = stockpile.books.weapons([stockpile.tracing.named(one) for one in weapons or []])
        lines = tuple(
            Line(one.id, person.id, () if without_kit else one.kit, override) for one in stand
        )
        out = tuple(_rounds_out(stockpile, one, person.id) for one in rounds)
        terms = Terms(due, purpose, "assignment" if assignment else "checkout")
        slips = stockpile.issuing.prepare(HandOver(lines, out, terms), by=by)
        signatures = {one.receipt: _signature(stockpile, one, unsigned) for one in slips}
        witness = second_officer(ctx, stockpile, "issue_crew_served")
        _recorded, receipts = stockpile.issuing.issue(slips, signatures, by=by, witness=witness)
        paper = stockpile.receipts.print(receipts[0])
    value = {
        "receipt": slips[0].content.number, "holder": person.name, "weapons": len(lines),
        "file": str(paper.file),
    }  # fmt: skip
    output.result(value, _("{weapons} to {holder}, receipt {receipt}: {file}").format(**value))


@issue_group.command("list")
def list_(
    ctx: typer.Context,
    overdue: bool = typer.Option(False, "--overdue", help="Only what is late."),
) -> None:
    """List what is out, what is late first."""
    with opened(ctx) as stockpile:
        found = stockpile.issuing.overdue() if overdue else stockpile.issuing.out()
    cells = [
        (one.row.number, one.row.serial, one.holder.name, one.row.due,
         _("late") if one.is_overdue else "")
        for one in found
    ]  # fmt: skip
    titles = (_("Number"), _("Serial"), _("Holder"), _("Due back"), "")
    asked(ctx).output.rows([_value(one) for one in found], titles, cells)


@issue_group.command("receipt")
def receipt(
    ctx: typer.Context,
    number: str = typer.Argument(help="The receipt's number or id."),
) -> None:
    """Prove a receipt's signature against the record, and draw its paper again."""
    with opened(ctx) as stockpile:
        found = stockpile.receipts.one(number)
        standing = stockpile.receipts.verify(found.id)
        paper = stockpile.receipts.print(found.id)
    value = {
        "receipt": found.body.number, "way": found.body.way, "signature": standing,
        "weapons": len(found.body.weapons), "file": str(paper.file),
    }  # fmt: skip
    asked(ctx).output.result(value, _("{receipt}: {signature}: {file}").format(**value))


def return_(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(None, help="Weapons by number, tag, mark or serial."),
    place: str = typer.Option("", help="Where they are put; else where each belongs."),
    condition: str = typer.Option("", help="serviceable, repairable, unserviceable ..."),
    short: list[str] = typer.Option([], help=_SHORT),
    remarks: str = typer.Option("", help="Anything worth keeping: needs cleaning."),
    rounds: list[str] = typer.Option([], help=_BACK),
    holder: str = typer.Option("", help="Whose rounds; else who had the weapons."),
) -> None:
    """Take weapons and rounds back; what is short opens an investigation."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        lacking = tuple(map(read_kit, short))
        if lacking and len(weapons or []) != 1:
            raise FieldUnreadable("kit", ", ".join(short))
        there = stockpile.places.named(place).id if place else None
        said = vocabulary.picked("condition", condition, vocabulary.CONDITIONS) if condition else ""
        ids = [stockpile.tracing.named(one) for one in weapons or []]
        backs = [Back(one, there, said or None, lacking, remarks) for one in ids]
        whose = _whose(stockpile, holder, backs) if rounds else None
        came = [_rounds_back(stockpile, one, whose) for one in rounds] if whose else []
        _recorded, made = stockpile.issuing.take_back(backs, came, by=by)
        paper = stockpile.receipts.print(made)
        number = stockpile.receipts.one(made).body.number
    value = {"receipt": number, "weapons": len(backs), "file": str(paper.file)}
    output.result(value, _("{weapons} back, receipt {receipt}: {file}").format(**value))


def _person(stockpile: Stockpile, text: str) -> Holder:
    """Return the one person a text names; raises HolderUnknown for none, and for several."""
    card = stockpile.holders.by_card(text)
    if card is not None:
        return stockpile.holders.one(card)
    found = [one for one in stockpile.holders.all() if one.id == text]
    found = found or list(stockpile.holders.find(text))
    if len(found) != 1:
        raise HolderUnknown(text)
    return found[0]


def _whose(stockpile: Stockpile, holder: str, backs: Sequence[Back]) -> PersonId:
    if holder:
        return _person(stockpile, holder).id
    stand = stockpile.books.weapons([one.weapon for one in backs])
    people = {each.holder for one in stand for each in one.custody if each.holder}
    if len(people) != 1:
        raise HolderUnknown("")
    return people.pop()


def _signature(stockpile: Stockpile, slip: Slip, unsigned: str) -> Signature:
    given = os.environ.get("STOCKPILE_HOLDER_PIN", "")
    if given and not unsigned:
        return stockpile.issuing.sign(slip, given)
    return Signature(reason=unsigned)


def _rounds_out(stockpile: Stockpile, text: str, holder: PersonId) -> RoundsOut:
    lot, _equals, count = text.partition("=")
    return RoundsOut(stockpile.ammunition.named(lot).id, holder, _number(count, text))


def _rounds_back(stockpile: Stockpile, text: str, holder: PersonId) -> RoundsBack:
    lot, _equals, counts = text.partition("=")
    back, fired, missing = ([_number(one, text) for one in counts.split(",")] + [0, 0])[:3]
    return RoundsBack(stockpile.ammunition.named(lot).id, holder, back, fired, missing)


def _number(text: str, whole: str) -> int:
    if not text.strip().isdecimal():
        raise QuantityUnreadable(whole)
    return int(text)


def _value(line: OutLine) -> dict[str, object]:
    return {
        "number": line.row.number, "serial": line.row.serial, "holder": line.holder.name,
        "holder_id": line.holder.id, "due": line.row.due, "overdue": line.is_overdue,
        "receipt": line.row.paper,
    }  # fmt: skip
