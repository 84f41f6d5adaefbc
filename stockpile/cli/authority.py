"""Commands of the authority: officials' keys, and the statements that they sign together.

No command needs a home but certify and status: officials work on a computer without a network.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import typer

from stockpile.app import authority_room
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain import authority, authority_files
from stockpile.domain.authority import Authority, Statement
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    FileUnreadable,
    PassphraseTooShort,
    StatementInvalid,
)
from stockpile.domain.facts import KeyNamed, NodeReadmitted, NodeRevoked, RootKey, RootsSet
from stockpile.domain.values import Digest, NodeId
from stockpile.language import _, isolated
from stockpile.registry.opening import opened_books
from stockpile.registry.statements import Statements
from stockpile.services import statement_words
from stockpile.services.keys import LEAST_PASSPHRASE
from stockpile.services.ports import AuthorityKey
from stockpile.whole_files import beside, disk_errors, settle
from stockpile.wording import error_sentence

group = typer.Typer(
    no_args_is_help=True, help="Who speaks for the country: officials' keys, what they sign."
)
key_group = typer.Typer(no_args_is_help=True, help="The key of an official, in a file of its own.")
roots_group = typer.Typer(no_args_is_help=True, help="The officials whose keys count.")
group.add_typer(key_group, name="key")
group.add_typer(roots_group, name="roots")

_OUT = typer.Argument(help="The statement file to write.")
_FILE = typer.Argument(help="The statement file.")
_KEY = typer.Option(..., "--key", help="File of the official's key.")
_DATABASE = typer.Option("", "--database", help="File or URL of the registry's database.")


@key_group.command("make")
def make_key(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to make, on the official's own stick."),
    name: str = typer.Option(..., help="Who keeps it."),
) -> None:
    """Make an official's key; its passphrase: STOCKPILE_AUTHORITY_PASSPHRASE, or a prompt."""
    secret = _passphrase(again=True)
    if len(secret.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)
    made = authority_room.authority_keys().make(file, name, secret)
    _tell_key(ctx, name, made.public_key)


@key_group.command("show")
def show_key(ctx: typer.Context, file: Path = typer.Argument(help="The key file.")) -> None:
    """Say whose key a file holds, its public half, and the words that stand for it."""
    _tell_key(ctx, *authority_room.authority_keys().show(file))


@roots_group.command("propose")
def propose_roots(
    ctx: typer.Context,
    file: Path = _OUT,
    key: list[str] = typer.Option(..., "--key", help="NAME=KEY of each official, KEY in hex."),
    threshold: int = typer.Option(2, help="How many of them a statement needs."),
    version: int = typer.Option(1, help="The version: one more than the one that stands."),
) -> None:
    """Write down which officials' keys shall count; then each of them signs it."""
    roots = tuple(RootKey(*_named(one)) for one in key)
    said = RootsSet(version, threshold, roots)
    if authority.is_weak(said):
        raise FieldUnreadable("key", ", ".join(key))
    _propose(ctx, file, said)


@group.command("name")
def name_key(
    ctx: typer.Context,
    file: Path = _OUT,
    duty: Literal["registry", "enrolment", "witness"] = typer.Option(..., help="What it is for."),
    name: str = typer.Option(..., help="Who keeps it."),
    key: str = typer.Option(..., help="The key, in hexadecimal."),
    withdraw: bool = typer.Option(False, "--withdraw", help="It is trusted no more, for good."),
) -> None:
    """Write down that a key is the registry's, an enrolment officer's or a witness's."""
    if authority.read_key(key) is None:
        raise FieldUnreadable("key", key)
    _propose(ctx, file, KeyNamed(duty, name, key, withdraw))


@group.command("revoke")
def revoke(
    ctx: typer.Context,
    file: Path = _OUT,
    node: str = typer.Option(..., help="The node's id."),
    number: int = typer.Option(..., help="Its last good entry; 0 for none."),
    digest: str = typer.Option("", help="That entry's hash (registry nodes, courier open)."),
    reason: str = typer.Option(..., help="Why it is trusted no more."),
) -> None:
    """Write down that a computer is trusted no more: stolen, lost or misused."""
    said = Digest(digest.lower()) if number else Digest("0" * 64)
    if authority.read_key(said) is None or number < 0:
        raise FieldUnreadable("digest", digest)
    _propose(ctx, file, NodeRevoked(NodeId(node), number, said, reason))


