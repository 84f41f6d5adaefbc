"""Commands for the registry's log and its witnesses, on the registry's side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from stockpile import wording
from stockpile.cli.opening import asked, opened
from stockpile.domain import tlog
from stockpile.domain.authority import read_key
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.values import tidied
from stockpile.domain.witnessing import Witness
from stockpile.language import _
from stockpile.registry import cosigning, sightings, witness_rounds
from stockpile.registry.opening import opened_books
from stockpile.registry.witness_rounds import Asked
from stockpile.services.log_proofs import LogStanding
from stockpile.whole_files import disk_errors
from stockpile.wording import instant

log_group = typer.Typer(no_args_is_help=True, help="The registry's log, as witnesses see it.")
witness_group = typer.Typer(no_args_is_help=True, help="Who witnesses the registry's log.")

_DATABASE = typer.Option("", "--database", help="File or URL of the registry's database.")


@log_group.command("key")
def log_key(ctx: typer.Context, database: str = _DATABASE) -> None:
    """Read out the log's key: whoever witnesses is told it once, by a way of its own."""
    with opened_books(database) as books:
        key = tlog.log_key(tlog.origin_of(books.key.node), books.key.public_key)
    asked(ctx).output.result({"log": key.name, "key": key.text}, key.text)


@log_group.command("offer")
def offer(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to write, for a witness's stick."),
    old: int = typer.Option(0, help="How long the log was when that witness saw it last."),
    database: str = _DATABASE,
) -> None:
    """Write the newest head, with the proof that it goes on, for a witness without a line."""
    with opened_books(database) as books:
        made = cosigning.offer(books, old)
    with disk_errors(file):
        file.write_bytes(made.to_bytes())
    size = tlog.read_checkpoint(made.note.text).size
    shown = _("{file}: {size} entries, proved from {old} on.")
    value = {"file": str(file), "size": size, "old": old}
    asked(ctx).output.result(value, shown.format(**value))


@log_group.command("take")
def take(
    ctx: typer.Context,
    file: Path = typer.Argument(help="What the witness wrote for the way back."),
    database: str = _DATABASE,
) -> None:
    """Take in a head that a witness cosigned."""
    with disk_errors(file), file.open("rb") as stream:
        raw = stream.read(tlog.MOST_NOTE + 1)
    with opened_books(database) as books:
        heard = cosigning.take(books, raw)
    names = ", ".join(one.name for one in heard)
    asked(ctx).output.result({"witnesses": names}, _("Cosigned by {names}.").format(names=names))


@log_group.command("alarms")
def alarms(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List heads that nodes say they were shown and that this log never had."""
    with opened_books(database) as books, books.reading() as connection:
        found = sightings.all_seen(connection)
    values = [
        {"size": one.size, "root": one.root, "node": one.node, "number": one.number,
         "received": instant(one.received)}
        for one in found
    ]  # fmt: skip
    columns = (_("Entries"), _("Node"), _("Entry"), _("Received on"))
    cells = [(str(one.size), one.node, str(one.number), instant(one.received)) for one in found]
    asked(ctx).output.rows(values, columns, cells)


@log_group.command("proof")
def proof(ctx: typer.Context) -> None:
    """Say on a node who witnessed the registry's log, and up to where its own record is proved."""
    with opened(ctx) as stockpile:
        found = [stockpile.log_proofs.standing(one.registry) for one in stockpile.books.peers()]
    values = [_standing(one) for one in found]
    columns = (_("Registry"), _("Proved up to"), _("Witnessed by"), _("Alarms"))
    cells = [
        (
            one.registry, str(one.proved),
            ", ".join(f"{word.witness.name} ({_day(word.second)})" for word in one.words),
            str(len(one.doubts)),
        )
        for one in found
    ]  # fmt: skip
    asked(ctx).output.rows(values, columns, cells)


@witness_group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="Who the witness is."),
    key: str = typer.Argument(help="Their public key, or their key as other programs write it."),
    database: str = _DATABASE,
) -> None:
    """Name a witness by the registry's own word; with offline keys, the authority names them.

    A witness of another make signs under the name in its key: it is named so here too.
    """
    _name(ctx, database, name, key, withdrawn=False)


