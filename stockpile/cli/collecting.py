"""Commands of the hand-in table: collect, collect list, show, receipt, undo."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain import vocabulary
from stockpile.domain.collecting import CATEGORIES, MODES, SITES, Collected, HandIn, Sign
from stockpile.domain.collecting import read_rounds as rounds_read
from stockpile.domain.errors import FieldUnreadable, HolderUnknown
from stockpile.domain.facts import RoundsHanded
from stockpile.domain.holders import Details
from stockpile.domain.numbers import registry_number
from stockpile.domain.receiving import Description
from stockpile.domain.values import PersonId
from stockpile.language import LANGUAGES, _
from stockpile.services.collecting import Brought
from stockpile.services.stockpile import Stockpile

collect_group = typer.Typer(no_args_is_help=True)

_NEW = "A weapon on no record, as type=ASR;model=AKM;serial=none;condition=repairable; several."
_ROUNDS = "CALIBRE=COUNT, or CALIBRE=COUNT,unserviceable; several times."
_TEXTS = frozenset(
    {"type", "make", "model", "calibre", "serial", "country", "year", "condition", "remarks",
     "action", "origin", "frame", "missing_parts", "where", "case"}
)  # fmt: skip


@collect_group.command("do", hidden=True)
def collect(
    ctx: typer.Context,
    person: str = typer.Argument(help="Who hands in: a name, or who is on record (see --known)."),
    weapons: list[str] = typer.Argument(None, help="Weapons on record already."),
    weapon: list[str] = typer.Option([], help=_NEW),
    rounds: list[str] = typer.Option([], help=_ROUNDS),
    known: bool = typer.Option(False, "--known", help="The person is on record: card, number."),
    category: str = typer.Option("", help="combatant, support, dependant, child, civilian, other."),
    number: str = typer.Option("", help="Identity number of the person."),
    group: str = typer.Option("", help="The person's group or unit."),
    sex: str = typer.Option("", help="f, m or x."),
    born: str = typer.Option("", help="Date or year of birth, or age."),
    reads: str = typer.Option("", help="The person's language; the receipt is in it."),
    under_18: bool = typer.Option(False, "--under-18", help="The person is under 18."),
    child_protection: str = typer.Option("", help="The child-protection officer present."),
    place: str = typer.Option("", help="Where it is taken in; the site when not said."),
    site: str = typer.Option("", help="static_site, pick_up_point, mobile, spontaneous."),
    mode: str = typer.Option("ddr", help="ddr, surrendered, found, seized."),
    on: str = typer.Option("", help="The date; today when not said."),
    ineligible: str = typer.Option("", help="Why the person is not eligible."),
    appeal: str = typer.Option("", help="Reference for an appeal; else the receipt's number."),
    temporary: bool = typer.Option(False, "--temporary", help="Dual-key custody, to be returned."),
    signed_paper: Path | None = typer.Option(None, help="Photo or scan of the signed paper."),
    thumbprint: Path | None = typer.Option(None, help="Photo or scan of the thumbprint."),
    unsigned: str = typer.Option("", help="Why the person does not sign."),
    remarks: str = typer.Option("", help="Anything else worth keeping."),
) -> None:
    """Take in what a person hands in, in one act, and draw the receipt."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        details = Details(
            person, number, unit=group, kind="participant", sex=sex, born=born,
            language=_picked("language", reads, tuple(LANGUAGES)),
        )  # fmt: skip
        said = HandIn(
            stockpile.places.named(place).id if place else stockpile.people.site(),
            on,
            _picked("category", category, CATEGORIES),
            tuple(map(_rounds, rounds)),
            not ineligible,
            ineligible,
            appeal,
            under_18,
            child_protection,
            remarks,
            _picked("site", site, SITES),  # type: ignore[arg-type]  # one of the codes
            vocabulary.picked("mode", mode, MODES),
            temporary,
        )
        brought = Brought(
            _known(stockpile, person) if known else details,
            said,
            tuple(map(_described, weapon)),
            tuple(stockpile.tracing.named(one) for one in weapons or ()),
        )
        sign = _sign(stockpile, signed_paper, thumbprint, unsigned)
        _recorded, receipt = stockpile.collecting.receive(brought, sign, by=by)
        drawn = stockpile.collecting.print(receipt.id, by=by)
        value = _value(stockpile, receipt) | {"file": str(drawn.file)}
    shown = _("{number}: {count} weapons and {rounds} rounds handed in: {file}")
    output.result(
        value,
        shown.format(
            number=receipt.body.number, count=len(receipt.body.weapons), rounds=receipt.rounds,
            file=drawn.file,
        ),
    )  # fmt: skip


