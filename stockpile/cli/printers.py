"""Commands for the label printers of this computer: add, list, state, test, print, settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.cli.output import Output
from stockpile.domain.errors import FieldMissing, FieldUnreadable, LabelInDoubt
from stockpile.domain.label_printers import (
    PRINTER_KINDS,
    LabelPrinter,
    keep_printers,
    kept_printers,
    printer_named,
    with_printer,
    without_printer,
)
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, kept_fits
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from stockpile.services.label_printing import PrintRun, Sent
from stockpile.services.people import SignedIn
from stockpile.services.ports import PrinterState, Progress, RegisterFilter
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings
from stockpile.wording import printer_state

group = typer.Typer(no_args_is_help=True, help="Label printers of this computer.")


@group.command("add")
def add(
    ctx: typer.Context,
    name: str = typer.Argument(help="What people call the printer."),
    kind: str = typer.Option(..., help="Its language: zpl, tspl, escpos."),
    url: str = typer.Option(..., help="COM4, socket://10.0.0.7:9100, device:///dev/usb/lp0"),
    stock: str = typer.Option(..., help="The label stock that is in it; see: label stocks."),
    dots: int = typer.Option(203, help="Its dots an inch: 203, 300, 600."),
    layout: str = typer.Option("", help="The label layout; the stock's own unless named."),
    mute: bool = typer.Option(False, "--mute", help="It never answers: a print server between."),
) -> None:
    """Set up a label printer, or set it up otherwise; other computers do not learn of it."""
    if kind not in PRINTER_KINDS:
        raise FieldUnreadable("kind", kind)
    said = LabelPrinter(name, kind, url, stock, dots, layout, mute)
    with opened(ctx) as stockpile:
        printer = stockpile.label_printing.checked(said)
        settings = Settings.read(stockpile.home)
        known = with_printer(kept_printers(settings.printers), printer)
        settings.with_(printers=keep_printers(known)).write(stockpile.home)
    shown = _("Label printer {name} is set up at {url}.").format(
        name=isolated(printer.name), url=isolated(printer.url)
    )
    asked(ctx).output.result(asdict(printer), shown)


@group.command("remove")
def remove(ctx: typer.Context, name: str = typer.Argument(help="The printer.")) -> None:
    """Forget a label printer; what it printed stays on record."""
    with opened(ctx) as stockpile:
        printer = _printer(stockpile, name)
        settings = Settings.read(stockpile.home)
        rest = without_printer(kept_printers(settings.printers), name)
        settings.with_(printers=keep_printers(rest)).write(stockpile.home)
    shown = _("Label printer {name} is forgotten.").format(name=isolated(printer.name))
    asked(ctx).output.result({"name": printer.name}, shown)


@group.command("list")
def list_(ctx: typer.Context) -> None:
    """List the label printers of this computer."""
    with opened(ctx) as stockpile:
        found = kept_printers(Settings.read(stockpile.home).printers)
    cells = [(one.name, one.kind, one.url, one.stock, str(one.dots_per_inch)) for one in found]
    columns = (_("Printer"), _("Language"), _("Address"), _("Stock"), _("Dots an inch"))
    asked(ctx).output.rows([asdict(one) for one in found], columns, cells)


@group.command("state")
def state(ctx: typer.Context, name: str = typer.Argument(help="The printer.")) -> None:
    """Ask a label printer how it is; silence is an answer, too."""
    with opened(ctx) as stockpile:
        printer = _printer(stockpile, name)
        told = stockpile.label_printing.state(printer)
    asked(ctx).output.result({"name": printer.name, **asdict(told)}, _state_line(printer, told))


@group.command("test")
def try_(ctx: typer.Context, name: str = typer.Argument(help="The printer.")) -> None:
    """Print one label of a weapon that does not exist; nothing is written down."""
    with opened(ctx) as stockpile:
        printer = _printer(stockpile, name)
        deed = stockpile.label_printing.trying(printer, _fit(stockpile, printer))
        _recorded, outcome = deed.perform()
    value = {"name": printer.name, "ended": outcome.ended, "state": asdict(outcome.state)}
    asked(ctx).output.result(value, _ended(printer, 1, outcome.ended, outcome.state))


@group.command("print")
def print_(
    ctx: typer.Context,
    name: str = typer.Argument(help="The printer."),
    weapons: list[str] = typer.Argument(None, help="The weapons."),
    all_: bool = typer.Option(False, "--all", help="Every weapon on record."),
    place: str = typer.Option("", help="Every weapon in this place."),
    run: str = typer.Option("", help="Go on with a run of this computer instead."),
    anew: bool = typer.Option(
        False, "--anew", help="Labels were lost or damaged: new tags, the old labels are void."
    ),
) -> None:
    """Print labels one by one; each is on record when the printer has told that it is out.

    Where it stands or goes quiet the run waits; mend it and go on with --run.
    """
    output = asked(ctx).output
    with opened(ctx) as stockpile, output.progress(_("Labels")) as progress:
        by = signed_in(ctx, stockpile)
        printer = _printer(stockpile, name)
        desk = stockpile.label_printing
        if run:
            begun = desk.run(run)
        else:
            found = _wanted(stockpile, weapons or (), place, everything=all_)
            begun = desk.begin_run(found, printer, by=by, anew=anew, fit=_fit(stockpile, printer))
        sent = _print_on(stockpile, begun, by, progress)
        desk.leave(begun.printer.name)
        after = next((one for one in desk.open_runs() if one.run == begun.run), None)
    _tell(output, begun, after, sent)


@group.command("runs")
def runs(ctx: typer.Context) -> None:
    """List the runs of this computer that are not at their end."""
    with opened(ctx) as stockpile:
        found = stockpile.label_printing.open_runs()
    told = [
        {"run": one.run, "printer": one.printer.name, "labels": len(one.weapons),
         "printed": one.printed, "sent": one.sent}
        for one in found
    ]  # fmt: skip
    columns = (_("Run"), _("Printer"), _("Labels"), _("Printed"), _("Sent"))
    asked(ctx).output.rows(told, columns, [tuple(map(str, one.values())) for one in told])


@group.command("settle")
def settle(
    ctx: typer.Context,
    run: str = typer.Argument(help="The run."),
    last_good: int = typer.Argument(help="The number of the last label that came out whole."),
) -> None:
    """Say which labels of a run came out whole; those after are sent again with --run."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.label_printing.settle(run, last_good, by=by)
    shown = _("Labels up to {number} of run {run} are on record as printed.").format(
        number=last_good, run=isolated(run)
    )
    asked(ctx).output.result({"run": run, "printed": last_good}, shown)


