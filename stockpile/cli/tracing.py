"""Commands of the trace desk: find, show."""

from __future__ import annotations

import time
from pathlib import Path

import typer

from stockpile.cli.opening import asked, opened
from stockpile.cli.showing import hit_value, weapon_text, weapon_value
from stockpile.domain.errors import FieldMissing, FileUnreadable
from stockpile.language import _
from stockpile.services.ports import Hit
from stockpile.services.scan_words import paper_kind


def find(
    ctx: typer.Context,
    text: str = typer.Argument("", help="Any mark, part of one, make, model or place."),
    limit: int = typer.Option(20, min=1, max=10_000, help="At most so many."),
    fuzzy: bool = typer.Option(False, "--fuzzy", help="Also what is only similar."),
    batch: Path | None = typer.Option(None, help="A file with a query a line."),
) -> None:
    """Find weapons; best first, with why each matched. The number of a paper finds the paper.

    A query is a serial as it was read, alone or with make, calibre or model beside it in any order:
    "RA 44512 Taurus .38 SPL", "0H0l234; forjas taurus; 38", or a JSON object with the keys serial,
    make, calibre, model and type. `?` stands for a symbol not read, `*` for several, `[8B]` for one
    of these.
    """
    output = asked(ctx).output
    if not text and batch is None:
        raise FieldMissing("text")
    with opened(ctx) as stockpile:
        if batch is None:
            paper = stockpile.paper_index.find(text)
            if paper is not None:
                named = {"paper": paper.kind, "number": paper.number, "id": paper.subject}
                said = (paper_kind(paper.kind), paper.number)
                output.rows([named], (_("Paper"), _("Number")), [said])
                return
            hits = stockpile.tracing.find(text, limit, fuzzy=fuzzy)
            columns = (_("Number"), _("Serial"), _("Mark"), _("Model"), _("Calibre"), _("Why"))
            output.rows([hit_value(hit) for hit in hits], columns, [_cells(hit) for hit in hits])
            return
        stockpile.tracing.prepare()
        for query in _queries(batch):
            started = time.perf_counter()
            hits = stockpile.tracing.find(query, limit, fuzzy=fuzzy)
            spent = round((time.perf_counter() - started) * 1000, 3)
            value = {"query": query, "hits": [hit_value(hit) for hit in hits], "ms": spent}
            output.line(value, f"{query}: {', '.join(hit.row.number for hit in hits)}")


def show(
    ctx: typer.Context,
    weapon: str = typer.Argument(help="The weapon: number, tag, mark or serial."),
) -> None:
    """Show all that is known of a weapon, with its life."""
    with opened(ctx) as stockpile:
        life = stockpile.tracing.life(stockpile.tracing.named(weapon))
        asked(ctx).output.result(weapon_value(stockpile, life), weapon_text(stockpile, life))


def _cells(hit: Hit) -> tuple[str, ...]:
    row = hit.row
    return row.number, row.serial, row.mark, f"{row.make} {row.model}".strip(), row.calibre, hit.why


def _queries(file: Path) -> list[str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), str(error)) from error
    return [line.strip() for line in lines if line.strip()]
