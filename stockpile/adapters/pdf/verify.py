"""Reads a finished sheet as a scanner would: every label must give back what it should hold.

Each page is rendered at the printer's resolution and each label is decoded within its own cell, so
that two exchanged labels are found as surely as a damaged one. Cells without a label must be blank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
import zxingcpp

from stockpile.adapters.pdf.stocks import MILLIMETRES_PER_INCH, POINTS_PER_INCH, Stock
from stockpile.domain.errors import LabelMisread
from stockpile.domain.tags import matrix_payload
from stockpile.services.ports import Label

_FORMATS = zxingcpp.barcode_formats_from_str("Code128,DataMatrix")


def verify(
    file: Path,
    stock: Stock,
    labels: Sequence[Label],
    *,
    start_at: int,
    verified: Callable[[int], None],
) -> None:
    """Decode every label of the sheet and compare it with its record, page by page.

    The first label lies in cell `start_at`, counted from 1. `verified` is told how many labels are
    done after each page. Raises LabelMisread for another number of pages and at the first
    label that reads otherwise.
    """
    due = math.ceil((start_at - 1 + len(labels)) / stock.per_page)
    expected = _expected(stock, labels, start_at)
    with closing(_opened(file)) as document:
        if len(document) != due:
            raise LabelMisread(str(due), str(len(document)))
        for number, (page, contents) in enumerate(zip(document, expected, strict=True), start=1):
            with closing(page):
                _verify_page(page, stock, contents)
            verified(min(number * stock.per_page - start_at + 1, len(labels)))


def _opened(file: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise LabelMisread(file.name, str(error)) from error


def _expected(
    stock: Stock, labels: Sequence[Label], start_at: int
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Return for each page what each of its cells should hold."""
    for first in range(1 - start_at, len(labels), stock.per_page):
        yield tuple(
            _contents(labels[index]) if 0 <= index < len(labels) else ()
            for index in range(first, first + stock.per_page)
        )


def _contents(label: Label) -> tuple[str, ...]:
    return f"Code128 {label.tag}", f"DataMatrix {matrix_payload(label.tag, label.mac)}"


def _verify_page(
    page: pypdfium2.PdfPage, stock: Stock, contents: tuple[tuple[str, ...], ...]
) -> None:
    bitmap = page.render(scale=stock.dots_per_inch / POINTS_PER_INCH, grayscale=True)
    with closing(bitmap):
        pixels = memoryview(bitmap.buffer).cast("B")
        for place, expected in enumerate(contents):
            crop = _crop(pixels, bitmap.width, bitmap.height, bitmap.stride, stock, place)
            read = _read(crop)
            if read != expected:
                raise LabelMisread(" ".join(expected), " ".join(read))
        pixels.release()


def _crop(
    pixels: memoryview, width: int, height: int, stride: int, stock: Stock, place: int
) -> zxingcpp.ImageView:
    """Return the pixels of one cell, without copying them: the bitmap must outlive the view."""
    cell = stock.cell(place)
    left, right = _span(cell.left, cell.width, stock.dots_per_inch, width)
    top, bottom = _span(cell.top, cell.height, stock.dots_per_inch, height)
    # The view counts whole rows from its first pixel on, so the lowest row is left out.
    return zxingcpp.ImageView(
        pixels[top * stride + left :],  # type: ignore[arg-type]  # any buffer will do
        right - left,
        bottom - top - 1,
        zxingcpp.ImageFormat.Lum,
        stride,
        1,
    )


def _span(start: float, length: float, dots_per_inch: int, limit: int) -> tuple[int, int]:
    scale = dots_per_inch / MILLIMETRES_PER_INCH
    return max(0, round(start * scale)), min(limit, round((start + length) * scale))


def _read(image: zxingcpp.ImageView) -> tuple[str, ...]:
    """Return what a scanner reads, each as its symbology and text, in a fixed order."""
    found = zxingcpp.read_barcodes(
        image,
        formats=_FORMATS,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(sorted(f"{code.format.name} {code.text}" for code in found))
