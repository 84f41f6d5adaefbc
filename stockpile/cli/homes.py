"""Commands that make a home: init, demo."""

from __future__ import annotations

import typer

from stockpile import app
from stockpile.cli.opening import asked, opened, passphrase, pin, signed_in
from stockpile.domain.errors import HomeExists
from stockpile.language import _
from stockpile.services.people import Founding


def init(
    ctx: typer.Context,
    country: str = typer.Option(..., help="Country code, ISO 3166 (UG or UGA)."),
    site: str = typer.Option(..., help="Short code of the site."),
    name: str = typer.Option("", help="Name of the site."),
    officer: str = typer.Option(..., "--officer", help="Name of the first officer."),
    numbers: str = typer.Option("1-10000", help="First marking numbers of this node, lo-hi."),
) -> None:
    """Create the home: keys, encrypted store, first officer, first place."""
    options = asked(ctx)
    low, _dash, high = numbers.partition("-")
    if not (low.isdigit() and high.isdigit()):
        raise typer.BadParameter(numbers, param_hint="--numbers")
    if app.is_home(options.home):
        raise HomeExists(str(options.home))
    told = Founding(country, site, name, officer, pin(options, new=True), int(low), int(high))
    with app.found_home(options.home, passphrase(options, new=True), told) as stockpile:
        node = stockpile.keys.node
    value = {"node": node, "site": site, "home": str(options.home)}
    shown = _("A new stockpile stands in {home}; its node is {node}.")
    options.output.result(value, shown.format(home=options.home, node=node))


def demo(
    ctx: typer.Context,
    weapons: int = typer.Option(500, min=1, max=1_000_000, help="How many weapons."),
    seed: int = typer.Option(1, help="The same seed makes the same depot."),
) -> None:
    """Fill an empty home with a practice depot: invented, realistic, reproducible."""
    options = asked(ctx)
    if not app.is_home(options.home):
        app.found_practice(options.home).close()
    with opened(ctx) as stockpile, options.output.progress(_("Practice weapons")) as progress:
        by = signed_in(ctx, stockpile)
        tally = stockpile.practice.fill(weapons, seed, by=by, progress=progress)
        stockpile.practice_people.enlist(by=by)
    shown = "\n".join(f"{kind}: {count}" for kind, count in tally.items())
    options.output.result(tally, shown)
