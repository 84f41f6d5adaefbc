"""Commands of the safe: backup, restore."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from stockpile import app, wording
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldMissing
from stockpile.domain.ledger import head_code
from stockpile.language import _
from stockpile.services.ports import Backup
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings


def backup(
    ctx: typer.Context,
    to: Path | None = typer.Argument(
        None, help="A folder, or a file that ends in .backup; else where they always go."
    ),
) -> None:
    """Write a backup, read it back, open it and check it; older ones in the folder make room."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Backing up")) as progress:
        by = signed_in(ctx, stockpile)
        desk = stockpile.backups
        if to is not None and to.suffix == ".backup":
            plan = replace(desk.plan(to.parent, by=by), name=to.name, keeps_older=True)
        else:
            plan = desk.plan(to or backup_folder(stockpile), by=by)
        made = desk.make(plan, progress)
    output.result(_value(made), _shown(made))


def restore(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The backup."),
    preview: bool = typer.Option(False, "--preview", help="Say what it holds; write nothing."),
    to: Path | None = typer.Option(None, help="A new or empty folder for the restored home."),
) -> None:
    """Make a new home of a backup, never over an existing one, or say what it holds."""
    options = asked(ctx)
    output = options.output
    if not preview and to is None:
        raise FieldMissing("to")
    with output.progress(_("Reading the backup")) as progress:
        if preview or to is None:
            found = app.read_backup(file, progress)
        else:
            found = app.restore_backup(file, to, progress)
    later = app.later_entries(found, options.home)
    value = {**_value(found), "later_here": later}
    shown = _shown(found)
    if later:
        shown += "\n" + _("The home {home} has {count} entries after it.").format(
            home=options.home, count=later
        )
    if to is not None and not preview:
        output.say(
            _(
                "What was recorded after it on the old computer is not in it. Never use both: open"
                " it with --home {home}, and send at once."
            ).format(home=to)
        )
    output.result(value, shown)


def backup_folder(stockpile: Stockpile) -> Path:
    """Return where backups of a home go."""
    said = Settings.read(stockpile.home).backups
    return Path(said) if said else stockpile.backups.usual_folder()


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
