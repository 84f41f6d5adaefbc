"""Commands of disposal: destroy order, add, verify, keep, certify and so on; deactivate."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.domain.deactivating import ALTERED
from stockpile.domain.destruction import Destruction, read_attendant, read_methods
from stockpile.domain.destruction_site import Certification, SiteList
from stockpile.domain.facts import DestructionOrdered, WeaponDeactivated
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import WeaponId
from stockpile.domain.vocabulary import picked
from stockpile.language import _, isolated, ngettext
from stockpile.services.destructions import Reading
from stockpile.services.disposal_words import caution_words, reading_words
from stockpile.services.documents import Drawn
from stockpile.services.stockpile import Stockpile
from stockpile.terms import term

group = typer.Typer(no_args_is_help=True, help="Destroy weapons: order, verify, certify.")
_STDIN = "-"
_WEAPONS = typer.Argument(help="The weapons; - reads one a line from standard input.")
_NUMBER = typer.Argument(help="The number of the order, or what its code says.")
_METHODS = typer.Option(
    "", help="How, in sequence, with commas between: cutting, burning, smelting and so on."
)
_COMMITTEE = typer.Option(
    None, "--present", help="Who is present: name; role; organisation. Once for each person."
)


@group.command("order")
def order(
    ctx: typer.Context,
    weapons: list[str] = _WEAPONS,
    authority: str = typer.Option("", help="On whose authority."),
    methods: str = _METHODS,
    where: str = typer.Option("", help="Where they are to be destroyed."),
    planned: str = typer.Option("", help="The day it is planned for."),
    present: list[str] = _COMMITTEE,
    reason: str = typer.Option("", help="Why; needed for what is held as evidence."),
    remarks: str = typer.Option("", help="Remarks."),
) -> None:
    """Order weapons to be destroyed; tells what stands in the way."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        said = DestructionOrdered(
            "", _named(stockpile, weapons), authority, read_methods(methods), where, planned,
            tuple(map(read_attendant, present or ())), reason, remarks,
        )  # fmt: skip
        cautions = stockpile.destructions.cautions(said)
        _recorded, stands = stockpile.destructions.order(said, by=by)
    value = _value(stands) | {
        "cautions": [
            {"kind": one.kind, "weapon": registry_number(one.weapon) if one.weapon else ""}
            for one in cautions
        ]
    }
    words = [_ordered(stands), *caution_words(cautions)]
    asked(ctx).output.result(value, "\n".join(words))


@group.command("add")
def add(ctx: typer.Context, number: str = _NUMBER, weapons: list[str] = _WEAPONS) -> None:
    """Put weapons on a list of which none was read at the site yet."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        named = _named(stockpile, weapons)
        _recorded, stands = stockpile.destructions.add(number, named, by=by)
    asked(ctx).output.result(_value(stands), _ordered(stands))


@group.command("remove")
def remove(ctx: typer.Context, number: str = _NUMBER, weapons: list[str] = _WEAPONS) -> None:
    """Take weapons off a list of which none was read at the site yet."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        named = _named(stockpile, weapons)
        _recorded, stands = stockpile.destructions.remove(number, named, by=by)
    asked(ctx).output.result(_value(stands), _ordered(stands))


@group.command("change")
def change(
    ctx: typer.Context,
    number: str = _NUMBER,
    authority: str = typer.Option("", help="On whose authority."),
    methods: str = _METHODS,
    where: str = typer.Option("", help="Where they are to be destroyed."),
    planned: str = typer.Option("", help="The day it is planned for."),
    present: list[str] = _COMMITTEE,
    reason: str = typer.Option("", help="Why."),
    remarks: str = typer.Option("", help="Remarks."),
) -> None:
    """Say the words of an order anew; what is not said stays."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        before = stockpile.destructions.one(number).ordered
        said = replace(
            before,
            authority=authority or before.authority,
            methods=read_methods(methods) or before.methods,
            where=where or before.where,
            planned=planned or before.planned,
            committee=tuple(map(read_attendant, present or ())) or before.committee,
            reason=reason or before.reason,
            remarks=remarks or before.remarks,
        )
        _recorded, stands = stockpile.destructions.change(number, said, by=by)
    asked(ctx).output.result(_value(stands), _ordered(stands))


@group.command("verify")
def verify(ctx: typer.Context, number: str = _NUMBER, weapons: list[str] = _WEAPONS) -> None:
    """Read weapons at the site, immediately before they are destroyed."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        desk = stockpile.destructions
        site = desk.site(number)
        readings = [desk.read(site, text, by=by, how="typed")[1] for text in _lines(weapons)]
        value = _site_value(site) | {
            "readings": [
                {"text": one.scanned.text, "outcome": one.outcome, "alarm": one.scanned.alarm}
                for one in readings
            ]
        }
    words = [_said(one, site) for one in readings]
    asked(ctx).output.result(value, "\n".join([*words, _progress(site)]))


