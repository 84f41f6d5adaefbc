"""Commands for photos: add, list, get, remove."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain import vocabulary
from stockpile.domain.errors import DiskTrouble, FieldUnreadable
from stockpile.domain.facts import Photo
from stockpile.domain.values import parse_digest
from stockpile.language import _

group = typer.Typer(no_args_is_help=True, help="Photos of weapons, marks and papers.")


@group.command("add")
def add(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
    file: Path = typer.Argument(help="A JPEG, PNG, WebP, BMP or TIFF file."),
    view: str = typer.Option("other", help="left, right, top, mark, document or other."),
    caption: str = typer.Option("", help="What it shows."),
    mark: int = typer.Option(0, help="The mark it shows, as numbered on the record; 1 is first."),
) -> None:
    """Keep a photo, small and without place or names, and put it on a weapon's record."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.tracing.named(weapon)
        picked = vocabulary.picked("view", view, vocabulary.VIEWS)
        _recorded, photo = stockpile.photographs.add(
            found, file, picked, caption, _index(mark), by=by
        )
        asked(ctx).output.result(_value(photo, held=True), _shown(photo))


@group.command("list")
def list_(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
) -> None:
    """List the photos on a weapon's record."""
    with opened(ctx) as stockpile:
        found = stockpile.photographs.of(stockpile.tracing.named(weapon))
        held = stockpile.photographs.held([photo.digest for photo in found])
    values = [_value(photo, held=photo.digest in held) for photo in found]
    cells = [(photo.view, photo.caption, _size(photo), photo.digest) for photo in found]
    asked(ctx).output.rows(values, (_("View"), _("Caption"), _("Size"), _("Photo")), cells)


@group.command("get")
def get(
    ctx: typer.Context,
    digest: str = typer.Argument(help="The photo, as the list names it."),
    out: Path = typer.Option(..., help="Where to write the JPEG."),
) -> None:
    """Write a kept photo to a file that is not there yet."""
    with opened(ctx) as stockpile:
        signed_in(ctx, stockpile)
        content = stockpile.photographs.read(parse_digest(digest))
    _write(out, content)
    value = {"digest": digest, "file": str(out), "size": len(content)}
    asked(ctx).output.result(value, str(out))


@group.command("remove")
def remove(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
    digest: str = typer.Argument(help="The photo, as the list names it."),
    reason: str = typer.Option(..., help="Why it is shown no more."),
) -> None:
    """Show a photo no more on a weapon's record; the weapon's history still names it."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        found = stockpile.tracing.named(weapon)
        stockpile.photographs.remove(found, digest, reason, by=by)
        left = len(stockpile.photographs.of(found))
    shown = _("Removed; {left} photos are left.").format(left=left)
    asked(ctx).output.result({"digest": digest, "left": left}, shown)


def _index(mark: int) -> int | None:
    """Return a mark's place in the record's rows; 0 names none."""
    if mark < 0:
        raise FieldUnreadable("mark", str(mark))
    return mark - 1 if mark else None


def _write(file: Path, content: bytes) -> None:
    try:
        with file.open("xb") as opened_file:
            opened_file.write(content)
    except OSError as error:
        raise DiskTrouble(str(file), error.strerror or str(error)) from error


def _value(photo: Photo, *, held: bool) -> dict[str, object]:
    return {
        "digest": photo.digest,
        "view": photo.view,
        "caption": photo.caption,
        "width": photo.width,
        "height": photo.height,
        "size": photo.size,
        "held": held,
    }


def _size(photo: Photo) -> str:
    return f"{photo.width} × {photo.height}"  # noqa: RUF001 - the sign between two lengths


def _shown(photo: Photo) -> str:
    return f"{photo.view}  {_size(photo)}  {photo.digest}"
