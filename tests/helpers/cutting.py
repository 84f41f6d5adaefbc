"""Metal under a camera: a drawing as dark dots and strokes on light steel, and what reads on it."""

from __future__ import annotations

import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

PIXELS_A_MM = 25
GROWTHS = (None, 3, 5)
"""Detached dots are not read until their dark grows by three to five pixels."""


def cut(drawing, width_um, height_um, pixels_a_mm=PIXELS_A_MM):
    """Return the zone as a picture, its upper edge up."""
    ratio = pixels_a_mm / 1000
    wide, high = round(width_um * ratio), round(height_um * ratio)
    picture = Image.new("L", (wide, high), 235)
    pen, half = ImageDraw.Draw(picture), drawing.width_um * ratio / 2

    def at(point):
        return point[0] * ratio, high - point[1] * ratio

    def dot(point):
        x, y = at(point)
        pen.ellipse((x - half, y - half, x + half, y + half), fill=20)

    for point in drawing.dots:
        dot(point)
    for stroke in drawing.strokes:
        pen.line([at(point) for point in stroke], fill=20, width=max(1, round(2 * half)))
        for point in stroke:
            dot(point)
    return picture


def read(picture):
    """Return the bytes of the Data Matrix on a picture, or nothing."""
    for growth in GROWTHS:
        tried = picture if growth is None else picture.filter(ImageFilter.MinFilter(growth))
        found = zxingcpp.read_barcodes(tried, formats=zxingcpp.BarcodeFormat.DataMatrix)
        if found:
            return found[0].bytes
    return b""
