"""Pictures made to hurt whoever opens them: small files that want much, or lead in circles."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final

from PIL import Image

from tests.helpers.shots import encoded, png_bomb

LARGE: Final = (8000, 5000)
"""As many pixels as a photo may have."""


def all_of_them() -> dict[str, bytes]:
    """Return each by its name."""
    return {name: make() for name, make in _ALL.items()}


def _large_and_clear() -> bytes:
    """Every pixel stands for a colour that one may look through: the dearest way to be flat."""
    picture = Image.new("P", LARGE)
    picture.putpalette([10, 20, 30] * 256)
    return encoded("PNG", picture, transparency=bytes(range(256)), compress_level=1)


def _large_progressive() -> bytes:
    return encoded("JPEG", Image.new("L", LARGE, 90), progressive=True)


def endless_scans() -> bytes:
    """A progressive JPEG in which one scan comes again and again; each goes over all of it."""
    whole = encoded("JPEG", Image.new("L", (4000, 4000), 90), progressive=True)
    last = whole.rindex(b"\xff\xda")
    scan, end = whole[last:-2], whole[-2:]
    return whole[:-2] + scan * 4000 + end


def _small(form: str = "PNG", **said: object) -> bytes:
    return encoded(form, Image.new("RGB", (8, 8), "red"), **said)


def _with_chunk(name: bytes, body: bytes) -> bytes:
    """A small PNG with a chunk of our own behind its header."""
    whole, begin = _small(), 8 + 25
    told = name + body
    chunk = struct.pack(">I", len(body)) + told + struct.pack(">I", zlib.crc32(told))
    return whole[:begin] + chunk + whole[begin:]


def _unfolding(size: int = 80 * 2**20) -> bytes:
    packer, piece = zlib.compressobj(1), bytes(2**20)
    parts = [packer.compress(piece) for _ in range(size >> 20)]
    return b"".join([*parts, packer.flush()])


def _huge_jpeg() -> bytes:
    whole = encoded("JPEG", Image.new("L", (64, 64)))
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", 65_000, 65_000) + whole[at + 4 :]


def _huge_bmp() -> bytes:
    whole = bytearray(_small("BMP"))
    whole[18:26] = struct.pack("<ii", 60_000, 60_000)
    return bytes(whole)


def _huge_webp() -> bytes:
    """Says that its canvas is as large as the format can say."""
    flags = bytes([0x02, 0, 0, 0])
    canvas = (16_383 - 1).to_bytes(3, "little") * 2
    frame = _small("WEBP", lossless=True)[12:]
    shown = bytes(6) + (7).to_bytes(3, "little") * 2 + bytes(4) + frame
    parts = _riff(b"VP8X", flags + canvas) + _riff(b"ANIM", bytes(6)) + _riff(b"ANMF", shown)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def _riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _tiff(width: int, height: int, after: int = 0, data: bytes = bytes(192)) -> bytes:
    """A TIFF by hand; ``after`` is where it says that its next page begins."""
    tags = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 2), (273, 4, 8),
        (277, 3, 3), (278, 4, height), (279, 4, len(data)),
    ]  # fmt: skip
    at = 8 + len(data)
    page = struct.pack("<H", len(tags))
    page += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<I", at) + data + page + struct.pack("<I", after)


def _tiff_in_a_ring() -> bytes:
    return _tiff(8, 8, after=8 + 192)


def _animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in range(64)]
    return encoded("PNG", frames[0], save_all=True, append_images=frames[1:])


def _exif_that_points_at_itself() -> bytes:
    """Its remarks say that more remarks begin where these do."""
    ring = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8)
    body = b"Exif\0\0" + ring + struct.pack("<I", 8)
    whole = _small("JPEG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + whole[2:]


_ALL: Final[dict[str, Callable[[], bytes]]] = {
    "large_and_clear": _large_and_clear,
    "large_progressive": _large_progressive,
    "huge_png": lambda: png_bomb(12_000, 12_000),
    "huge_webp": _huge_webp,
    "huge_jpeg": _huge_jpeg,
    "huge_bmp": _huge_bmp,
    "huge_tiff": lambda: _tiff(60_000, 60_000),
    "large_with_nothing_behind": lambda: _tiff(*LARGE),
    "remarks_that_unfold": lambda: _with_chunk(b"zTXt", b"Comment\0\0" + _unfolding()),
    "profile_that_unfolds": lambda: _with_chunk(b"iCCP", b"p\0\0" + _unfolding()),
    "endless_scans": endless_scans,
    "tiff_in_a_ring": _tiff_in_a_ring,
    "animated": _animated,
    "exif_that_points_at_itself": _exif_that_points_at_itself,
}
