"""Commands of labels: label, its stocks, runs, ruler page, and how printers print beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from stockpile.cli import label_layouts
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.printer_fit import (
    CROSSES,
    STRAIGHT,
    Measured,
    PrinterFit,
    fit_from_ruler,
    in_millimetres,
    keep_fits,
    kept_fits,
    micrometres_of,
)
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from stockpile.services.label_words import stock_words
from stockpile.services.papers import USUAL_STOCK, Printing
from stockpile.services.ports import Gate, RegisterFilter, Sheet
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings
from stockpile.wording import instant

label_group = typer.Typer()
label_group.add_typer(label_layouts.group, name="layout")


@label_group.command("do", hidden=True)
def labels(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(None, help="The weapons."),
    all_: bool = typer.Option(False, "--all", help="Every weapon on record."),
    place: str = typer.Option("", help="Every weapon in this place."),
    stock: str = typer.Option(USUAL_STOCK, help="Label stock; see: label stocks."),
    out: Path = typer.Option(..., help="The PDF to write."),
    start_at: int = typer.Option(1, min=1, help="First free cell of a used sheet."),
    after: str = typer.Option("", help="After a jam: the last good label; prints what follows."),
    from_: int = typer.Option(0, "--from", min=0, help="After a jam: the first bad one's number."),
    run: str = typer.Option("", help="The run that --from counts in; the newest unless named."),
    anew: bool = typer.Option(
        False, "--anew", help="Labels were lost or damaged: new tags, the old labels are void."
    ),
    layout: str = typer.Option("", help="The label layout; the stock's own unless named."),
    printer: str = typer.Option("", help="For the printer of this name; see: label fit."),
    sample: bool = typer.Option(False, "--sample", help="Read back every tenth page only."),
) -> None:
    """Print labels; every sheet is decoded before it is handed out."""
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Labels")) as progress:
        by = signed_in(ctx, stockpile)
        found: Sequence[WeaponId]
        if after or from_:
            rest = (
                stockpile.label_runs.after(stockpile.tracing.named(after))
                if after
                else stockpile.label_runs.from_number(from_, run)
            )
            found, stock = rest.weapons, rest.stock
        elif all_ or place:
            where = stockpile.places.named(place).id if place else ""
            found = stockpile.papers.everything(RegisterFilter(place=where))
        else:
            found = tuple(stockpile.tracing.named(one) for one in weapons or ())
        if not found:
            raise FieldMissing("weapons")
        gate: Gate = "sample" if sample else "whole"
        chosen = stockpile.label_layouts.layout(layout) if layout else None
        fit = _fit(stockpile, printer)
        how = Printing(stock, start_at, chosen, fit, gate, anew)
        _recorded, sheet = stockpile.papers.labels(found, how, out, by=by, progress=progress)
    value = {"labels": sheet.labels, "pages": sheet.pages, "file": str(sheet.file)}
    if sheet.read < sheet.labels:
        value["read"] = sheet.read
    output.result(value, _said(sheet))


def _said(sheet: Sheet) -> str:
    words = (
        _("{labels} labels on {pages} pages, each read back: {file}")
        if sheet.read >= sheet.labels
        else _("{labels} labels on {pages} pages, {read} of them read back: {file}")
    )
    return words.format(
        labels=sheet.labels, pages=sheet.pages, read=sheet.read, file=str(sheet.file)
    )


def _fit(stockpile: Stockpile, printer: str) -> PrinterFit:
    """Return how a printer prints beside the place; raises FieldUnreadable for an unknown one."""
    if not printer:
        return STRAIGHT
    fits = kept_fits(Settings.read(stockpile.home).printer_fits)
    if printer not in fits:
        raise FieldUnreadable("printer", printer)
    return fits[printer]


@label_group.command("stocks")
def stocks(ctx: typer.Context) -> None:
    """List the label stocks."""
    with opened(ctx) as stockpile:
        names = stockpile.papers.stocks()
        words = {one.name: stock_words(one) for one in stockpile.label_layouts.faces()}
    rows = [(name, words.get(name, "")) for name in names]
    asked(ctx).output.rows(list(names), (_("Stock"), _("Labels")), rows)


@label_group.command("runs")
def runs(
    ctx: typer.Context,
    run: str = typer.Argument("", help="A run: lists its labels. Without: the newest runs."),
) -> None:
    """List the runs of labels on record, or which weapon bears which label of one."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        if run:
            found = stockpile.label_runs.labels(run)
            titles = (_("Label"), _("Weapon"), _("Tag"), _("State"))
            states = [_("void") if one.is_void else _("good") for one in found]
            rows = [
                (str(one.place), one.number, one.tag, state)
                for one, state in zip(found, states, strict=True)
            ]
            output.rows([asdict(one) for one in found], titles, rows)
            return
        names = stockpile.names()
        told = stockpile.label_runs.newest()
    output.rows(
        [asdict(one) for one in told],
        (_("Run"), _("When"), _("Labels"), _("Stock"), _("By")),
        [
            (one.run, instant(one.at), str(one.labels), one.stock, names.of(one.by))
            for one in told
        ],
    )  # fmt: skip


