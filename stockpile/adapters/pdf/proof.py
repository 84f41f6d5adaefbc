"""Reads the head of a finished paper as a scanner would: its code scans, or it does not leave."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pypdfium2
import zxingcpp

from stockpile.adapters.pdf.pdfium import opened, page_of
from stockpile.domain.errors import PaperMisread

_DOTS: Final = 300 / 72
"""Dots in a point at 300 to the inch: a module of the bars is four of them."""
_HEAD: Final = 130.0
"""The height in which the codes of a paper stand, from its upper edge, in points."""
_FORMATS: Final = zxingcpp.barcode_formats_from_str("Code128,QRCode")


def demand_codes(file: Path | bytes, tops: Sequence[float], codes: Sequence[str]) -> None:
    """Hold the codes on the first page of a file against what should stand there.

    ``tops`` are the places, in points from its upper edge, where a copy begins. A code is its
    symbology and its text. Raises PaperMisread.
    """
    expected = " ".join(sorted(codes))
    for top in tops:
        read = " ".join(_read(file, top))
        if read != expected:
            raise PaperMisread(expected, read)


def _read(file: Path | bytes, top: float) -> list[str]:
    try:
        dots, width, height, stride = _dots(file, top)
    except pypdfium2.PdfiumError as error:
        raise PaperMisread("PDF", str(error)) from error
    image = zxingcpp.ImageView(
        dots,  # type: ignore[arg-type]  # any buffer will do
        width,
        height - 1,
        zxingcpp.ImageFormat.Lum,
        stride,
        1,
    )
    found = zxingcpp.read_barcodes(image, formats=_FORMATS, try_rotate=False, try_invert=False)
    return sorted(f"{one.format.name} {one.text}" for one in found)


def _dots(file: Path | bytes, top: float) -> tuple[bytes, int, int, int]:
    """Return the head of the first page as grey dots: their bytes, width, height and stride."""
    with opened(file) as document, page_of(document, 0) as page:
        below = max(0.0, page.get_height() - top - _HEAD)
        bitmap = page.render(scale=_DOTS, grayscale=True, crop=(0, below, 0, top))
        with closing(bitmap):
            # a copy: a view does not keep the renderer's own memory alive
            return bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
