"""Symbols read from a picture of the metal or of a label: dots apart, low contrast, askew, blurred.

The picture may come from anybody: it is refused by its size before a pixel is unfolded, and looked
at for a bounded time. Whatever is read has passed the error correction of its symbol, or, for bars,
was read alike in two ways.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from PIL import Image, ImageOps

from stockpile.adapters.reading.search import MOST_SECONDS, search
from stockpile.domain.errors import PhotoUnreadable
from stockpile.services.ports import SYMBOL_KINDS, Progress, Reading, SymbolKind, silent

LARGEST_FILE: Final = 64 * 2**20
"""Bytes of the file itself."""
MOST_PIXELS: Final = 40_000_000
"""The largest sensors of telephones give less in one file; a bomb unfolds into more."""
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_EDGE: Final = 2000
"""The longest edge looked at, in pixels: a label that fills a third still has ten a module."""
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


class ZxingPictures:
    """The eyes for pictures: the port `PictureReader`.

    ``most_seconds`` of the processor are spent on a picture in which nothing can be read.
    """

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds

    def read(
        self,
        picture: bytes,
        kinds: tuple[SymbolKind, ...] = SYMBOL_KINDS,
        progress: Progress = silent,
    ) -> tuple[Reading, ...]:
        """Return the symbols of these kinds in a picture; nothing where none is read for sure.

        Takes some seconds where nothing is found. Raises PhotoUnreadable, Cancelled.
        """
        sought = search(_grey(picture), kinds, progress, most_seconds=self._most_seconds)
        return tuple(Reading(_text(one.raw), one.raw, sought.how, one.kind) for one in sought.found)


def _text(content: bytes) -> str:
    """Return what the symbol holds as text: its bytes, never a reader's rendering of them."""
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
            image.draft("L", (_EDGE, _EDGE))
            upright = ImageOps.exif_transpose(_on_white(image).convert("L"))
            upright.thumbnail((_EDGE, _EDGE), Image.Resampling.BOX)
            return upright
    except _BROKEN as error:
        raise PhotoUnreadable("", "broken") from error


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
