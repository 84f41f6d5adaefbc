"""Data Matrix symbols read from a picture of the metal: dots apart, low contrast, askew, inverted.

Detached dots are not read as they are; a few pixels of growth join them (measured on drawn 14x14
symbols: dots of half a module's width are read so, and plainly not at all). So each picture is
tried at a few sizes, as it is and grown or blurred, straight and turned, dark on light and light
on dark, and the first that reads ends the search. Whatever is read has passed the error correction
of the symbol (Reed-Solomon, ECC 200).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

from stockpile.domain.errors import PhotoUnreadable
from stockpile.services.ports import Reading

LARGEST_FILE: Final = 64 * 2**20
"""Bytes of the file itself."""
MOST_PIXELS: Final = 40_000_000
"""The largest sensors of telephones give less in one file; a bomb unfolds into more."""
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_EDGES: Final = (180, 260, 360, 520, 720)
"""Longest edges tried, in pixels: whatever part of the picture a symbol of 14 to 22 modules fills,
one of them gives it about 8 to 10 pixels a module."""
_ANGLES: Final = (20, -20, 45)
"""Degrees; the reader itself finds what is turned by quarters, and most of what lies between."""
_TURNED_EDGES: Final = _EDGES[:3]
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
_DATA_MATRIX: Final = zxingcpp.barcode_formats_from_str("DataMatrix")
_Filter = Callable[[Image.Image], Image.Image]
_FILTERS: Final[tuple[tuple[str, _Filter], ...]] = (
    ("as is", lambda image: image),
    ("dark grown by 5", lambda image: image.filter(ImageFilter.MinFilter(5))),
    ("blurred by 3", lambda image: image.filter(ImageFilter.GaussianBlur(3))),
    ("dark grown by 3", lambda image: image.filter(ImageFilter.MinFilter(3))),
)


class ZxingPictures:
    """The eyes for pictures: the port `PictureReader`."""

    def read(self, picture: bytes) -> tuple[Reading, ...]:
        """Return the Data Matrix symbols in a picture; nothing where none can be read.

        Takes a second or two where nothing is found. Raises PhotoUnreadable.
        """
        grey = _grey(picture)
        for how, image in _tries(grey):
            found = _found(image, how)
            if found:
                return found
        return ()


def _tries(grey: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Give each way to look at the picture, the likely ones first."""
    for edge in _EDGES:
        yield from _filtered(_sized(grey, edge), f"{edge} px")
    for angle in _ANGLES:
        for edge in _TURNED_EDGES:
            yield from _filtered(_turned(_sized(grey, edge), angle), f"{edge} px, {angle}°")


def _filtered(image: Image.Image, name: str) -> Iterator[tuple[str, Image.Image]]:
    for tone, toned in (("dark", image), ("light", ImageChops.invert(image))):
        for filter_name, filtered in _FILTERS:
            yield f"{tone}, {filter_name}, {name}", filtered(toned)


def _sized(grey: Image.Image, edge: int) -> Image.Image:
    share = edge / max(grey.size)
    width, height = (max(1, round(side * share)) for side in grey.size)
    return grey.resize((width, height), Image.Resampling.LANCZOS)


def _turned(image: Image.Image, angle: int) -> Image.Image:
    """Turn the picture; what comes in at the corners is as light as the rest is in the middle."""
    middle = sorted(image.resize((16, 16)).tobytes())[128]
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=middle)


def _found(image: Image.Image, how: str) -> tuple[Reading, ...]:
    seen = zxingcpp.read_barcodes(
        image, formats=_DATA_MATRIX, try_rotate=True, try_downscale=False, try_invert=False
    )  # fmt: skip
    return tuple(Reading(_text(one), bytes(one.bytes), how) for one in seen if one.bytes)


def _text(symbol: Any) -> str:  # noqa: ANN401 - the library ships no types
    """Return what the symbol holds as text: its bytes, never a reader's rendering of them."""
    content = bytes(symbol.bytes)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _grey(picture: bytes) -> Image.Image:
    """Open a picture that nobody made for us; refuse by its header before a pixel is unfolded."""
    if len(picture) > LARGEST_FILE:
        raise PhotoUnreadable("", "too_large")
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PhotoUnreadable("", "too_many_pixels")
            image.draft("L", (max(_EDGES), max(_EDGES)))
            upright = ImageOps.exif_transpose(_on_white(image).convert("L"))
            return ImageOps.autocontrast(upright, cutoff=1)
    except _BROKEN as error:
        raise PhotoUnreadable("", "broken") from error


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
