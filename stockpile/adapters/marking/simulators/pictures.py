"""What was cut into a piece of metal, as a camera over it sees it: a PNG, and the text to be read.

Written with the standard library alone, so that a simulated machine needs no picture library.
"""

from __future__ import annotations

import math
import random
import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

import zxingcpp

from stockpile.adapters.marking.simulators.metal import Metal

SCALE: Final = 25
"""Pixels of one millimetre: ten of a Data Matrix module of 0.4 mm."""
STEEL: Final = 176
CUT: Final = 52
_RIM: Final = 214
_RULE: Final = 96
_EDGE: Final = 1500
"""Micrometres of metal around the zone that the camera sees."""
_SMALLEST: Final = (30_000, 8_000)
_SHADES: Final = 256
_DATA_MATRIX: Final = zxingcpp.barcode_formats_from_str("DataMatrix")
_GROWN: Final = (1.0, 1.4, 1.8)
"""Dots stand apart and readers want them to touch: they are tried as they are, and larger."""


@dataclass(slots=True)
class _Canvas:
    """Grey pixels, the uppermost row first; places are in micrometres from the zone's corner."""

    wide: int
    high: int
    pixels: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.pixels = bytearray([STEEL]) * (self.wide * self.high)

    def stamp(self, right: float, up: float, across: float, shade: int) -> None:
        """Colour a round spot; what falls beside the picture is left out."""
        middle_x, middle_y = self.spot(right, up)
        radius = across / 2000 * SCALE
        for row in range(math.floor(middle_y - radius), math.ceil(middle_y + radius) + 1):
            reach = radius**2 - (row + 0.5 - middle_y) ** 2
            if reach > 0:
                half = math.sqrt(reach)
                self.line(row, round(middle_x - half), round(middle_x + half), shade)

    def line(self, row: int, left: int, right: int, shade: int) -> None:
        """Colour a level run of pixels."""
        left, right = max(0, left), min(self.wide, right)
        if 0 <= row < self.high and left < right:
            start = row * self.wide
            self.pixels[start + left : start + right] = bytes([shade]) * (right - left)

    def spot(self, right: float, up: float) -> tuple[float, float]:
        """Return where a place is, in pixels from the upper left corner."""
        x = (right + _EDGE) / 1000 * SCALE
        return x, self.high - (up + _EDGE) / 1000 * SCALE


def picture(metal: Metal, *, noise: int = 0, seed: int = 0, ruled: bool = True) -> bytes:
    """Return a PNG of the metal in true scale, with a rule in millimetres along its lower edge.

    ``noise`` is how many of 256 shades a pixel may be off; ``seed`` makes the same noise again.
    """
    canvas = _drawn(metal, 1.0, rims=True)
    if ruled:
        _rule(canvas)
    if noise:
        _roughen(canvas, noise, seed)
    return _png(canvas)


def text_on(metal: Metal) -> str:
    """Return what the Data Matrix on the metal says; nothing when none can be read."""
    for grown in _GROWN:
        canvas = _drawn(metal, grown, rims=False)
        found = zxingcpp.read_barcodes(
            zxingcpp.ImageView(
                bytes(canvas.pixels),  # type: ignore[arg-type]  # any buffer will do
                canvas.wide,
                canvas.high,
                zxingcpp.ImageFormat.Lum,
            ),
            formats=_DATA_MATRIX,
            text_mode=zxingcpp.TextMode.Plain,
        )
        if found:
            return found[0].text
    return ""


def _drawn(metal: Metal, grown: float, *, rims: bool) -> _Canvas:
    wide, high = (
        max(smallest, size + _EDGE) for smallest, size in zip(_SMALLEST, metal.size, strict=True)
    )
    canvas = _Canvas(
        round((wide + 2 * _EDGE) / 1000 * SCALE), round((high + 2 * _EDGE) / 1000 * SCALE)
    )
    for right, up, across in metal.dots:
        if rims:
            canvas.stamp(right - across / 10, up + across / 10, across * 1.1, _RIM)
        canvas.stamp(right, up, across * grown, CUT)
    for right, up, to_right, to_up, across in metal.grooves:
        steps = max(1, math.ceil(math.dist((right, up), (to_right, to_up)) / (across / 3)))
        for step in range(steps + 1):
            part = step / steps
            place = right + part * (to_right - right), up + part * (to_up - up)
            canvas.stamp(*place, across * grown, CUT)
    return canvas


def _rule(canvas: _Canvas) -> None:
    """Draw a tick for every millimetre, longer at each fifth and tenth."""
    for millimetre in range(math.floor((canvas.wide / SCALE) - _EDGE / 1000) + 1):
        length = 12 if millimetre % 10 == 0 else 9 if millimetre % 5 == 0 else 5
        left = math.floor(canvas.spot(millimetre * 1000, 0)[0])
        for row in range(canvas.high - length, canvas.high):
            canvas.line(row, left, left + 1, _RULE)


def _roughen(canvas: _Canvas, noise: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the grain of a picture, no secret
    offs = [round((value / (_SHADES - 1) * 2 - 1) * noise) for value in range(_SHADES)]
    grain = chance.randbytes(len(canvas.pixels))
    canvas.pixels = bytearray(
        min(_SHADES - 1, max(0, pixel + offs[speck]))
        for pixel, speck in zip(canvas.pixels, grain, strict=True)
    )


def _png(canvas: _Canvas) -> bytes:
    """Return a grey PNG that also tells its pixels per metre."""
    head = struct.pack(">IIBBBBB", canvas.wide, canvas.high, 8, 0, 0, 0, 0)
    scale = struct.pack(">IIB", SCALE * 1000, SCALE * 1000, 1)
    rows = b"".join(
        b"\x00" + canvas.pixels[start : start + canvas.wide]
        for start in range(0, len(canvas.pixels), canvas.wide)
    )
    parts = ((b"IHDR", head), (b"pHYs", scale), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
