"""Commands of the safe: backup make, list, check, prune, place, preview, restore."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import typer

from stockpile import app, wording
from stockpile.cli.opening import (
    asked,
    demand_now,
    opened,
    passphrase,
    pin,
    signed_in,
    witness_pin,
)
from stockpile.cli.output import Output
from stockpile.domain.backups import read_every
from stockpile.domain.errors import Damaged, FieldMissing, FieldUnreadable
from stockpile.domain.ledger import head_code
from stockpile.language import _, isolated
from stockpile.services import backup_words
from stockpile.services.backups import BackupPlan, Held
from stockpile.services.people import SignedIn
from stockpile.services.ports import Backup
from stockpile.services.restoring import Approval, Preview, Restored
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings

group = typer.Typer(help="Sealed copies of the whole stockpile: written, checked, restored.")


@group.callback(invoke_without_command=True)
def _usual(ctx: typer.Context) -> None:
    """Write a backup where they always go, when nothing else is said."""
    if ctx.invoked_subcommand is None:
        _make(ctx, None)


@group.command("do", hidden=True)
def do(ctx: typer.Context, to: Path | None = typer.Argument(None)) -> None:
    """Write a backup: the same as backup make."""
    _make(ctx, to)


@group.command("make")
def make(
    ctx: typer.Context,
    to: Path | None = typer.Argument(
        None, help="A folder, or a file that ends in .backup; else where they always go."
    ),
) -> None:
    """Write a backup, read it back, open it and check it; older ones in the folder make room."""
    _make(ctx, to)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the backups in the folder, the newest first, and how the last one went."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        plan = _usual_plan(stockpile, None)
        safe = stockpile.backups.safe(plan.folder, plan.identity, plan.nodes)
        held = stockpile.backups.held(safe.folder, plan.nodes) if safe.is_here else ()
    output.say(backup_words.safe_sentence(safe, plan.at))
    values = [{**_value(one.backup), "checked": one.is_checked} for one in held]
    cells = [_cells(one) for one in held]
    heads = (_("Backup"), _("Written"), _("Entries"), _("Weapons"), _("Checked"))
    output.rows(values, heads, cells)


@group.command("check")
def check(
    ctx: typer.Context, file: Path = typer.Argument(help="The backup; it needs no passphrase.")
) -> None:
    """Read a backup whole and prove every byte of it."""
    output = asked(ctx).output
    with output.progress(_("Reading the backup")) as progress:
        found = app.read_backup(file, progress)
    output.result(_value(found), _shown(found))


@group.command("prune")
def prune(ctx: typer.Context) -> None:
    """Check what was not checked yet, then let go of what the rule does not keep."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Checking the backups")) as progress:
        by = signed_in(ctx, stockpile)
        gone = stockpile.backups.prune(_usual_plan(stockpile, by), progress)
    said = _("Kept: the newest of 7 days, 8 weeks and 24 months. Let go: {count}.")
    value = {"gone": [str(one.file) for one in gone]}
    output.result(value, said.format(count=len(gone)))


@group.command("place")
def place(
    ctx: typer.Context,
    folder: Path | None = typer.Argument(None, help="A folder on another disk or a stick."),
    every: str = typer.Option("", help="How often by itself: day, week or never."),
) -> None:
    """Choose where backups go and how often; the disk is found again wherever it is plugged in."""
    with opened(ctx) as stockpile:
        stockpile.people.demand(signed_in(ctx, stockpile), "back_up")
        settings = Settings.read(stockpile.home)
        if every and read_every(every) != every:
            raise FieldUnreadable("every", every)
        if folder is not None:
            identity = stockpile.backups.choose(folder.absolute())
            settings = settings.with_(backups=str(folder.absolute()), backups_identity=identity)
        if every:
            settings = settings.with_(backups_every=every)
        settings.write(stockpile.home)
        plan = _usual_plan(stockpile, None)
        safe = stockpile.backups.safe(plan.folder, plan.identity, plan.nodes)
    value = {
        "folder": str(safe.folder), "here": safe.is_here, "same_disk": safe.is_same_disk,
        "every": read_every(settings.backups_every),
    }  # fmt: skip
    asked(ctx).output.result(value, backup_words.safe_sentence(safe, plan.at))


@group.command("preview")
def preview(ctx: typer.Context, file: Path = typer.Argument(help="The backup.")) -> None:
    """Say what a backup would bring and what would be lost by it; write nothing."""
    _preview(ctx, file)


@group.command("restore")
def restore_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The backup."),
    to: Path | None = typer.Option(None, help="A new or empty folder for the restored home."),
    replace_home: bool = typer.Option(
        False, "--replace", help="Take the place of the stockpile, which is moved aside."
    ),
) -> None:
    """Make a stockpile of a backup, as a new node that continues the old one.

    Two officers of the backup approve it: --as and --witness, their PINs by STOCKPILE_PIN and
    STOCKPILE_WITNESS_PIN.
    """
    _restore(ctx, file, to, in_place=replace_home)


