"""Commands of the inspector's visit: export chain; inspection prepare, draw, take-in, list."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, opened, second_officer, signed_in
from stockpile.domain.errors import SecondOfficerMissing
from stockpile.domain.ledger import head_code
from stockpile.language import _
from stockpile.services.chain_export import Disclosure
from stockpile.services.inspections import Visit

group = typer.Typer(no_args_is_help=True, help="The inspector's stick: out, and back in.")


def chain(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to write, such as ledger.chains.gz."),
    persons: bool = typer.Option(False, "--persons", help="Details of persons too: wants two."),
    to: str = typer.Option("", help="With --persons: to whom they are handed out."),
    ground: str = typer.Option("", help="With --persons: on what ground."),
) -> None:
    """Copy the whole ledger out, for the verifier: every entry and signature, no details."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Ledger")) as progress:
        by, disclosing = signed_in(ctx, stockpile), None
        if persons:
            witness = second_officer(ctx, stockpile, "disclose_person")
            if witness is None:
                raise SecondOfficerMissing("disclose_person")
            disclosing = Disclosure(to, ground, witness)
        _recorded, made = stockpile.chain_export.write(
            file, by=by, disclosing=disclosing, progress=progress
        )
    value = {
        "file": str(made.file), "chains": made.chains, "entries": made.entries,
        "facts": made.facts, "receipts": made.receipts, "persons": made.persons,
        "withheld": made.withheld, "size": made.size, "digest": made.digest,
        "head": head_code(made.tip), "beside": made.beside,
    }  # fmt: skip
    shown = _(
        "{file}: {chains} chains, {entries} entries, {facts} facts; details of {persons} persons,"
        " of {withheld} withheld. Head code {head}. SHA-256 {digest}."
    )
    if made.beside:
        shown += " " + _("{beside} entries stand beside their chains: second histories.")
    output.result(value, shown.format(**value))


@group.command("prepare")
def prepare(
    ctx: typer.Context,
    folder: Path = typer.Argument(help="The inspector's stick; the dossier is a folder in it."),
) -> None:
    """Write a dossier: the ledger, its verifier, the weapons on charge, the head code on paper."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Dossier")) as progress:
        made = stockpile.inspections.prepare(
            folder, by=signed_in(ctx, stockpile), progress=progress
        )
    value = {
        "folder": str(made.folder), "weapons": made.dossier.weapons, "head": made.dossier.head,
    }  # fmt: skip
    shown = _("{folder}: {weapons} weapons on charge, head code {head}.")
    output.result(value, shown.format(**value))


@group.command("draw")
def draw(
    ctx: typer.Context,
    dossier: Path = typer.Argument(help="The folder of the dossier."),
    seed: str = typer.Option(..., help="Dice or words of the inspector's own."),
    count: int = typer.Option(..., help="How many weapons."),
) -> None:
    """Draw the sample that a seed gives: the same for everybody who draws it."""
    with opened(ctx) as stockpile:
        rows = stockpile.inspections.draw(dossier, seed, count)
    values = [{"id": one.id, "number": one.number, "serial": one.serial} for one in rows]
    cells = [(one.number, one.serial, one.mark, one.model, one.place) for one in rows]
    titles = (
        _("Registry number"), _("Serial number"), _("National mark"), _("Model"), _("Place"),
    )  # fmt: skip
    asked(ctx).output.rows(values, titles, cells)


@group.command("take-in")
def take_in(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The inspector's result, or the folder that it lies in."),
    dossier: Path | None = typer.Option(None, help="The dossier's folder, where it is another."),
) -> None:
    """Prove an inspector's result and put it on record; what was missing is investigated."""
    with opened(ctx) as stockpile, asked(ctx).output.progress(_("Dossier")) as progress:
        by = signed_in(ctx, stockpile)
        found = stockpile.inspections.read(file, dossier, progress)
        _recorded, visit = stockpile.inspections.take_in(found, by=by)
    asked(ctx).output.result(_value(visit), _shown(visit))


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the inspections on record, the newest first."""
    with opened(ctx) as stockpile:
        visits = stockpile.inspections.all()
    titles = (
        _("Signed on"), _("Inspector"), _("Authority"), _("Head code"), _("Found"), _("Missing"),
        _("Differs"), _("Not seen"),
    )  # fmt: skip
    cells = [
        (
            one.result.signed_on, one.result.inspector, one.result.authority, one.result.head,
            *map(str, one.found.values()),
        )
        for one in visits
    ]  # fmt: skip
    asked(ctx).output.rows([_value(one) for one in visits], titles, cells)


def _value(visit: Visit) -> dict[str, object]:
    result = visit.result
    return {
        "inspection": visit.subject, "inspector": result.inspector, "authority": result.authority,
        "signed_on": result.signed_on, "head": result.head, "seed": result.seed, **visit.found,
        "taken_in": wording.instant(visit.fact.at),
    }  # fmt: skip


def _shown(visit: Visit) -> str:
    said = _(
        "{inspector}, {authority}, {signed_on}: found {found}, missing {missing}, differs"
        " {differs}, not seen {not_seen}. It is on record."
    )
    return said.format(**_value(visit))
