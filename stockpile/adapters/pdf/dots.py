"""A page as the dots of a printer: at its exact scale, not stretched to whole pixels.

The renderer's usual way rounds the page up to whole pixels and stretches what is on it by as much:
on a roll of 80 mm at 203 dots an inch a bar of two dots is smeared, and reads no more.
"""

from __future__ import annotations

import math

import pypdfium2
from pypdfium2 import raw

from stockpile.adapters.pdf.stocks import POINTS_PER_INCH

Area = tuple[float, float, float, float]
"""Left, top, width and height in points, from the page's top left corner."""
_ALMOST = 1e-6
_WHITE = (255, 255, 255, 255)


def dots_of(
    page: pypdfium2.PdfPage, dots_per_inch: float, area: Area | None = None
) -> pypdfium2.PdfBitmap:
    """Return a page, or an area of it, in shades of grey, a pixel a dot; the caller closes it."""
    scale = dots_per_inch / POINTS_PER_INCH
    left, top, width, height = area or (0.0, 0.0, page.get_width(), page.get_height())
    across, down = (math.ceil(side * scale - _ALMOST) for side in (width, height))
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, raw.FPDFBitmap_Gray)
    bitmap.fill_rect(_WHITE, 0, 0, across, down)
    # The matrix starts from the page scaled to points, its first row at the top.
    matrix = raw.FS_MATRIX(scale, 0, 0, scale, -left * scale, -top * scale)
    whole = raw.FS_RECTF(0, 0, across, down)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, whole, raw.FPDF_GRAYSCALE)
    return bitmap
