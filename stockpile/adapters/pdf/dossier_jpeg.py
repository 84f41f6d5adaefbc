"""The size and colours of a JPEG, read from its own header: what a PDF must say of a picture."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_START_OF_IMAGE = b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's width and height in pixels, and whether it is in shades of grey."""

    width: int
    height: int
    grey: bool


def frame_of(jpeg: bytes) -> Frame | None:
    """Return the frame of a JPEG (ITU-T T.81, annex B), or None where it is none to be drawn."""
    if not jpeg.startswith(_START_OF_IMAGE):
        return None
    place = len(_START_OF_IMAGE)
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:  # noqa: PLR2004 - where a marker begins
        marker = jpeg[place + 1]
        if marker in _ALONE or marker == 0xFF:  # noqa: PLR2004 - a filler before a marker
            place += 1 if marker == 0xFF else 2  # noqa: PLR2004 - the same
            continue
        if marker in _FRAMES:
            return _frame(jpeg, place)
        (length,) = struct.unpack_from(">H", jpeg, place + 2)
        place += 2 + length
    return None


def _frame(jpeg: bytes, place: int) -> Frame | None:
    if place + 10 > len(jpeg):
        return None
    _bits, height, width, colours = struct.unpack_from(">BHHB", jpeg, place + 4)
    if colours not in (1, 3) or not (width and height):
        return None
    return Frame(width, height, colours == 1)
