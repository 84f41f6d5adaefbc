"""Commands that put records right: merge, part, distinct, withdraw, component, inspect ..."""

from __future__ import annotations

from collections.abc import Callable

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.cli.showing import weapon_text, weapon_value
from stockpile.domain import vocabulary
from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import Mark
from stockpile.domain.values import WeaponId
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile

component_group = typer.Typer(help="Fit and remove components.")

_Act = Callable[[Stockpile, SignedIn], WeaponId | None]
_WEAPON = "The weapon: number, tag, mark or serial."
_REASON = "Why."


def merge(
    ctx: typer.Context,
    stays: str = typer.Argument(help="The record that stays."),
    goes: str = typer.Argument(help="The record that is read beneath it from now on."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Join two records that are one weapon; both lives are kept."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId | None:
        one, other = _named(stockpile, stays), _named(stockpile, goes)
        if stockpile.books.weapon(other).absorbed_into != one:
            second = seconded(ctx, stockpile)
            if waits(ctx, stockpile.correcting.merge(one, other, reason, by=by, witness=second)):
                return None
        return one

    _done(ctx, act)


def part(
    ctx: typer.Context,
    stays: str = typer.Argument(help="The record that stayed."),
    goes: str = typer.Argument(help="The record that was joined to it: its registry number or id."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Take a merger back: both are weapons of their own again."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId | None:
        one, other = _named(stockpile, stays), _named(stockpile, goes)
        second = seconded(ctx, stockpile)
        if waits(ctx, stockpile.correcting.part(one, other, reason, by=by, witness=second)):
            return None
        return other

    _done(ctx, act)


def distinct(
    ctx: typer.Context,
    one: str = typer.Argument(help=_WEAPON),
    other: str = typer.Argument(help="Its look-alike."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Say that two look-alike records are two weapons."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId | None:
        first, second = _named(stockpile, one), _named(stockpile, other)
        if second not in stockpile.books.weapon(first).distinct_from:
            witness = seconded(ctx, stockpile)
            told = stockpile.correcting.tell_apart(first, second, reason, by=by, witness=witness)
            if waits(ctx, told):
                return None
        return first

    _done(ctx, act)


def withdraw(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The records."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Withdraw records behind which no weapon stands; they stay to be read."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        named = tuple(dict.fromkeys(_named(stockpile, one) for one in weapons))
        stand = [one for one in stockpile.books.weapons(named) if one.status != "withdrawn"]
        if stand:
            stockpile.correcting.withdraw([one.id for one in stand], reason, by=by)
        value = {"withdrawn": len(stand), "asked": len(named)}
        shown = _("{withdrawn} of {asked} records withdrawn.").format(**value)
        asked(ctx).output.result(value, shown)


def reinstate(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The record: its registry number or id."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Put a withdrawn record back into account."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId:
        found = _named(stockpile, weapon)
        stockpile.correcting.reinstate(found, reason, by=by)
        return found

    _done(ctx, act)


def inspect(
    ctx: typer.Context,
    weapon: str = typer.Argument(help=_WEAPON),
    condition: str = typer.Option(..., help="serviceable, repairable, unserviceable, incomplete."),
    remarks: str = typer.Option("", help="What was seen."),
    due: str = typer.Option("", help="When it is to be looked at again (2027-01-31)."),
    unfit: bool = typer.Option(False, "--unfit", help="Not to be issued; say why in --remarks."),
) -> None:
    """Write down what a competent person found."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId:
        found = _named(stockpile, weapon)
        read = vocabulary.picked("condition", condition, vocabulary.CONDITIONS)
        stockpile.maintenance.inspect(found, read, remarks=remarks, due=due, unfit=unfit, by=by)
        return found

    _done(ctx, act)


@component_group.command("fit")
def fit(
    ctx: typer.Context,
    weapon: str = typer.Argument(help=_WEAPON),
    component: str = typer.Argument(help="receiver, barrel, bolt, slide ..."),
    marks: list[str] = typer.Option([], "--mark", help="A number that the part bears."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Fit a part with the marks that it bears."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId:
        found = _named(stockpile, weapon)
        kind = vocabulary.picked("component", component, vocabulary.COMPONENTS)
        if not marks:
            raise FieldMissing("mark")
        borne = [Mark("assembly", text.strip(), component=kind) for text in marks]
        stockpile.correcting.swap(found, kind, fitted=borne, removed=(), reason=reason, by=by)
        return found

    _done(ctx, act)


@component_group.command("remove")
def remove(
    ctx: typer.Context,
    weapon: str = typer.Argument(help=_WEAPON),
    component: str = typer.Argument(help="receiver, barrel, bolt, slide ..."),
    mark: str = typer.Option("", help="A number of the part, where there are several."),
    reason: str = typer.Option(..., help=_REASON),
) -> None:
    """Remove a part that is on record."""

    def act(stockpile: Stockpile, by: SignedIn) -> WeaponId:
        found = _named(stockpile, weapon)
        kind = vocabulary.picked("component", component, vocabulary.COMPONENTS)
        stockpile.correcting.remove(found, kind, mark, reason, by=by)
        return found

    _done(ctx, act)


def _named(stockpile: Stockpile, text: str) -> WeaponId:
    return stockpile.tracing.named(text)


def _done(ctx: typer.Context, act: _Act) -> None:
    """Do an act and show the weapon as it stands after it; nothing where the act waits."""
    with opened(ctx) as stockpile:
        weapon = act(stockpile, signed_in(ctx, stockpile))
        if weapon is None:
            return
        life = stockpile.tracing.life(weapon)
        asked(ctx).output.result(weapon_value(stockpile, life), weapon_text(stockpile, life))
