"""Reads a finished sheet as a scanner would: every label must give back what it should hold.

Each page is rendered at the printer's dots, black or white, and each label is decoded within its
own cell, so that two exchanged labels are found as surely as a damaged one. Cells without a label
must be blank. Pages are rendered by one thread and decoded by others: the decoder lets Python go.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
import zxingcpp

from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import symbols_said
from stockpile.adapters.pdf.pdfium import ONE_AT_A_TIME, opened, page_of
from stockpile.adapters.pdf.stocks import MILLIMETRES_PER_INCH, Stock
from stockpile.domain.errors import LabelMisread
from stockpile.domain.facts import LabelLayoutSet
from stockpile.services.ports import Gate, Label

_FORMATS: Final = zxingcpp.barcode_formats_from_str("Code128,DataMatrix,Code39,QRCode")
_USUAL: Final = zxingcpp.barcode_formats_from_str("Code128,DataMatrix")
_DECODERS: Final = 2
_AHEAD: Final = 2
"""So many pages wait for a decoder: more would only fill the memory."""
_EVERY: Final = 10
"""Of a sample every tenth page is read, besides the first and the last."""
_BETWEEN: Final = "\n"


def said_by(stock: Stock, layout: LabelLayoutSet | None, label: Label) -> str:
    """Return what a scanner must read on a label: its symbols in a fixed order, a line each.

    This is all that is kept of a label once it is drawn.
    """
    return _BETWEEN.join(f"{kind} {text}" for kind, text in symbols_said(stock, layout, label))


def verify(
    file: Path,
    stock: Stock,
    said: Sequence[str],
    *,
    start_at: int,
    verified: Callable[[int], None],
    gate: Gate = "whole",
) -> int:
    """Decode the labels of the sheet and compare them with what they should say, page by page.

    The first label lies in cell `start_at`, counted from 1. `verified` is told how many labels are
    done after each page. Returns how many were read: all of them, or those of a sample of the
    pages. Raises LabelMisread for another number of pages and at the first label that reads
    otherwise.
    """
    due = math.ceil((start_at - 1 + len(said)) / stock.per_page)
    formats = _formats(said)
    try:
        with opened(file) as document, ThreadPoolExecutor(_DECODERS) as decoders:
            with ONE_AT_A_TIME:
                pages = len(document)
            if pages != due:
                raise LabelMisread(str(due), str(pages))
            numbers = [page for page in range(pages) if _is_read(page, pages, gate)]
            pending: deque[_Pending] = deque()
            read = 0
            for number in numbers:
                contents = tuple(_contents(said, stock, start_at, number))
                read += sum(map(bool, contents))
                dots = _rendered(document, number, stock.dots_per_inch)
                pending.append(
                    (number, decoders.submit(_verify_page, dots, stock, contents, formats))
                )
                while len(pending) > _AHEAD:
                    _finish(pending, stock, start_at, len(said), verified)
            while pending:
                _finish(pending, stock, start_at, len(said), verified)
    except pypdfium2.PdfiumError as error:
        raise LabelMisread(file.name, str(error)) from error
    return read


_Pending = tuple[int, "Future[None]"]


def _finish(
    pending: deque[_Pending],
    stock: Stock,
    start_at: int,
    total: int,
    verified: Callable[[int], None],
) -> None:
    """Wait for the page that was rendered first and tell of it; raises LabelMisread."""
    number, page = pending.popleft()
    page.result()
    verified(min((number + 1) * stock.per_page - start_at + 1, total))


def _is_read(page: int, pages: int, gate: Gate) -> bool:
    return gate == "whole" or page % _EVERY == 0 or page == pages - 1


def _contents(said: Sequence[str], stock: Stock, start_at: int, page: int) -> Iterator[str]:
    """Return what each cell of a page should say; nothing for one without a label."""
    first = page * stock.per_page + 1 - start_at
    for index in range(first, first + stock.per_page):
        yield said[index] if 0 <= index < len(said) else ""


def _formats(said: Sequence[str]) -> zxingcpp.BarcodeFormats:
    """Return the symbols to look for: two that no label of ours may bear unasked cost time."""
    rare = ("Code39 ", "QRCode ")
    return _FORMATS if any(one in said[0] for one in rare) else _USUAL


# --- pixels ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dots:
    """A page's dots in shades of grey, row by row."""

    pixels: bytes
    width: int
    height: int
    stride: int


def _rendered(document: pypdfium2.PdfDocument, number: int, dots_per_inch: int) -> _Dots:
    with page_of(document, number) as page, closing(dots_of(page, dots_per_inch)) as bitmap:
        # A copy: PDFium's own memory goes with the page, which the decoders may outlive.
        return _Dots(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _verify_page(
    dots: _Dots, stock: Stock, contents: tuple[str, ...], formats: zxingcpp.BarcodeFormats
) -> None:
    for place, expected in enumerate(contents):
        read = _read(_crop(dots, stock, place), formats)
        if read != expected:
            raise LabelMisread(expected.replace(_BETWEEN, " "), read.replace(_BETWEEN, " "))


def _crop(dots: _Dots, stock: Stock, place: int) -> zxingcpp.ImageView:
    """Return the pixels of one cell, without copying them."""
    cell = stock.cell(place)
    left, right = _span(cell.left, cell.width, stock.dots_per_inch, dots.width)
    top, bottom = _span(cell.top, cell.height, stock.dots_per_inch, dots.height)
    # The view counts whole rows from its first pixel on, so the lowest row is left out.
    return zxingcpp.ImageView(
        memoryview(dots.pixels)[top * dots.stride + left :],  # type: ignore[arg-type]  # any buffer will do
        right - left,
        bottom - top - 1,
        zxingcpp.ImageFormat.Lum,
        dots.stride,
        1,
    )


def _span(start: float, length: float, dots_per_inch: int, limit: int) -> tuple[int, int]:
    scale = dots_per_inch / MILLIMETRES_PER_INCH
    return max(0, round(start * scale)), min(limit, round((start + length) * scale))


def _read(image: zxingcpp.ImageView, formats: zxingcpp.BarcodeFormats) -> str:
    """Return what a scanner reads: a line for each symbol, its format and text, in fixed order.

    Pixels are black or white at the middle of the greys, as a printer's dots are.
    """
    found = zxingcpp.read_barcodes(
        image,
        formats=formats,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return _BETWEEN.join(sorted(f"{code.format.name} {code.text}" for code in found))