@group.command("give-up")
def give_up(ctx: typer.Context, run: str = typer.Argument(help="The run.")) -> None:
    """Forget what is left of a run; what came out stays on record."""
    with opened(ctx) as stockpile:
        stockpile.label_printing.run(run)
        stockpile.label_printing.give_up(run)
    shown = _("What is left of run {run} is forgotten.").format(run=isolated(run))
    asked(ctx).output.result({"run": run}, shown)


def _printer(stockpile: Stockpile, name: str) -> LabelPrinter:
    return printer_named(name, kept_printers(Settings.read(stockpile.home).printers))


def _fit(stockpile: Stockpile, printer: LabelPrinter) -> PrinterFit:
    """Return how the printer prints beside the place, where that was measured."""
    return kept_fits(Settings.read(stockpile.home).printer_fits).get(printer.name, STRAIGHT)


def _wanted(
    stockpile: Stockpile, weapons: Sequence[str], place: str, *, everything: bool
) -> tuple[WeaponId, ...]:
    if everything or place:
        where = stockpile.places.named(place).id if place else ""
        return stockpile.papers.everything(RegisterFilter(place=where))
    found = tuple(stockpile.tracing.named(one) for one in weapons)
    if not found:
        raise FieldMissing("weapons")
    return found


def _print_on(stockpile: Stockpile, run: PrintRun, by: SignedIn, progress: Progress) -> Sent | None:
    """Print the labels that are left, as long as nothing has to be told or mended first."""
    if run.asks:
        raise LabelInDoubt(run.printed + 1)
    sent = None
    total = len(run.weapons)
    for place in range(run.sent + 1, total + 1):
        _recorded, sent = stockpile.label_printing.sending(run.run, by=by).perform()
        progress(place, total)
        if sent.ended == "refused" and sent.error is not None:
            raise sent.error
        is_last = place == total
        if sent.ended == "doubtful" or (
            sent.ended == "untold" and (is_last or stockpile.label_printing.run(run.run).asks)
        ):
            break
    return sent


def _tell(output: Output, run: PrintRun, after: PrintRun | None, sent: Sent | None) -> None:
    printed = after.printed if after is not None else len(run.weapons)
    value = {
        "run": run.run,
        "labels": len(run.weapons),
        "printed": printed,
        "ended": sent.ended if sent is not None else "printed",
    }
    if sent is None or sent.ended == "printed":
        shown = _("{printed} of {labels} labels are printed (run {run}).").format(
            printed=printed, labels=len(run.weapons), run=isolated(run.run)
        )
    else:
        shown = (
            _ended(run.printer, sent.place, sent.ended, sent.state)
            + " "
            + _("Look, then: printer settle {run} NUMBER").format(run=run.run)
        )
    output.result(value, shown)


def _ended(printer: LabelPrinter, place: int, ended: str, state: PrinterState) -> str:
    if ended == "printed":
        return _("{name} told that label {place} is out.").format(
            name=isolated(printer.name), place=place
        )
    if ended == "untold":
        return _("Label {place} was sent to {name}, which tells nothing of itself.").format(
            name=isolated(printer.name), place=place
        )
    return _("Label {place} may have come out or not. {state}").format(
        place=place, state=_state_line(printer, state)
    )


def _state_line(printer: LabelPrinter, state: PrinterState) -> str:
    return _("{name}: {state}").format(
        name=isolated(printer.name), state=printer_state(state.standing, state.troubles)
    )
