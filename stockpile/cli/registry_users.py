"""Commands for the users of the registry's pages: the first one is made on its own machine.

No secret is ever a word of a command: passphrase and digits of who signs come from
STOCKPILE_USER_PASSPHRASE and STOCKPILE_USER_DIGITS, or are asked for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from stockpile.cli.opening import asked
from stockpile.domain.errors import FieldMissing
from stockpile.domain.people import read_role
from stockpile.language import _
from stockpile.registry import acts, audit, audit_files
from stockpile.registry.acts import Signer
from stockpile.registry.books import RegistryBooks
from stockpile.registry.opening import opened_books
from stockpile.registry.proving import Visit
from stockpile.registry.staff import Member, Staff
from stockpile.registry.users import Users
from stockpile.services.enrolling import words_of
from stockpile.wording import instant, role

group = typer.Typer(no_args_is_help=True, help="Who signs in to the registry's pages.")

_CONSOLE = Visit("console")
_DATABASE = typer.Option(
    "",
    "--database",
    help="File or URL of the registry's database; its password belongs in PGPASSFILE.",
)
_LOGIN = typer.Argument(help="The name to sign in by.")
_BY = typer.Option("", "--by", help="Who signs for it: their name to sign in by.")
_REASON = typer.Option(..., help="Why.")


@group.command("add")
def add(
    ctx: typer.Context,
    login: str = _LOGIN,
    name: str = typer.Option(..., help="Name and rank."),
    roles: list[str] = typer.Option(
        [], "--role", help="commander, registrar, inspector or auditor."
    ),
    by: str = _BY,
    database: str = _DATABASE,
) -> None:
    """Add a user and show their first passphrase, once; the very first is a commander."""
    with opened_books(database) as books:
        desk = _desk(books)
        if by:
            wanted = tuple(read_role(one) for one in roles)
            given = desk.add(login, name, wanted, by=_signer(desk, by), visit=_CONSOLE)
        else:
            given = desk.first(login, name)
    _show(ctx, login, given)


@group.command("reset")
def reset(
    ctx: typer.Context,
    login: str = _LOGIN,
    reason: str = _REASON,
    by: str = _BY,
    database: str = _DATABASE,
) -> None:
    """Give a user who forgot their passphrase another key, and show a first passphrase, once."""
    with opened_books(database) as books:
        desk = _desk(books)
        given = desk.reset(login, reason, by=_signer(desk, by), visit=_CONSOLE)
    _show(ctx, login, given)


@group.command("suspend")
def suspend(
    ctx: typer.Context,
    login: str = _LOGIN,
    reason: str = _REASON,
    by: str = _BY,
    database: str = _DATABASE,
) -> None:
    """Suspend a user; every session of theirs ends."""
    with opened_books(database) as books:
        desk = _desk(books)
        desk.suspend(login, reason, by=_signer(desk, by), visit=_CONSOLE)
    asked(ctx).output.result({"login": login}, _("{login} is suspended.").format(login=login))


@group.command("list")
def list_users(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List the users."""
    with opened_books(database) as books:
        staff = _desk(books).all()
    columns = (_("Signs in as"), _("Name"), _("Roles"), _("Office"), _("Made"))
    cells = [
        (
            one.user.login, one.office.body.name, ", ".join(map(role, one.office.body.roles)),
            one.office.state, instant(one.user.made_at),
        )
        for one in staff
    ]  # fmt: skip
    asked(ctx).output.rows([_value(one) for one in staff], columns, cells)


@group.command("audit")
def check_audit(ctx: typer.Context, database: str = _DATABASE) -> None:
    """Check every row of the audit log against the one before it and against the chain."""
    with opened_books(database) as books, books.reading() as connection:
        broken = acts.first_broken(connection, books)
        rows = audit.head(connection).number
    said = (
        _("Row {number} is not as it was written, or a row before it is gone.")
        if broken
        else _("The audit log is whole up to row {number}.")
    )
    value = {"rows": rows, "first_broken": broken}
    asked(ctx).output.result(value, said.format(number=broken or rows))
    if broken:
        raise typer.Exit(1)


@group.command("audit-file")
def check_audit_file(
    ctx: typer.Context,
    file: Path = typer.Argument(help="What the page took out of the audit log."),
) -> None:
    """Prove a file of the audit log whole, on any computer: its digest and whose word it is."""
    end = audit_files.checked(file)
    said = _("{rows} rows, whole, signed by the registry {registry} on {at}. Its words: {words}")
    words = words_of(bytes.fromhex(end.key))
    value = {
        "rows": end.rows, "registry": end.registry, "words": words, "at": instant(end.at),
        "officer": end.officer, "act": end.act, "row": end.number, "hash": end.hash,
    }  # fmt: skip
    asked(ctx).output.result(value, said.format(**value))


def _desk(books: RegistryBooks) -> Staff:
    return Staff(books, Users(books))


def _signer(desk: Staff, by: str) -> Signer:
    if not by:
        raise FieldMissing("by")
    passphrase = _secret("STOCKPILE_USER_PASSPHRASE", "passphrase", _("Passphrase of {login}"), by)
    digits = _secret("STOCKPILE_USER_DIGITS", "digits", _("Six digits of {login}"), by)
    return desk.signed_in(by, passphrase, digits)


def _secret(variable: str, field: str, label: str, login: str) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise FieldMissing(field)
    typed: str = typer.prompt(label.format(login=login), hide_input=True, err=True)
    return typed


def _show(ctx: typer.Context, login: str, given: str) -> None:
    said = _("First passphrase of {login}, shown once: {given}")
    value = {"login": login, "passphrase": given}
    asked(ctx).output.result(value, said.format(login=login, given=given))


def _value(one: Member) -> dict[str, object]:
    return {
        "login": one.user.login, "officer": one.user.officer, "name": one.office.body.name,
        "roles": list(one.office.body.roles), "office": one.office.state,
        "has_begun": not one.user.is_new,
    }  # fmt: skip