@group.command("readmit")
def readmit(
    ctx: typer.Context,
    file: Path = _OUT,
    node: str = typer.Option(..., help="The node's id."),
    reason: str = typer.Option(..., help="Why it is trusted again."),
) -> None:
    """Write down that a computer is trusted again, with all that it wrote meanwhile."""
    _propose(ctx, file, NodeReadmitted(NodeId(node), reason))


@group.command("show")
def show(ctx: typer.Context, file: Path = _FILE) -> None:
    """Say in plain words what a statement says and who signed it."""
    statement = read_statement(file)
    asked(ctx).output.result(value_of(statement), shown(statement))


@group.command("sign")
def sign(
    ctx: typer.Context,
    file: Path = _FILE,
    key: Path = _KEY,
    yes: bool = typer.Option(False, "--yes", help="It was read before: ask nothing."),
) -> None:
    """Show what a statement says, then sign it with an official's key."""
    statement = read_statement(file)
    asked(ctx).output.say(shown(statement))
    _demand_yes(yes=yes)
    opened_key = open_key(key)
    signed = authority.attested(statement, opened_key.public_key, opened_key.sign)
    write(file, authority_files.statement_bytes(signed))
    said = _("Signed by {name}. It bears {count} signatures that hold.").format(
        name=isolated(opened_key.name), count=len(authority.signers(signed))
    )
    asked(ctx).output.result(value_of(signed), said)


@group.command("join")
def join(
    ctx: typer.Context,
    file: Path = _FILE,
    other: Path = typer.Argument(help="A copy of it that somebody else signed."),
) -> None:
    """Put the signatures of two copies of a statement together, in the first file."""
    both = authority.joined(read_statement(file), read_statement(other))
    write(file, authority_files.statement_bytes(both))
    asked(ctx).output.result(value_of(both), shown(both))


@group.command("publish")
def publish(ctx: typer.Context, file: Path = _FILE, database: str = _DATABASE) -> None:
    """Have the registry write a statement into its own chain, so that every node hears of it."""
    statement = read_statement(file)
    with opened_books(database) as books:
        written = Statements(books).publish(statement)
    said = _("Published: every computer hears of it with its next exchange or courier file.")
    again = _("It was published before; nothing was changed.")
    asked(ctx).output.result({"published": bool(written)}, said if written else again)


@group.command("status")
def status(ctx: typer.Context, database: str = _DATABASE) -> None:
    """Say which keys speak for the country, who is revoked, and what was tried in vain."""
    if database:
        with opened_books(database) as books:
            now = Statements(books).authority()
    else:
        with opened(ctx) as stockpile:
            now = stockpile.authorities.now()
    asked(ctx).output.result(_standing(now), "\n".join(_standing_lines(now)))


@group.command("certify")
def certify(
    ctx: typer.Context,
    request: Path = typer.Argument(help="The request of the computer that is to be enrolled."),
    file: Path = typer.Argument(help="The certificate to write."),
    key: Path = _KEY,
    words: str = typer.Option(..., help="The eight words that the computer shows."),
    name: str = typer.Option("", help="What it is called, if not as it calls itself."),
    site: str = typer.Option("", help="The site it belongs to, if not as it says."),
    scope: list[str] = typer.Option([], "--scope", help="Sites that it is told of; * for all."),
) -> None:
    """Enrol a computer from this desk, with the key of an enrolment officer."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        asks, meant = stockpile.enrolling.read_request(request)
        demand_words(words, meant)
        made = stockpile.enrolling.certify(
            asks, file, open_key(key), by=by, name=name, site=site, scope=scope
        )
    said = _("{name} is enrolled by {file}. Take it there, and to the registry.").format(
        name=isolated(made.name), file=isolated(str(file))
    )
    statement = file.with_name(file.name + ".statement")
    write(statement, authority_files.statement_bytes(made))
    value = {"node": made.node, "name": made.name, "file": str(file), "statement": str(statement)}
    asked(ctx).output.result(value, said)


# --- shared with other commands -----------------------------------------------------------------


def read_statement(file: Path) -> Statement:
    """Return the statement in a file; raises FileUnreadable, StatementDamaged."""
    return authority_files.read_statement(read(file, authority_files.MOST_SMALL), str(file))


def read(file: Path, most: int) -> bytes:
    """Return a file's bytes, at most one more than so many; raises FileUnreadable."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error


