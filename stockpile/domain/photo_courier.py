"""The photos' courier file: it lies beside a courier file, comes after it, and is read in parts.

1. Line 1 is the magic word. Then come locked parts, one after another, of at most 8 MiB of photos:
   a file of any length needs no more memory than one of them. Each is locked by age with one key
   that was made for this file alone; the last part is locked as a courier file is (for its
   receiver, or with words) and holds that key and the list: which weapon's record shows which
   photo, its size, its digest, in which part it lies, and which photos stayed behind.
2. At the end stands the manifest in canonical JSON, in clear, with the length and SHA-256 of every
   part; the sender's signature over SHA-256 of magic word and manifest; and the length of both in
   eight hexadecimal digits. So it is written in one go, however much there is.
3. A file that was cut short has no such end, and nothing of it is taken: nobody signed the part
   that is left, and the sender has all of it still. The record came before, in a file of its own.
4. The record proves the photo: nothing is kept whose digest no weapon's record here shows.

A program that knows only the records finds them in the courier file, and passes this one over.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import wire
from stockpile.domain.courier import Lacked
from stockpile.domain.errors import BatchTooLarge, CourierForged, CourierTooLarge, MessageUnreadable
from stockpile.domain.jpegs import MOST_BYTES as MOST_PHOTO
from stockpile.domain.ledger import Sign, node_id, signed_by
from stockpile.domain.photo_messages import is_digest
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId

MAGIC: Final = b"STOCKPILE-COURIER-PHOTOS-1\n"
EXTENSION: Final = ".photos"
VERSION: Final = 1
PART: Final = 8 << 20
"""Bytes of photos in one part; no photo is larger."""
MOST_PART: Final = PART + (64 << 10)
"""Bytes of a locked part that is read at all: the lock adds some thousands."""
MOST_PARTS: Final = 1_000
MOST_PHOTOS: Final = 50_000
MOST_BYTES: Final = 2 << 30
"""Bytes of a file, as every stick takes them."""
MOST_STAYED: Final = 10_000
"""Photos that stayed behind and are named; of more, how many there are."""
_MOST_LIST: Final = 24 << 20
_MOST_END: Final = 1 << 20
_LONGEST_LINE: Final = 512
"""Bytes of one photo in the list; a list says no more than its manifest counts."""
LENGTH: Final = 9
"""Bytes of the length at the very end, with its line feed."""
_LABEL: Final = b"stockpile-courier-photos-v1\x00"

Piece = Callable[[int, int], bytes]
"""Gives bytes of a file, from which place and how many; fewer at its end."""


@dataclass(frozen=True, slots=True)
class Part:
    """One locked part: how many bytes it has, and their SHA-256."""

    size: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class PhotoManifest:
    """What the file says of itself in clear; ``to`` nobody means: whoever has the words.

    ``photos`` and ``size`` (bytes) count what is in it, ``left`` the photos that stayed behind.
    """

    v: int
    sender: NodeId
    key: str
    name: str
    to: tuple[NodeId, ...]
    created: Instant
    parts: tuple[Part, ...]
    photos: int
    size: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """A photo in the file: whose record shows it, in which part it lies, and how long it is."""

    weapon: WeaponId
    digest: Digest
    part: int
    size: int


@dataclass(frozen=True, slots=True)
class PhotoList:
    """The list under the lock; sender and receiver again, so that they are bound there too.

    ``key`` opens the other parts; ``stayed`` are photos that stayed behind.
    """

    sender: NodeId
    to: tuple[NodeId, ...]
    created: Instant
    key: str
    photos: tuple[Carried, ...]
    stayed: tuple[Lacked, ...] = ()


def photos_file(file: Path) -> Path:
    """Return where the photos of a courier file lie: beside it, under its name."""
    return file.with_name(file.name + EXTENSION)


def pack_list(listed: PhotoList) -> bytes:
    """Return the list as it goes under the lock."""
    return wire.squeeze(wire.encode(listed))


def read_list(squeezed: bytes, manifest: PhotoManifest, path: str) -> PhotoList:
    """Return the list, once it is what the manifest outside says; raises CourierForged."""
    lines = 8 + manifest.photos + min(manifest.left, MOST_STAYED)
    try:
        most = min(_MOST_LIST, lines * _LONGEST_LINE)
        listed = wire.decode(wire.unfold(squeezed, most), PhotoList)
    except (BatchTooLarge, MessageUnreadable) as error:
        raise CourierForged(path, "list") from error
    said = (manifest.sender, manifest.to, manifest.created, manifest.photos, manifest.size)
    size = sum(one.size for one in listed.photos)
    if said != (listed.sender, listed.to, listed.created, len(listed.photos), size):
        raise CourierForged(path, "list")
    is_sound = all(_is_sound(one, manifest) for one in listed.photos)
    in_order = all(one.part <= two.part for one, two in itertools.pairwise(listed.photos))
    if not is_sound or not in_order or len({one.digest for one in listed.photos}) < manifest.photos:
        raise CourierForged(path, "list")
    return listed


def cut(plain: bytes, carried: Sequence[Carried], path: str) -> Iterator[tuple[Carried, bytes]]:
    """Give the photos of one part, as the list says they lie in it; raises CourierForged."""
    if sum(one.size for one in carried) != len(plain):
        raise CourierForged(path, "list")
    at = 0
    for one in carried:
        yield one, plain[at : at + one.size]
        at += one.size


def sealed_end(manifest: PhotoManifest, sign: Sign) -> bytes:
    """Return the end of the file, signed by the sender."""
    raw = wire.encode(manifest)
    end = raw + b"\n" + base64.b64encode(sign(_message(raw))) + b"\n"
    return end + _length(len(end))


def read_manifest(piece: Piece, size: int, path: str) -> PhotoManifest:
    """Return what a file of so many bytes says of itself, signed by its sender, whoever that is.

    Raises CourierForged, CourierTooLarge.
    """
    if piece(0, len(MAGIC)) != MAGIC:
        raise CourierForged(path, "magic")
    length = end_length(piece(max(size - LENGTH, 0), LENGTH), size, path)
    return read_end(piece(size - length, length), size, path)


def end_length(last: bytes, size: int, path: str) -> int:
    """Return how long the end is, of a file's last ``LENGTH`` bytes and its length in bytes.

    Raises CourierForged, and CourierTooLarge for a file that is not taken in at all.
    """
    if size > MOST_BYTES:
        raise CourierTooLarge(size, MOST_BYTES)
    try:
        said = int(last, 16)
    except ValueError as error:
        raise CourierForged(path, "end") from error
    if last != _length(said) or not 0 < said <= min(_MOST_END, size - len(MAGIC) - LENGTH):
        raise CourierForged(path, "end")
    return said + LENGTH


def read_end(end: bytes, size: int, path: str) -> PhotoManifest:
    """Return the manifest, once the signature is the sender's own and the parts fill the file.

    That the sender is somebody to believe is another question. Raises CourierForged.
    """
    lines = end[:-LENGTH].split(b"\n")
    if len(lines) != len(("manifest", "signature", "nothing")):
        raise CourierForged(path, "end")
    manifest = _manifest(lines[0], path)
    try:
        key, signature = bytes.fromhex(manifest.key), base64.b64decode(lines[1], validate=True)
    except (ValueError, binascii.Error) as error:
        raise CourierForged(path, "signature") from error
    is_canonical = base64.b64encode(signature) == lines[1] and not lines[2]
    is_own = node_id(key) == manifest.sender and signed_by(key, _message(lines[0]), signature)
    if not is_canonical or not is_own:
        raise CourierForged(path, "signature")
    if len(MAGIC) + sum(one.size for one in manifest.parts) + len(end) != size:
        raise CourierForged(path, "length")
    return manifest


def places(manifest: PhotoManifest) -> tuple[int, ...]:
    """Return where each part begins, in bytes from the start of the file."""
    sizes = (one.size for one in manifest.parts[:-1])
    return tuple(itertools.accumulate(sizes, initial=len(MAGIC)))


def demand_part(locked: bytes, part: Part, path: str) -> None:
    """Raise CourierForged unless these are the bytes that the sender signed."""
    if part_of(locked) != part:
        raise CourierForged(path, "part")


def part_of(locked: bytes) -> Part:
    """Return what the manifest says of a locked part."""
    return Part(len(locked), Digest(hashlib.sha256(locked).hexdigest()))


def _manifest(raw: bytes, path: str) -> PhotoManifest:
    try:
        manifest = wire.decode(raw, PhotoManifest)
    except MessageUnreadable as error:
        raise CourierForged(path, "manifest") from error
    parts = manifest.parts
    if (
        wire.encode(manifest) != raw
        or manifest.v != VERSION
        or not 0 < len(parts) <= MOST_PARTS
        or not all(0 < one.size <= MOST_PART for one in parts)
        or not 0 <= manifest.photos <= MOST_PHOTOS
        or manifest.left < 0
    ):
        raise CourierForged(path, "manifest")
    return manifest


def _is_sound(one: Carried, manifest: PhotoManifest) -> bool:
    in_a_part = 0 <= one.part < len(manifest.parts) - 1
    return in_a_part and 0 < one.size <= MOST_PHOTO and is_digest(one.digest)


def _length(size: int) -> bytes:
    return f"{size:08x}\n".encode()


def _message(raw: bytes) -> bytes:
    return _LABEL + hashlib.sha256(MAGIC + raw).digest()