@collect_group.command("list")
def list_(
    ctx: typer.Context,
    day: str = typer.Option("", help="Only those of a day (ISO date)."),
) -> None:
    """List the hand-ins, the newest first."""
    with opened(ctx) as stockpile:
        desk = stockpile.collecting
        found = desk.of_day(day) if day else desk.latest()
        values = [_value(stockpile, one) for one in found]
    cells = [
        (
            str(one["number"]), str(one["on"]), str(one["person"]), str(one["count"]),
            str(one["rounds"]), _("yes") if one["eligible"] else _("no"),
        )
        for one in values
    ]  # fmt: skip
    titles = (_("Receipt"), _("Date"), _("Person"), _("Weapons"), _("Rounds"), _("Eligible"))
    asked(ctx).output.rows(values, titles, cells)


@collect_group.command("show")
def show(
    ctx: typer.Context, number: str = typer.Argument(help="The number of the receipt.")
) -> None:
    """Show a hand-in."""
    with opened(ctx) as stockpile:
        value = _value(stockpile, stockpile.collecting.one(number))
    shown = _("{number}: {count} weapons and {rounds} rounds, {person}")
    asked(ctx).output.result(value, shown.format(**value))


@collect_group.command("receipt")
def receipt_(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the receipt."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
    reads: str = typer.Option("", help="Its language; the person's when not said."),
) -> None:
    """Draw a receipt again, in a language of choice."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        wanted = _picked("language", reads, tuple(LANGUAGES))
        drawn = stockpile.collecting.print(number, by=by, language=wanted, to=out)
    value = {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}
    asked(ctx).output.result(value, str(drawn.file))


@collect_group.command("undo")
def undo(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the receipt."),
    reason: str = typer.Option(..., help="Why it is taken back."),
) -> None:
    """Take back a hand-in that was recorded in error; its records are withdrawn with it."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        _recorded, taken = stockpile.collecting.take_back(number, reason, by=by)
        value = _value(stockpile, taken)
    asked(ctx).output.result(value, _("{number} is taken back.").format(number=value["number"]))


def _known(stockpile: Stockpile, text: str) -> PersonId:
    holder = stockpile.holders.named(text)
    if not holder.is_known:
        raise HolderUnknown(text)
    return holder.id


def _described(text: str) -> Description:
    """Return a weapon as it is written: names and values, ``;`` between them."""
    said: dict[str, str] = {}
    for pair in filter(None, (one.strip() for one in text.split(";"))):
        name, equals, value = pair.partition("=")
        if not equals or name.strip() not in _TEXTS:
            raise FieldUnreadable("weapons", pair)
        said[name.strip()] = value.strip()
    return Description(**said)  # type: ignore[arg-type]  # names were checked, all are texts


def _rounds(text: str) -> RoundsHanded:
    written, _comma, condition = text.rpartition(",")
    if condition.strip().casefold() != "unserviceable":
        return rounds_read(text)
    good = rounds_read(written)
    return RoundsHanded(good.calibre, good.quantity, serviceable=False)


def _picked(field: str, text: str, codes: tuple[str, ...]) -> str:
    return vocabulary.picked(field, text, codes) if text.strip() else ""


def _sign(stockpile: Stockpile, paper: Path | None, thumbprint: Path | None, unsigned: str) -> Sign:
    if paper is not None:
        return Sign("paper", stockpile.photographs.keep(paper, "document").digest)
    if thumbprint is not None:
        return Sign("thumbprint", stockpile.photographs.keep(thumbprint, "document").digest)
    return Sign(reason=unsigned)


def _value(stockpile: Stockpile, one: Collected) -> dict[str, object]:
    body = one.body
    return {
        "id": one.id,
        "number": body.number,
        "on": body.on,
        "person": stockpile.collecting.person(one).name,
        "person_id": body.participant,
        "category": body.category,
        "under_18": body.under_18,
        "child_protection": body.child_protection,
        "place": body.place,
        "count": len(body.weapons),
        "weapons": [registry_number(weapon) for weapon in body.weapons],
        "rounds": one.rounds,
        "ammunition": [
            {"calibre": each.calibre, "quantity": each.quantity, "serviceable": each.serviceable}
            for each in body.rounds
        ],
        "eligible": body.eligible,
        "reason": body.reason,
        "appeal": body.appeal,
        "signature": body.how,
        "withdrawn": body.withdrawn,
    }
