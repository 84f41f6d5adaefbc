"""Commands of label layouts: label layout list, show, set and retire."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FileUnreadable
from stockpile.domain.label_layout_texts import layout_text, read_layout
from stockpile.domain.label_layouts import in_mm
from stockpile.language import _
from stockpile.services.label_words import kind_words, problem_words

group = typer.Typer(no_args_is_help=True, help="Layouts of labels: list, show, set, retire.")

_NAME = typer.Argument(help="The layout.")


@group.command("list")
def list_(
    ctx: typer.Context,
    all_: bool = typer.Option(False, "--all", help="Retired ones, too."),
) -> None:
    """List the layouts of this site, and the one that each label stock begins with."""
    with opened(ctx) as stockpile:
        shipped = {one.name for one in stockpile.label_layouts.shipped()}
        found = [one for one in stockpile.label_layouts.all() if all_ or not one.retired]
    cells = [
        (
            one.name,
            kind_words(one.kind),
            in_mm(one.width),
            in_mm(one.height),
            str(len(one.elements)),
            _("retired") if one.retired else "",
        )
        for one in found
    ]
    values = [{**asdict(one), "stock": one.name in shipped} for one in found]
    columns = (_("Layout"), _("Kind"), _("Width"), _("Height"), _("Elements"), _("State"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("show")
def show(ctx: typer.Context, name: str = _NAME) -> None:
    """Show a layout as the text that `set` takes, and what cannot be printed of it."""
    with opened(ctx) as stockpile:
        layout = stockpile.label_layouts.layout(name)
        problems = stockpile.label_layouts.problems(layout)
    said = [problem_words(one) for one in problems]
    text = "".join([layout_text(layout), *(f"# {one}\n" for one in said)])
    value = {**asdict(layout), "problems": said, "text": text}
    asked(ctx).output.result(value, text.rstrip("\n"))


@group.command("set")
def set_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="A text (TOML) as `show` writes it; lengths in mm."),
    name: str = typer.Option("", help="Another name than the one in the file."),
    logo: Path | None = typer.Option(None, help="A picture (PNG, JPEG) for the logo."),
) -> None:
    """Put a layout on record, in the place of the one of its name."""
    layout = read_layout(_text_of(file))
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        if name:
            layout = replace(layout, name=name)
        if logo is not None:
            layout = replace(layout, logo=stockpile.label_layouts.keep_logo(logo))
        recorded = stockpile.label_layouts.set(layout, by=by)
    value = {"layout": layout.name, "changed": bool(recorded.facts), "logo": layout.logo}
    shown = _("{name} is kept.") if recorded.facts else _("{name} is on record as it is.")
    asked(ctx).output.result(value, shown.format(name=layout.name))


@group.command("retire")
def retire(ctx: typer.Context, name: str = _NAME) -> None:
    """Offer a layout no more; labels that bear it stay good."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.label_layouts.retire(name, by=by)
    value = {"layout": name, "retired": True}
    asked(ctx).output.result(value, _("{name} is offered no more.").format(name=name))


def _text_of(file: Path) -> str:
    """Return a file's text; raises FileUnreadable."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), str(error)) from error
