"""Commands for what is held about a person: held, export, due, erase."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, second_officer, signed_in
from stockpile.domain.facts import PersonErased
from stockpile.domain.holders import Holder
from stockpile.language import _, ngettext, plain
from stockpile.services.retention import DuePerson
from stockpile.wording import instant

group = typer.Typer(
    no_args_is_help=True, help="What is held about a person: shown, handed out, erased."
)

_WHO = "Name, number, card or id; of an officer the name."


@group.command("held")
def held(ctx: typer.Context, who: str = typer.Argument(help=_WHO)) -> None:
    """Show all that is held about a person, without handing it out."""
    with opened(ctx) as stockpile:
        by, desk = signed_in(ctx, stockpile), stockpile.persons_held
        found = desk.show(desk.named(who), by=by)
    details = {plain(one.name): plain(one.value) for one in found.details}
    records = [
        {"when": one.when, "what": plain(one.what), "about": plain(one.about), "entry": one.entry}
        for one in found.records
    ]
    value = {
        "id": found.id, "details": details, "records": records, "records_signed": found.signed,
        "erased": found.is_erased,
    }  # fmt: skip
    lines = [f"{name}: {said}" for name, said in details.items()]
    lines += ["  ".join((one["when"], one["what"], one["about"])).rstrip() for one in records]
    asked(ctx).output.result(value, "\n".join(lines))


@group.command("export")
def export(
    ctx: typer.Context,
    who: str = typer.Argument(help=_WHO),
    to: str = typer.Option(..., help="To whom it is handed out; it stays on record."),
    ground: str = typer.Option(..., help="On what ground; it stays on record."),
    out: Path = typer.Option(..., help="Folder that the paper, the table and the JSON go to."),
) -> None:
    """Hand out what is held about a person; --as and --witness both sign."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), second_officer(ctx, stockpile, "disclose_person")
        desk = stockpile.persons_held
        _recorded, made = desk.disclose(
            desk.named(who), to, ground, out, by=by, witness=witness
        )  # fmt: skip
    value = {
        "code": made.code, "paper": str(made.paper), "table": str(made.table),
        "json": str(made.json),
    }  # fmt: skip
    said = _("Handed out under {code}: {paper}")
    asked(ctx).output.result(value, said.format(**value))


@group.command("due")
def due(ctx: typer.Context) -> None:
    """List whose details are kept too long by the site's rule."""
    with opened(ctx) as stockpile:
        found = stockpile.retention.due()
    columns = (_("Name"), _("Service number"), _("Last act"))
    cells = [(one.holder.name, one.holder.reference, _last(one)) for one in found]
    asked(ctx).output.rows([_value(one) for one in found], columns, cells)


@group.command("erase")
def erase(
    ctx: typer.Context,
    who: str = typer.Argument("", help=f"{_WHO} Nobody with --due."),
    reason: str = typer.Option("", help="Why; it stays on record."),
    all_due: bool = typer.Option(False, "--due", help="All whose details are kept too long."),
) -> None:
    """Erase what is recorded of a person, for good, or of all who are due by the rule."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        if all_due:
            recorded = stockpile.retention.erase_due(by=by)
        else:
            holder: Holder = stockpile.holders.named(who)
            recorded = stockpile.holders.erase(holder.id, reason, by=by)
    count = sum(isinstance(one.body, PersonErased) for one in recorded.facts)
    said = ngettext(
        "The details of {count} person are erased. Backups made before still hold them.",
        "The details of {count} people are erased. Backups made before still hold them.",
        count,
    )
    asked(ctx).output.result({"erased": count}, said.format(count=count))


def _value(one: DuePerson) -> dict[str, object]:
    return {
        "id": one.holder.id, "name": one.holder.name, "number": one.holder.reference,
        "last": _last(one),
    }  # fmt: skip


def _last(one: DuePerson) -> str:
    return instant(one.last) if one.last else ""
