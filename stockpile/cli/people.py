"""Commands for officers: list, appoint, roles, suspend, reinstate, retire, pin, badge, unlock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli import opening
from stockpile.cli.opening import asked, new_pin, opened, seconded, signed_in, waits
from stockpile.domain.offices import Office
from stockpile.domain.people import read_role
from stockpile.domain.values import OfficerId
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="Officers of this node.")
_STATES: dict[str, Callable[[], str]] = {
    "in_office": lambda: _("in office"),
    "suspended": lambda: _("suspended"),
    "left": lambda: _("left office"),
}
_WHO = typer.Argument(help="The officer's name or id.")
_WHY = typer.Option("", "--reason", help="Why; it stands on record.")
_ROLES = typer.Option(["clerk"], help="A role; may be given several times.")


@group.command("appoint")
def appoint(
    ctx: typer.Context,
    name: str = typer.Argument(help="The officer's name."),
    role: list[str] = _ROLES,
) -> None:
    """Appoint an officer; the new PIN comes from STOCKPILE_NEW_PIN or a prompt."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        pin = new_pin()
        roles = tuple(read_role(one) for one in role)
        if waits(ctx, stockpile.offices.appoint(name, roles, pin, by=by, witness=witness)):
            return
        shown = _("{name} is appointed.").format(name=name)
        asked(ctx).output.result({"name": name, "roles": list(roles)}, shown)


group.command("add", hidden=True)(appoint)


@group.command("list")
def list_(
    ctx: typer.Context,
    everybody: bool = typer.Option(False, "--all", help="Those who left too."),
) -> None:
    """List the officers: in office and suspended, their roles, and whose PIN waits."""
    with opened(ctx) as stockpile:
        found = [one for one in stockpile.offices.all() if everybody or one.state != "left"]
        waits = {one.id: stockpile.offices.wait(one.id) for one in found}
    values = [_value(one, waits[one.id]) for one in found]
    cells = [(one.body.name, ", ".join(one.body.roles), _standing(one, waits)) for one in found]
    asked(ctx).output.rows(values, (_("Officer"), _("Roles"), _("Status")), cells)


@group.command("roles")
def roles(
    ctx: typer.Context, name: str = _WHO, role: list[str] = _ROLES, reason: str = _WHY
) -> None:
    """Give an officer these roles and no others."""
    given = tuple(read_role(one) for one in role)

    def change(
        stockpile: Stockpile, office: Office, by: SignedIn, witness: Second | None
    ) -> Recorded:
        return stockpile.offices.set_roles(office.id, given, reason, by=by, witness=witness)

    _change(ctx, name, change)


@group.command("suspend")
def suspend(ctx: typer.Context, name: str = _WHO, reason: str = _WHY) -> None:
    """Suspend an officer, until they are put back."""
    _end(ctx, name, lambda stockpile: stockpile.offices.suspend, reason)


@group.command("reinstate")
def reinstate(ctx: typer.Context, name: str = _WHO, reason: str = _WHY) -> None:
    """Put an officer back into office."""
    _end(ctx, name, lambda stockpile: stockpile.offices.reinstate, reason)


@group.command("retire")
def retire(ctx: typer.Context, name: str = _WHO, reason: str = _WHY) -> None:
    """Let an officer go; what they signed stays valid."""
    _end(ctx, name, lambda stockpile: stockpile.offices.retire, reason)


@group.command("pin")
def pin(ctx: typer.Context, name: str = _WHO, reason: str = _WHY) -> None:
    """Give an officer who forgot the PIN a new one, from STOCKPILE_NEW_PIN or a prompt.

    For oneself it only replaces the PIN, and needs no reason.
    """
    with opened(ctx) as stockpile:
        by, office = signed_in(ctx, stockpile), stockpile.offices.named(name)
        witness, fresh = seconded(ctx, stockpile), new_pin()
        if office.id == by.id:
            stockpile.people.change_pin(by.officer, opening.pin(asked(ctx)), fresh)
        elif waits(
            ctx, stockpile.offices.new_pin(office.id, fresh, reason, by=by, witness=witness)
        ):
            return
        _say(ctx, stockpile, office)


@group.command("badge")
def badge(
    ctx: typer.Context,
    name: str = _WHO,
    out: Path = typer.Option(help="The PDF to draw the badge into."),
    reason: str = _WHY,
) -> None:
    """Give an officer a badge and draw its card; one given before opens nothing any more."""
    with opened(ctx) as stockpile:
        by, office = signed_in(ctx, stockpile), stockpile.offices.named(name)
        witness = seconded(ctx, stockpile)
        recorded, text = stockpile.offices.give_badge(office.id, reason, by=by, witness=witness)
        site = stockpile.places.named(stockpile.people.site()).name
        file = stockpile.code_cards.print_badge(office.officer, text, site, out)
        if waits(ctx, recorded):
            return
        shown = _("The badge of {name} lies in {file}.").format(name=office.body.name, file=file)
        asked(ctx).output.result({"name": office.body.name, "file": str(file)}, shown)


@group.command("unlock")
def unlock(ctx: typer.Context, name: str = _WHO) -> None:
    """Let an officer try the PIN at once after wrong ones."""

    def change(stockpile: Stockpile, office: Office, by: SignedIn, _two: Second | None) -> Recorded:
        stockpile.offices.unlock(office.id, by=by)
        return Recorded((), ())

    _change(ctx, name, change)


# --- what they share ----------------------------------------------------------------------------


def _end(
    ctx: typer.Context,
    name: str,
    act: Callable[[Stockpile], Callable[..., Recorded]],
    reason: str,
) -> None:
    def change(
        stockpile: Stockpile, office: Office, by: SignedIn, witness: Second | None
    ) -> Recorded:
        return act(stockpile)(office.id, reason, by=by, witness=witness)

    _change(ctx, name, change)


def _change(
    ctx: typer.Context,
    name: str,
    change: Callable[[Stockpile, Office, SignedIn, Second | None], Recorded],
) -> None:
    with opened(ctx) as stockpile:
        by, office = signed_in(ctx, stockpile), stockpile.offices.named(name)
        if waits(ctx, change(stockpile, office, by, seconded(ctx, stockpile))):
            return
        _say(ctx, stockpile, office)


def _say(ctx: typer.Context, stockpile: Stockpile, office: Office) -> None:
    """Tell how the office stands now."""
    now = stockpile.offices.named(office.id)
    wait = stockpile.offices.wait(office.id)
    shown = f"{now.body.name}: {_standing(now, {now.id: wait})}, {', '.join(now.body.roles)}"
    asked(ctx).output.result(_value(now, wait), shown)


def _standing(office: Office, waits: Mapping[OfficerId, int]) -> str:
    wait = waits[office.id]
    said = _STATES[office.state]()
    return f"{said}, {_wait_word(wait)}" if wait else said


def _wait_word(seconds: int) -> str:
    return _("wrong PINs: waits {time}").format(time=wording.waiting(seconds))


def _value(office: Office, wait: int) -> dict[str, object]:
    return {
        "id": office.id,
        "name": office.body.name,
        "roles": list(office.body.roles),
        "state": office.state,
        "reason": office.reason,
        "badge": bool(office.body.badge),
        "waits": wait,
    }
