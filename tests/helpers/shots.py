"""Pictures to be taken in: half blue (left) and half red (right), in every format and posture."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

ORIENTATION, DESCRIPTION, ARTIST, GPS = 0x0112, 0x010E, 0x013B, 0x8825
SECRET = b"Sgt. Okello"


def drawn(width: int = 90, height: int = 60, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, 0, width // 2, height))
    return picture.convert(mode)


def encoded(form: str = "JPEG", picture: Image.Image | None = None, **said) -> bytes:
    """Return a picture as a file's bytes."""
    content = io.BytesIO()
    (picture or drawn()).save(content, form, **said)
    return content.getvalue()


def remarked(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes beside the pixels: posture, who, and where."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION], exif[ARTIST] = orientation, "armoury", SECRET.decode()
    place = exif.get_ifd(GPS)
    place[1], place[2] = "N", (0.0, 18.0, 58.0)
    return exif


def turned(form: str, orientation: int) -> bytes:
    """Return the picture as a camera held otherwise writes it: with a remark how to turn it."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    picture = drawn()
    raw = picture.transpose(back[orientation]) if orientation in back else picture
    if form == "TIFF":
        tags = ImageFileDirectory_v2()
        tags[ORIENTATION] = orientation
        return encoded(form, raw, tiffinfo=tags)
    return encoded(form, raw, exif=remarked(orientation))


def opened(content: bytes) -> Image.Image:
    """Return a picture that was kept."""
    return Image.open(io.BytesIO(content))


def png_bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is large: a bomb where pixels are unfolded unasked."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(((width + 7) // 8 + 1) * height), 9)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_file(folder: Path, name: str = "left.jpg", content: bytes | None = None) -> Path:
    """Write a picture into a folder."""
    file = folder / name
    file.write_bytes(encoded() if content is None else content)
    return file
