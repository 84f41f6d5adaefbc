"""Pictures of labels for the screen: the very PDF that would be printed, rendered."""

from __future__ import annotations

import io
from contextlib import closing
from functools import lru_cache
from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.pdfium import opened, page_of
from stockpile.adapters.pdf.stocks import (
    MILLIMETRES_PER_INCH,
    face_of,
    points,
    single,
    stock_named,
    stock_names,
)
from stockpile.domain.facts import LabelLayoutSet
from stockpile.services.ports import GreyPicture, Label, StockFace

_MM: Final = 1000
_WIDEST: Final = 1600
"""So many pixels at most: what a screen shows of the largest card."""
_FINEST: Final = 400


class PdfLabelPictures:
    """Labels as they will be printed: the port `LabelPictures`."""

    def faces(self) -> tuple[StockFace, ...]:
        """Return the label stocks that ship, in order of their names."""
        return _faces()

    def picture(
        self, label: Label, layout: LabelLayoutSet, dots_per_inch: int, logo: bytes = b""
    ) -> GreyPicture:
        """Return one label by its layout, finer than it is printed so that a screen shows it well.

        Its symbols are in the printer's dots. Raises LabelUnprintable, LabelElementMisfit.
        """
        width, height = layout.width / _MM, layout.height / _MM
        stock = single(width, height, dots_per_inch)
        out = io.BytesIO()
        document = StreamedDocument(out, points(width), points(height), "", "")
        drawer = LabelLayout(stock, document, layout, logo)
        document.add_page(drawer.drawn(label, 0), drawer.images)
        document.finish()
        fine = min(_FINEST, _WIDEST * MILLIMETRES_PER_INCH / max(width, height))
        with (
            opened(out.getvalue()) as pdf,
            page_of(pdf, 0) as page,
            closing(dots_of(page, fine)) as bitmap,
        ):
            pixels, stride = bytes(bitmap.buffer), bitmap.stride
            across, down = bitmap.width, bitmap.height
        rows = [pixels[row * stride : row * stride + across] for row in range(down)]
        return GreyPicture(across, down, b"".join(rows))


@lru_cache
def _faces() -> tuple[StockFace, ...]:
    return tuple(face_of(stock_named(name)) for name in stock_names())