def restore(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The backup."),
    preview: bool = typer.Option(False, "--preview", help="Say what it holds; write nothing."),
    to: Path | None = typer.Option(None, help="A new or empty folder for the restored home."),
    replace_home: bool = typer.Option(
        False, "--replace", help="Take the place of the stockpile, which is moved aside."
    ),
) -> None:
    """Make a stockpile of a backup, as backup restore does, or say what it would bring and lose."""
    if preview:
        _preview(ctx, file)
    else:
        _restore(ctx, file, to, in_place=replace_home)


def backup_place(stockpile: Stockpile) -> tuple[Path, str]:
    """Return where backups of a home go, and the mark by which that disk is known."""
    settings = Settings.read(stockpile.home)
    folder = Path(settings.backups) if settings.backups else stockpile.backups.usual_folder()
    return folder, settings.backups_identity


# --- inside -------------------------------------------------------------------------------------


def _make(ctx: typer.Context, to: Path | None) -> None:
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Backing up")) as progress:
        by = signed_in(ctx, stockpile)
        plan = _usual_plan(stockpile, by)
        if to is not None and to.suffix == ".backup":
            plan = replace(plan, folder=to.parent, name=to.name, keeps_older=True, identity="")
        elif to is not None:
            plan = replace(plan, folder=to, identity="")
        made = stockpile.backups.make(plan, progress)
    output.result(_value(made), _shown(made))


def _usual_plan(stockpile: Stockpile, by: SignedIn | None) -> BackupPlan:
    folder, identity = backup_place(stockpile)
    return stockpile.backups.plan(folder, by=by, identity=identity)


def _preview(ctx: typer.Context, file: Path) -> None:
    options = asked(ctx)
    with options.output.progress(_("Reading the backup")) as progress:
        found = app.preview_backup(file, options.home, progress)
    if _can_ask(options.home):
        with suppress(Damaged), opened(ctx) as stockpile:  # its anchor tells enough, where damaged
            found = stockpile.restoring.compare(found.backup)
    value = _value(found.backup) | _stands(found)
    options.output.result(
        value, "\n".join([_shown(found.backup), *backup_words.preview_lines(found)])
    )


def _can_ask(home: Path) -> bool:
    """Say whether the home can be asked without anybody typing: else its anchor must do."""
    given = os.environ.get("STOCKPILE_PASSPHRASE")
    return app.is_home(home) and (bool(given) or app.is_practice(home))


def _restore(ctx: typer.Context, file: Path, to: Path | None, *, in_place: bool) -> None:
    options = asked(ctx)
    demand_now(ctx, "restore")
    home = options.home if in_place else to
    if home is None:
        raise FieldMissing("to")
    if not options.officer:
        raise FieldMissing("officer")
    second = (options.witness, witness_pin()) if options.witness else ("", "")
    approval = Approval(passphrase(options), (options.officer, pin(options)), second)
    with options.output.progress(_("Restoring the backup")) as progress:
        made = app.restore_backup(file, home, approval, in_place=in_place, progress=progress)
    _say_restored(options.output, made)


def _say_restored(output: Output, made: Restored) -> None:
    value = {
        **_value(made.backup), "home": str(made.home), "new_node": made.node,
        "salvaged": made.salvaged, "aside": str(made.aside or ""), "waits": made.waits,
    }  # fmt: skip
    output.result(value, "\n".join(backup_words.restored_lines(made)))


def _cells(one: Held) -> tuple[str, ...]:
    backup = one.backup
    return (
        isolated(backup.file.name), wording.instant(backup.at), str(backup.entries),
        str(backup.weapons), _("yes") if one.is_checked else _("no"),
    )  # fmt: skip


def _stands(found: Preview) -> dict[str, object]:
    entries = found.entries
    return {
        "later_here": entries.later, "comes_back": entries.comes_back, "lost": entries.lost,
        "is_ours": entries.is_ours, "later_officers": list(found.later_officers),
        "matters": {
            one.matter: {"held": one.held, "later": one.later, "lost": one.lost}
            for one in found.matters
        },
    }  # fmt: skip


def _value(made: Backup) -> dict[str, object]:
    return {
        "file": str(made.file), "node": made.node, "at": made.at, "head": head_code(made.tip),
        "entries": made.entries, "facts": made.facts, "weapons": made.weapons,
        "conflicts": made.conflicts, "photos": made.photos, "photos_missing": made.photos_missing,
    }  # fmt: skip


def _shown(made: Backup) -> str:
    return _(
        "{file}: {weapons} weapons, {entries} entries, {photos} photos ({missing} not beside it),"
        " up to {head}, written {at}."
    ).format(
        file=made.file, weapons=made.weapons, entries=made.entries, photos=made.photos,
        missing=made.photos_missing, head=head_code(made.tip), at=wording.instant(made.at),
    )  # fmt: skip
