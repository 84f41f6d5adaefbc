"""Pictures that nobody made for us: opened within limits, set upright, made small, stripped.

A photo's first bytes decide which reader sees it, whatever its name says; a reader of another
format is never asked. What is kept is drawn anew from the pixels alone, so that no place, no name
and nothing hidden behind the picture comes along.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from stockpile.domain.errors import PhotoUnreadable

LONGEST_EDGE: Final = 1600
"""Pixels: enough to read a stamped serial from a photo of the whole weapon."""
QUALITY: Final = 85
THUMBNAIL_QUALITY: Final = 80
MOST_PIXELS: Final = 40_000_000
"""The largest sensors of telephones give less in one file; a bomb unfolds into more."""
LARGEST_FILE: Final = 64 * 2**20
"""Bytes of the file itself."""
MOST_SCANS: Final = 64
"""How often a JPEG may go over its pixels: cameras do it once, the web about ten times."""
PASTED: Final = "clipboard"
"""What a picture without a file is called when it cannot be read."""

_HEAD: Final = 12
_JPEG: Final = b"\xff\xd8\xff"
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_BEGIN, _SCAN, _END = b"\xd8", b"\xda", b"\xd9"
_MOST_SEGMENTS: Final = 4096
_WHITE: Final = (255, 255, 255)
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation of the camera (Exif 2.3, tag 274)."""
# What Pillow's readers let through when a file is not what it says.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it is kept: JPEG bytes, width and height in pixels."""

    content: bytes
    width: int
    height: int


def prepared(source: Path | bytes) -> Prepared:
    """Return the picture upright, at most 1600 pixels long, as a JPEG without any remarks in it.

    Raises PhotoUnreadable.
    """
    name = source.name if isinstance(source, Path) else PASTED
    content = _content(source, name)
    with _named(name), _opened(content, name) as image:
        _demand_size(image, name)
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        flat = _flat(image)
        turn = _turn(image)  # asked last: a PNG may say it at its end, a TIFF has turned itself
        upright = flat if turn is None else flat.transpose(turn)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
        return Prepared(_jpeg(upright, QUALITY), upright.width, upright.height)


def thumbnail(content: bytes, edge: int, name: str) -> bytes:
    """Return a kept photo as a JPEG whose longer side is at most so many pixels."""
    with _named(name), _opened(content, name) as image:
        image.draft("RGB", (edge, edge))
        small = image.convert("RGB")
        small.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2)
        return _jpeg(small, THUMBNAIL_QUALITY)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say whatever a reader stumbled over as one refusal."""
    try:
        yield
    except _BROKEN as error:
        raise PhotoUnreadable(name, "broken") from error


def _content(source: Path | bytes, name: str) -> bytes:
    content = source if isinstance(source, bytes) else _read(source, name)
    if len(content) > LARGEST_FILE:
        raise PhotoUnreadable(name, "too_large")
    if content.startswith(_JPEG) and _scans(content) > MOST_SCANS:
        raise PhotoUnreadable(name, "broken")  # each goes over all pixels: hours in a small file
    return content


def _scans(content: bytes) -> int:
    """Count how often a JPEG goes over its pixels; one of endless segments as once too often."""
    at = scans = 0
    for _segment in range(_MOST_SEGMENTS):
        found = _MARKER.search(content, at)
        if found is None or found[1] == _END:
            return scans
        scans += found[1] == _SCAN
        has_no_body = found[1] == _BEGIN
        length = 0 if has_no_body else int.from_bytes(content[found.end() : found.end() + 2])
        at = found.end() + length
    return MOST_SCANS + 1


def _read(file: Path, name: str) -> bytes:
    """Return the file's bytes, and of a file without end only so many that it is refused."""
    if not file.is_file():  # a pipe or a device would keep us waiting
        raise PhotoUnreadable(name, "no_file")
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PhotoUnreadable(name, error.strerror or str(error)) from error


_Reader = Callable[[io.BytesIO], ImageFile]
_READERS: Final[tuple[tuple[bytes, bytes, _Reader], ...]] = (
    (_JPEG, b"", JpegImageFile),
    (b"\x89PNG\r\n\x1a\n", b"", PngImageFile),
    (b"RIFF", b"WEBP", WebPImageFile),
    (b"BM", b"", BmpImageFile),
    (b"II*\x00", b"", TiffImageFile),
    (b"MM\x00*", b"", TiffImageFile),
)
"""How each format begins, what follows after eight bytes, and who reads it."""
_HEIF: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"heim", b"heis"})


def _opened(content: bytes, name: str) -> ImageFile:
    head = content[:_HEAD]
    for begins, follows, reader in _READERS:
        if head.startswith(begins) and head[8:].startswith(follows):
            return reader(io.BytesIO(content))
    heif = head[4:8] == b"ftyp" and head[8:12] in _HEIF
    raise PhotoUnreadable(name, "heic" if heif else "no_picture")


def _demand_size(image: ImageFile, name: str) -> None:
    """Refuse by what the header says, before a single pixel is unfolded."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PhotoUnreadable(name, "too_many_pixels")


def _turn(image: ImageFile) -> Image.Transpose | None:
    """Return how to turn the picture upright; a camera's remark that is damaged turns nothing."""
    with suppress(*_BROKEN):
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    return None


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture in red, green and blue; what was see-through lies on white."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    flat = Image.new("RGB", clear.size, _WHITE)
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _jpeg(image: Image.Image, quality: int) -> bytes:
    drawn = Image.new("RGB", image.size)  # the pixels alone: remarks stay with the old picture
    drawn.paste(image)
    content = io.BytesIO()
    drawn.save(content, "JPEG", quality=quality, optimize=True)
    return content.getvalue()