@group.command("keep")
def keep(
    ctx: typer.Context,
    number: str = _NUMBER,
    weapons: list[str] = _WEAPONS,
    reason: str = typer.Option(..., help="Why they are not destroyed."),
) -> None:
    """Keep listed weapons from destruction, for a reason."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        site = stockpile.destructions.site(number)
        stockpile.destructions.keep(site, _named(stockpile, weapons), reason, by=by)
    asked(ctx).output.result(_site_value(site), _progress(site))


@group.command("reopen")
def reopen(ctx: typer.Context, number: str = _NUMBER, weapons: list[str] = _WEAPONS) -> None:
    """Take back that weapons were read at the site, or are kept."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        site = stockpile.destructions.site(number)
        stockpile.destructions.reopen(site, _named(stockpile, weapons), by=by)
    asked(ctx).output.result(_site_value(site), _progress(site))


@group.command("certify")
def certify(
    ctx: typer.Context,
    number: str = _NUMBER,
    on: str = typer.Option("", help="The day it was done; today when not said."),
    where: str = typer.Option("", help="Where; as ordered when not said."),
    methods: str = _METHODS,
    present: list[str] = _COMMITTEE,
    scrap_kilograms: str = typer.Option("", help="The weight of the scrap."),
    scrap_to: str = typer.Option("", help="Who took the scrap."),
    photo: list[Path] = typer.Option(None, help="A photo of it; once for each."),
    inoperable: bool = typer.Option(
        False, "--inoperable", help="You state that nothing of what is left can be made to shoot."
    ),
    remarks: str = typer.Option("", help="Remarks."),
) -> None:
    """Certify a destruction; two officers sign (--witness)."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        photos = tuple(stockpile.photographs.keep(one).digest for one in photo or ())
        said = Certification(
            on, where, read_methods(methods), tuple(map(read_attendant, present or ())),
            scrap_kilograms, scrap_to, photos, inoperable, remarks,
        )  # fmt: skip
        recorded, stands = stockpile.destructions.certify(number, said, by=by, witness=witness)
        if waits(ctx, recorded):
            return
    done = stands.certified
    assert done is not None
    words = ngettext(
        "{number}: {count} weapon destroyed.", "{number}: {count} weapons destroyed.",
        len(done.destroyed),
    )  # fmt: skip
    told = words.format(number=done.number, count=len(done.destroyed))
    asked(ctx).output.result(_value(stands), told)


@group.command("withdraw")
def withdraw(
    ctx: typer.Context,
    number: str = _NUMBER,
    reason: str = typer.Option(..., help="Why it is taken back."),
) -> None:
    """Take an order back before anything is destroyed."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        _recorded, stands = stockpile.destructions.withdraw(number, reason, by=by)
    shown = f"{stands.ordered.number}: {term('destruction', stands.state)}"
    asked(ctx).output.result(_value(stands), shown)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the orders, the open ones first."""
    with opened(ctx) as stockpile:
        found = stockpile.destructions.latest()
    cells = [
        (
            one.stands.ordered.number, term("destruction", one.stands.state), str(one.count),
            str(one.verified), str(one.kept), one.stands.ordered.planned,
        )
        for one in found
    ]  # fmt: skip
    values = [
        _value(one.stands) | {"verified": one.verified, "kept": one.kept, "missing": one.missing}
        for one in found
    ]
    columns = (
        _("Order"), _("Status"), _("Weapons"), _("Read or destroyed"), _("Kept"), _("Planned"),
    )  # fmt: skip
    asked(ctx).output.rows(values, columns, cells)


@group.command("show")
def show(ctx: typer.Context, number: str = _NUMBER) -> None:
    """Show how each weapon of an order stands at the site."""
    with opened(ctx) as stockpile:
        desk = stockpile.destructions
        site = desk.site(number)
        lines = desk.lines(site)
    cells = [
        (
            one.number, one.weapon.serial.text, one.place,
            _check_words(one.check.state), one.check.reason or one.remark,
        )
        for one in lines
    ]  # fmt: skip
    values = [
        {
            "number": one.number, "serial": one.weapon.serial.text, "place": one.place,
            "state": one.check.state, "read": one.check.read, "reason": one.check.reason,
            "moved": one.check.moved,
        }
        for one in lines
    ]  # fmt: skip
    columns = (_("Registry number"), _("Serial"), _("Place"), _("At the site"), _("Remarks"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("paper")
def paper(
    ctx: typer.Context,
    number: str = _NUMBER,
    certificate: bool = typer.Option(
        False, "--certificate", help="The certificate; else the list to tick at the site."
    ),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Draw the list of an order, or its certificate, in the language of --lang."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        drawn = stockpile.destructions.print(number, by=by, certificate=certificate, to=out)
    asked(ctx).output.result(_drawn(drawn), str(drawn.file))


def deactivate(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon."),
    authority: str = typer.Option("", help="The State authority that certifies it."),
    method: str = typer.Option("", help="How it was made inoperable."),
    mark: str = typer.Option("", help="The deactivation mark, as it stands on the components."),
    component: list[str] = typer.Option(
        None, help="A component that was altered: barrel, bolt and so on. Once for each."
    ),
    certificate: str = typer.Option("", help="The authority's number; ours when not said."),
    on: str = typer.Option("", help="The day; today when not said."),
    where: str = typer.Option("", help="Where it was done."),
    again: bool = typer.Option(False, "--again", help="It takes the place of a certificate."),
    paper_only: bool = typer.Option(
        False, "--paper", help="Write nothing down: draw the certificate that is on record."
    ),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Write down that a weapon was deactivated, and draw its certificate."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        named = stockpile.tracing.named(weapon)
        if not paper_only:
            parts = tuple(picked("components", one, ALTERED) for one in component or ())
            said = WeaponDeactivated(certificate, method, authority, on, where, parts, mark)
            stockpile.deactivating.deactivate(named, said, by=by, again=again)
        told = stockpile.deactivating.one(named)
        drawn = stockpile.deactivating.print(named, by=by, to=out)
    value = _drawn(drawn) | {
        "number": told.number,
        "certificate": told.body.certificate,
        "authority": told.body.authority,
        "components": list(told.body.components),
        "mark": told.body.mark,
    }
    words = _("{number}: {file}").format(number=told.number, file=drawn.file)
    asked(ctx).output.result(value, words)


def _named(stockpile: Stockpile, words: list[str]) -> tuple[WeaponId, ...]:
    return tuple(map(stockpile.tracing.named, _lines(words)))


def _lines(words: list[str]) -> tuple[str, ...]:
    lines = [line.strip() for line in sys.stdin] if words == [_STDIN] else words
    return tuple(one for one in lines if one)


def _ordered(stands: Destruction) -> str:
    count = len(stands.ordered.weapons)
    words = ngettext(
        "{number}: {count} weapon is to be destroyed.",
        "{number}: {count} weapons are to be destroyed.",
        count,
    )
    return words.format(number=stands.ordered.number, count=count)


def _said(reading: Reading, site: SiteList) -> str:
    title, sentence = reading_words(reading, site.stands)
    return f"{isolated(reading.scanned.text)}: {title}. {sentence}"


def _progress(site: SiteList) -> str:
    words = _("Read: {verified} of {all}. Kept: {kept}. Still to read: {open}.")
    return words.format(
        verified=site.count("verified"), all=len(site.checks), kept=site.count("kept"),
        open=site.count("open"),
    )  # fmt: skip


def _check_words(state: str) -> str:
    return {"open": _("to be read"), "verified": _("read"), "kept": _("kept")}[state]


def _drawn(drawn: Drawn) -> dict[str, object]:
    return {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}


def _site_value(site: SiteList) -> dict[str, object]:
    return {
        "number": site.stands.ordered.number,
        "verified": [registry_number(one.weapon) for one in site.of("verified")],
        "kept": [
            {"weapon": registry_number(one.weapon), "reason": one.reason} for one in site.of("kept")
        ],
        "open": [registry_number(one.weapon) for one in site.of("open")],
    }


def _value(stands: Destruction) -> dict[str, object]:
    said, done = stands.ordered, stands.certified
    return {
        "id": stands.id,
        "number": said.number,
        "state": stands.state,
        "authority": said.authority,
        "methods": list(said.methods),
        "where": said.where,
        "planned": said.planned,
        "reason": said.reason,
        "committee": [
            {"name": one.name, "role": one.role, "organisation": one.organisation}
            for one in said.committee
        ],
        "weapons": [registry_number(one) for one in said.weapons],
        "certificate": done.number if done else "",
        "destroyed": [registry_number(one) for one in done.destroyed] if done else [],
    }