@label_group.command("read")
def read(
    ctx: typer.Context,
    pictures: list[Path] = typer.Argument(help="Pictures of labels or of marks."),
) -> None:
    """Read the symbols in pictures, however bad; ends with 1 where a picture shows none."""
    with opened(ctx) as stockpile:
        seen = [(one, stockpile.reading_back.shown(one)) for one in pictures]
    kinds = {"matrix": "Data Matrix", "bars": "Code 128", "qr": "QR Code"}
    asked(ctx).output.rows(
        [
            {
                "file": str(file),
                "symbols": [
                    {"symbol": one.symbol, "text": one.text, "hex": one.raw.hex(), "how": one.how}
                    for one in found
                ],
            }
            for file, found in seen
        ],
        (_("File"), _("Symbol"), _("Text")),
        [(file.name, kinds[one.symbol], one.text) for file, found in seen for one in found],
    )
    if not all(found for _file, found in seen):
        raise typer.Exit(1)


@label_group.command("ruler")
def ruler(
    ctx: typer.Context,
    out: Path = typer.Option(..., help="The PDF to write."),
    letter: bool = typer.Option(False, "--letter", help="On US Letter, not A4."),
    stock: str = typer.Option("", help="Outline the labels of this stock."),
) -> None:
    """Draw the ruler page: print it at 100 %, measure it, and tell: label fit."""
    with opened(ctx) as stockpile:
        stockpile.papers.ruler("Letter" if letter else "A4", out, stock=stock)
    said = _("Print {file} at its actual size, measure crosses A and B, then: label fit").format(
        file=isolated(str(out))
    )
    asked(ctx).output.result({"file": str(out)}, said)


@label_group.command("fit")
def fit(
    ctx: typer.Context,
    printer: str = typer.Argument("", help="The printer's name. Without: lists those known."),
    a: str = typer.Option("", help="From the paper's left edge to cross A, in mm."),
    b: str = typer.Option("", help="From the paper's top edge to cross B, in mm."),
    c: str = typer.Option("", help="From the left edge to cross C, if the page is stretched."),
    d: str = typer.Option("", help="From the top edge to cross D, if the page is stretched."),
    letter: bool = typer.Option(False, "--letter", help="Measured on US Letter, not A4."),
    forget: bool = typer.Option(False, "--forget", help="Forget this printer's fit."),
) -> None:
    """Remember how a printer prints beside the place, from its ruler page."""
    output = asked(ctx).output
    with opened(ctx) as stockpile:
        settings = Settings.read(stockpile.home)
        fits = kept_fits(settings.printer_fits)
        if printer and forget:
            fits.pop(printer, None)
        elif printer:
            measured = Measured(
                micrometres_of(a, "near_across"),
                micrometres_of(b, "near_down"),
                micrometres_of(c, "far_across") if c else None,
                micrometres_of(d, "far_down") if d else None,
            )
            fits[printer] = fit_from_ruler(CROSSES["Letter" if letter else "A4"], measured)
        if printer:
            settings.with_(printer_fits=keep_fits(fits)).write(stockpile.home)
    rows = [(name, *_off(one)) for name, one in sorted(fits.items())]
    titles = (_("Printer"), _("Right by, mm"), _("Down by, mm"), _("Wider, %"), _("Longer, %"))
    output.rows([{"printer": name, **asdict(one)} for name, one in sorted(fits.items())], titles,
                rows)  # fmt: skip


def _off(fit: PrinterFit) -> tuple[str, ...]:
    percent = [f"{one / 10_000:.2f}" for one in (fit.stretch_across, fit.stretch_down)]
    return (in_millimetres(fit.across), in_millimetres(fit.down), *percent)
