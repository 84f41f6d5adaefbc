"""Label sheets: drawn beside their place, read back, and only then put there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.pdfium import opened, page_of
from stockpile.adapters.pdf.ruler import draw_ruler
from stockpile.adapters.pdf.running_numbers import RunningNumbers
from stockpile.adapters.pdf.stocks import Grid, Stock, points, stock_named, stock_names
from stockpile.adapters.pdf.verify import said_by, verify
from stockpile.domain.errors import FieldMissing, FieldUnreadable, FileUnreadable
from stockpile.domain.facts import LabelLayoutSet
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, RulerPaper, before_print
from stockpile.domain.values import Digest
from stockpile.language import _
from stockpile.services.ports import (
    Gate,
    GreyPicture,
    Label,
    Progress,
    Sheet,
    silent,
)
from stockpile.whole_files import beside, settle


class PdfLabelSheets:
    """Label sheets as PDF: the port `LabelSheets`.

    The first of a label's lines names the item and is written largest. The same labels on the same
    stock give the same bytes.
    """

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the shipped label stocks."""
        return stock_names()

    def draw(
        self,
        labels: Collection[Label],
        stock: str,
        file: Path,
        *,
        start_at: int = 1,
        layout: LabelLayoutSet | None = None,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
        gate: Gate = "whole",
        numbered: bool = False,
        progress: Progress = silent,
    ) -> Sheet:
        """Draw the labels, read them back, and only then put the file in place.

        `start_at` is the first free cell of a part-used sheet, counted from 1 in reading order.
        Every label is asked for once, in order, and not kept. Progress counts the labels read
        back; it may raise Cancelled at any page. Whatever is raised, no file and no part of one
        stays behind. Raises StockUnknown, FieldMissing (no labels), FieldUnreadable (no such
        cell), LabelUnprintable, LabelElementMisfit, LabelMisread, DiskFull, DiskTrouble.
        """
        kind = fitted(stock_named(stock), fit)
        if not labels:
            raise FieldMissing("labels")
        if not 1 <= start_at <= kind.per_page:
            raise FieldUnreadable("start_at", str(start_at))
        wanted = _Wanted(labels, kind, start_at, layout, logo, gate, numbered, progress)
        with beside(file) as draft:
            return _made(wanted, draft, file)

    def page(self, file: Path, number: int, dots_per_inch: int) -> GreyPicture:
        """Return a page of a finished sheet, counted from 0, as dots; raises FileUnreadable."""
        try:
            with (
                opened(file) as document,
                page_of(document, number) as page,
                closing(dots_of(page, dots_per_inch)) as dots,
            ):
                whole = memoryview(dots.buffer).cast("B")
                starts = range(0, dots.height * dots.stride, dots.stride)
                rows = b"".join([bytes(whole[one : one + dots.width]) for one in starts])
                whole.release()
                return GreyPicture(dots.width, dots.height, rows)
        except (OSError, IndexError, pypdfium2.PdfiumError) as error:
            raise FileUnreadable(str(file), str(error)) from error

    def ruler(self, paper: RulerPaper, file: Path, *, stock: str = "") -> None:
        """Draw the page by which a printer's fit is measured, with a stock's labels outlined.

        Raises StockUnknown, DiskFull, DiskTrouble.
        """
        outlined = stock_named(stock) if stock else None
        with beside(file) as draft:
            with draft.open("xb") as out:
                draw_ruler(paper, out, outlined)
                _make_durable(out)
            draft.replace(file)
            settle(file.parent)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A run of labels as it is to be drawn."""

    labels: Collection[Label]
    stock: Stock
    start_at: int
    layout: LabelLayoutSet | None
    logo: bytes
    gate: Gate
    numbered: bool
    progress: Progress


def fitted(stock: Stock, fit: PrinterFit) -> Stock:
    """Return a stock whose labels are drawn so far beside their places that they are printed there.

    The middle of each label comes to lie where it belongs. Sizes stay: a module that is no whole
    number of dots could not be read.
    """
    if fit == STRAIGHT:
        return stock
    grid, label = stock.grid, stock.label
    left = before_print(grid.left + label.width / 2, fit.across, fit.stretch_across)
    top = before_print(grid.top + label.height / 2, fit.down, fit.stretch_down)
    placed = Grid(
        columns=grid.columns,
        rows=grid.rows,
        left=left - label.width / 2,
        top=top - label.height / 2,
        across=before_print(grid.across, 0, fit.stretch_across),
        down=before_print(grid.down, 0, fit.stretch_down),
    )
    return replace(stock, grid=placed)


def _made(wanted: _Wanted, draft: Path, file: Path) -> Sheet:
    total = len(wanted.labels)
    with draft.open("xb") as out:
        pages, said = _draw(wanted, out)
        _make_durable(out)
    read = verify(
        draft,
        wanted.stock,
        said,
        start_at=wanted.start_at,
        verified=lambda done: wanted.progress(done, total),
        gate=wanted.gate,
    )
    with draft.open("rb") as finished:
        digest = Digest(hashlib.file_digest(finished, "sha256").hexdigest())
    draft.replace(file)
    settle(file.parent)
    return Sheet(file, pages, total, digest, read)


def _make_durable(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _draw(wanted: _Wanted, out: BinaryIO) -> tuple[int, list[str]]:
    """Write the whole PDF; return the number of its pages and what each label must say."""
    stock = wanted.stock
    document = StreamedDocument(
        out, points(stock.page.width), points(stock.page.height), _("Labels"), stock.title
    )
    layout = LabelLayout(stock, document, wanted.layout, wanted.logo)
    number_of = _numbers(wanted, document)
    said: list[str] = []
    rest = iter(wanted.labels)
    first = wanted.start_at - 1
    while page := list(islice(rest, stock.per_page - first)):
        wanted.progress(0, len(wanted.labels))
        drawn = []
        for place, label in enumerate(page, start=first):
            said.append(said_by(stock, wanted.layout, label))
            drawn += [layout.drawn(label, place), number_of(len(said), place)]
        document.add_page("\n".join(drawn), layout.images)
        first = 0
    document.finish()
    return document.pages, said


def _numbers(wanted: _Wanted, document: StreamedDocument) -> Callable[[int, int], str]:
    """Return what draws a label's number of the run in its cell, or nothing for all."""
    if not wanted.numbered:
        return lambda _number, _place: ""
    return RunningNumbers(wanted.stock, document, wanted.layout).drawn