@witness_group.command("address")
def address(
    ctx: typer.Context,
    key: str = typer.Argument(help="The witness's key as programs write it: name+id+key."),
    url: str = typer.Argument("", help="Where it answers; nowhere if left out."),
    database: str = _DATABASE,
) -> None:
    """Ask a witness by net from now on, where it answers add-checkpoint (c2sp.org/tlog-witness)."""
    read = tlog.read_key(key)
    with opened_books(database) as books:
        witness_rounds.set_address(books, read, url)
    shown = _("{name} is asked at {url}.") if url else _("{name} is asked nowhere any more.")
    value = {"name": read.name, "url": url}
    asked(ctx).output.result(value, shown.format(**value))


@witness_group.command("ask")
def ask(ctx: typer.Context, database: str = _DATABASE) -> None:
    """Ask every witness that has an address to cosign the newest head, now."""
    with opened_books(database) as books:
        found = witness_rounds.ask_all(books)
    _show_asked(ctx, found)
    if any(one.trouble in witness_rounds.ALARMS for one in found):
        raise typer.Exit(1)


@witness_group.command("withdraw")
def withdraw(
    ctx: typer.Context,
    name: str = typer.Argument(help="Who the witness was."),
    key: str = typer.Argument(help="Their public key."),
    database: str = _DATABASE,
) -> None:
    """Take a witness's name back; what they cosigned is no longer shown."""
    _name(ctx, database, name, key, withdrawn=True)


@witness_group.command("list")
def list_(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List who witnesses the log, and up to where and when they did."""
    with opened_books(database) as books:
        found = cosigning.witnessed(books)
        places = {one.witness.key: one for one in witness_rounds.asked(books)}
    _show_asked(ctx, [places.get(one.witness.key) or Asked(one, "") for one in found])


def _show_asked(ctx: typer.Context, found: Sequence[Asked]) -> None:
    values = [
        {"name": one.witness.name, "key": one.witness.key.hex(),
         "attested": one.witness.is_attested, "size": one.witnessed.size,
         "at": _day(one.witnessed.second), "url": one.url, "trouble": one.trouble,
         "seen": one.seen}
        for one in found
    ]  # fmt: skip
    columns = (
        _("Witness"), _("Public key"), _("Entries"), _("Cosigned"), _("Address"), _("Trouble"),
    )  # fmt: skip
    cells = [
        (
            one.witness.name, one.witness.key.hex(), str(one.witnessed.size),
            _day(one.witnessed.second), one.url, wording.witness_trouble(one.trouble),
        )
        for one in found
    ]  # fmt: skip
    asked(ctx).output.rows(values, columns, cells)


def _name(ctx: typer.Context, database: str, name: str, key: str, *, withdrawn: bool) -> None:
    public_key = _key(key, name)
    if not tidied(name):
        raise FieldMissing("name")
    with opened_books(database) as books:
        cosigning.name_witness(books, tidied(name), public_key, withdrawn=withdrawn)
        stands = any(one.witness.key == public_key for one in cosigning.witnessed(books))
    value = {"name": tidied(name), "key": public_key.hex(), "stands": stands}
    shown = _("{name} stands named as a witness.") if stands else _("{name} is no witness here.")
    asked(ctx).output.result(value, shown.format(**value))


def _key(text: str, name: str) -> bytes:
    """Return a key written as hex or as a verifier key, which must be of a name looked under."""
    public_key = read_key(text.strip().lower())
    if public_key is None and "+" in text:
        read = tlog.read_key(text)
        if read not in Witness(tidied(name), read.key, is_attested=False).keys:
            raise FieldUnreadable("name", name)
        public_key = read.key
    if public_key is None:
        raise FieldUnreadable("key", text)
    return public_key


def _standing(one: LogStanding) -> dict[str, object]:
    return {
        "registry": one.registry, "proved": one.proved,
        "witnesses": [
            {"name": word.witness.name, "size": word.size, "at": _day(word.second),
             "attested": word.witness.is_attested}
            for word in one.words
        ],
        "alarms": [
            {"node": doubt.node, "number": doubt.number, "size": doubt.size, "root": doubt.root}
            for doubt in one.doubts
        ],
    }  # fmt: skip


def _day(second: int) -> str:
    return instant(second * 1000) if second else ""