def write(file: Path, raw: bytes) -> None:
    """Put a file in place, whole or not at all; raises DiskFull, DiskTrouble."""
    with beside(file) as draft:
        with draft.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
        with disk_errors(file):
            settle(file.parent)


def open_key(file: Path) -> AuthorityKey:
    """Return an official's key, opened by its passphrase."""
    return authority_room.authority_keys().open(file, _passphrase(again=False))


def demand_words(typed: str, meant: str) -> None:
    """Raise FieldUnreadable unless these are the words that were meant, however typed."""
    if statement_words.tidied(typed) != statement_words.tidied(meant):
        raise FieldUnreadable("words", typed)


def shown(statement: Statement) -> str:
    """Return everything that a statement says, in plain words, and who signed it."""
    said = [statement_words.title(statement)]
    said += [f"  {label}: {value}" for label, value in statement_words.lines(statement)]
    signed = statement_words.signed_by(statement)
    said += [_("Signed with {key}").format(key=isolated(one)) for one in signed]
    if not signed:
        said.append(_("Nobody has signed it yet."))
    return "\n".join(said)


def value_of(statement: Statement) -> dict[str, object]:
    """Return a statement for programs."""
    return {
        "statement": type(statement).__name__,
        "says": dict(statement_words.lines(statement)),
        "signed": list(statement_words.signed_by(statement)),
        "digest": authority.statement_digest(statement),
    }


def _propose(ctx: typer.Context, file: Path, statement: Statement) -> None:
    write(file, authority_files.statement_bytes(statement))
    asked(ctx).output.result(value_of(statement), shown(statement))


def _tell_key(ctx: typer.Context, name: str, public_key: bytes) -> None:
    key = public_key.hex()
    words = statement_words.key_words(key)
    said = _("Key of {name}: {key}\nIts words: {words}").format(
        name=isolated(name), key=isolated(key), words=isolated(words)
    )
    asked(ctx).output.result({"name": name, "key": key, "words": words}, said)


def _standing(now: Authority) -> dict[str, object]:
    roots = now.roots
    return {
        "version": roots.version if roots else 0,
        "threshold": roots.threshold if roots else 0,
        "roots": [{"name": one.name, "key": one.key} for one in roots.roots] if roots else [],
        "keys": [{"duty": one.duty, "name": one.name, "key": one.key} for one in now.named],
        "revoked": [
            {"node": one.node, "number": one.number, "reason": one.reason}
            for one in now.cuts.values()
        ],
        "tried": [{"fault": one.fault, **value_of(one.statement)} for one in now.invalid],
    }


def _standing_lines(now: Authority) -> list[str]:
    said = []
    if now.roots is None:
        said.append(_("No officials' keys are set: the registry's own word revokes."))
    else:
        said.append(shown(now.roots))
    said += [*map(shown, now.named), *map(shown, now.cuts.values())]
    said += [
        _("Tried in vain: {what} {why}").format(
            what=statement_words.title(one.statement),
            why=error_sentence(StatementInvalid(one.fault)),
        )
        for one in now.invalid
    ]
    return said


def _named(text: str) -> tuple[str, str]:
    name, sign_, key = text.rpartition("=")
    if not sign_ or not name or authority.read_key(key) is None:
        raise FieldUnreadable("key", text)
    return name, key


def _demand_yes(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise FieldMissing("yes")
    typer.confirm(_("Sign exactly this?"), abort=True, err=True)


def _passphrase(*, again: bool) -> str:
    given = os.environ.get("STOCKPILE_AUTHORITY_PASSPHRASE")
    if given:
        return given
    if not sys.stdin.isatty():
        raise FieldMissing("passphrase")
    label = _("Passphrase of the key")
    typed: str = typer.prompt(label, hide_input=True, confirmation_prompt=again, err=True)
    return typed
