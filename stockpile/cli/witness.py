"""Commands of a witness of the registry's log: make, key, follow, cosign, answer, list.

The witness has a folder of its own, with its key and what it saw; it needs no stockpile.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import typer

from stockpile.app import witness_room
from stockpile.cli.opening import asked, prompted
from stockpile.language import _
from stockpile.services.witnessing import Cosigned, WitnessDesk
from stockpile.wording import instant

group = typer.Typer(
    no_args_is_help=True, help="Witness a registry's log: vouch that it only ever grows."
)

_FOLDER = typer.Option(
    None, "--folder", help="The witness's own folder (else STOCKPILE_WITNESS_FOLDER)."
)


@group.command("make")
def make(
    ctx: typer.Context,
    name: str = typer.Argument(help="Who the witness is: the inspectorate, a regional body."),
    folder: Path | None = _FOLDER,
) -> None:
    """Make a witness's folder and key; the registry names the key that is shown."""
    desk = witness_room.make_witness(_place(folder), name, _passphrase(new=True))
    _show_key(ctx, desk)


@group.command("key")
def key(ctx: typer.Context, folder: Path | None = _FOLDER) -> None:
    """Show the witness's public key, for whoever names it."""
    _show_key(ctx, _opened(folder))


@group.command("follow")
def follow(
    ctx: typer.Context,
    log_key: str = typer.Argument(help="The log's key, as 'registry log key' reads it out."),
    folder: Path | None = _FOLDER,
) -> None:
    """Witness a log from now on."""
    followed = _opened(folder).follow(log_key)
    shown = _("{origin} is witnessed from now on.").format(origin=followed.origin)
    asked(ctx).output.result({"log": followed.origin, "key": followed.key}, shown)


@group.command("cosign")
def cosign(
    ctx: typer.Context,
    registry: str = typer.Argument(help="Address of the registry."),
    folder: Path | None = _FOLDER,
) -> None:
    """Fetch the registry's newest head, prove that it goes on, cosign it and hand it in."""
    _show(ctx, _opened(folder).cosign_by_net(registry))


@group.command("answer")
def answer(
    ctx: typer.Context,
    offer: Path = typer.Argument(help="The offer that the registry wrote to the stick."),
    out: Path = typer.Argument(help="The file to write for the way back."),
    folder: Path | None = _FOLDER,
) -> None:
    """Cosign an offer that came on a stick."""
    _show(ctx, _opened(folder).cosign_file(offer, out))


@group.command("list")
def list_(ctx: typer.Context, folder: Path | None = _FOLDER) -> None:
    """List the logs that are witnessed, and what was seen of each."""
    found = _opened(folder).followed()
    values = [
        {"log": one.origin, "key": one.key, "size": one.size, "root": one.root or "",
         "seen": instant(one.at) if one.at else ""}
        for one in found
    ]  # fmt: skip
    cells = [(one.origin, str(one.size), instant(one.at) if one.at else "") for one in found]
    asked(ctx).output.rows(values, (_("Log"), _("Entries"), _("Seen")), cells)


def _show(ctx: typer.Context, made: Cosigned) -> None:
    value = {"log": made.origin, "size": made.size, "before": made.before}
    shown = _("{log}: {size} entries, which go on from the {before} seen before. Cosigned.")
    asked(ctx).output.result(value, shown.format(**value))


def _show_key(ctx: typer.Context, desk: WitnessDesk) -> None:
    made = desk.note_key
    value = {"name": desk.key.name, "key": made.key.hex(), "note_key": made.text}
    shown = _("Witness {name}, public key {key}. For other programs: {note_key}")
    asked(ctx).output.result(value, shown.format(**value))


def _opened(folder: Path | None) -> WitnessDesk:
    return witness_room.open_witness(_place(folder), _passphrase(new=False))


def _place(folder: Path | None) -> Path:
    """Return where the witness's folder is."""
    named = os.environ.get("STOCKPILE_WITNESS_FOLDER")
    usual = Path(platformdirs.user_data_dir("stockpile", appauthor=False)) / "witness"
    return folder or (Path(named) if named else usual)


def _passphrase(*, new: bool) -> str:
    given = os.environ.get("STOCKPILE_WITNESS_PASSPHRASE")
    return given or prompted(_("Passphrase of the witness's key"), "witness_passphrase", again=new)
