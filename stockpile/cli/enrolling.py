"""Commands of enrolment without a network: enrol request, enrol open."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import NodeFounded
from stockpile.language import _, isolated
from stockpile.services.stockpile import Stockpile

group = typer.Typer(no_args_is_help=True, help="Be enrolled without a network, by two files.")


@group.command("request")
def request(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The request to write, usually on a stick."),
    name: str = typer.Option("", help="What this computer is called; else as it was founded."),
    site: str = typer.Option("", help="The site it belongs to."),
) -> None:
    """Ask to be enrolled: write a request, and show the eight words that stand for this key."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        called = name or _own_name(stockpile)
        done = stockpile.enrolling.request(file, called, site, by=by)
        node = stockpile.keys.node
    said = _("{file} asks to be enrolled. Read these words to who enrols: {words}").format(
        file=isolated(str(done.file)), words=isolated(done.words)
    )
    value = {"node": node, "file": str(done.file), "words": done.words}
    asked(ctx).output.result(value, said)


@group.command("open")
def open_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The certificate that came back."),
    words: str = typer.Option("", help="The eight words of the registry, told by who enrolled."),
    preview: bool = typer.Option(False, "--preview", help="Only say what is in it."),
) -> None:
    """Say what a certificate brings, and be enrolled by it; twice changes nothing."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        offer = stockpile.enrolling.open(file)
        said = offer.brought.certificate
        value = {
            "registry": offer.registry, "name": said.name, "site": said.site,
            "scope": list(said.scope), "facts": len(offer.facts), "blocks": offer.granted,
            "words": offer.words, "known": offer.is_known, "roots": offer.has_roots,
        }  # fmt: skip
        if preview:
            shown = _("Registry {node}; its words: {words}. Nothing was taken in.")
        else:
            if not words and not offer.is_known:
                raise FieldMissing("words")
            recorded, _peer = stockpile.enrolling.take(offer, words, by=by)
            value["taken"] = len(recorded.facts)
            shown = _("Enrolled with registry {node}.")
    told = shown.format(node=isolated(offer.registry), words=isolated(offer.words))
    asked(ctx).output.result(value, told)


def _own_name(stockpile: Stockpile) -> str:
    """Return what this node called itself when it was founded."""
    own = stockpile.books.reference(stockpile.keys.node)
    founded = own.opening.body if own and own.opening else None
    return founded.name if isinstance(founded, NodeFounded) else stockpile.keys.node
