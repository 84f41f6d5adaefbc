"""The file of a backup: what it is, who says so, and the home's files one after another.

    STOCKPILE-BACKUP-1
    {"at": ..., "node": ..., "parts": [{"name": ..., "sha256": ..., "size": ...}, ...], ...}
    signature of the node over both lines, in hexadecimal
    the contents of the parts

Nothing in it chooses where it is written: only names that a home has are taken back.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from stockpile.domain import ledger
from stockpile.domain.errors import BackupDamaged
from stockpile.domain.ledger import Sign
from stockpile.services.ports import Progress, silent

MAGIC: Final = b"STOCKPILE-BACKUP-1\n"
_LABEL: Final = b"stockpile-backup-v1\x00"
_LONGEST: Final = 1 << 20
_PORTION: Final = 1 << 20
_SIGNATURE: Final = 128
PHOTO_LIST: Final = "photos.list"
_NAMES: Final = frozenset(
    {"stockpile.db", "journal.db", "keys.json", "settings.toml", "practice-depot", PHOTO_LIST}
)
_PROFILE: Final = re.compile(r"profiles/list-[^/\\:\x00]{1,100}\.toml")


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the home, as it stands in the backup."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself; ``number`` and ``head`` are those of the last entry in it."""

    node: str
    key: str
    at: int
    number: int
    seq: int
    head: str
    entries: int
    facts: int
    weapons: int
    conflicts: int
    photos: int
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        """Return the part of a name."""
        return next((one for one in self.parts if one.name == name), None)


def is_part_name(name: str) -> bool:
    """Say whether a home has a file of this name: nothing else is ever written back."""
    return name in _NAMES or _PROFILE.fullmatch(name) is not None


def part_of(name: str, file: Path) -> Part:
    """Return what a file is, for the manifest."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Part(name, file.stat().st_size, digest)


def write(
    out: BinaryIO,
    manifest: Manifest,
    files: Sequence[Path],
    sign: Sign,
    progress: Progress = silent,
) -> None:
    """Write the parts' files, in the order of the manifest, behind what is said of them."""
    head = MAGIC + msgspec.json.encode(manifest, order="sorted") + b"\n"
    out.write(head + sign(_LABEL + head).hex().encode() + b"\n")
    done, total = 0, sum(part.size for part in manifest.parts)
    for file in files:
        with file.open("rb") as opened:
            while portion := opened.read(_PORTION):
                out.write(portion)
                done += len(portion)
                progress(done, total)


def read_manifest(opened: BinaryIO, path: Path) -> Manifest:
    """Read what a backup says of itself and prove who says it; raises BackupDamaged."""
    head = opened.readline(len(MAGIC)) + opened.readline(_LONGEST)
    signature = opened.read(_SIGNATURE + 1)
    if not head.startswith(MAGIC):
        raise BackupDamaged(str(path), "beginning")
    try:
        manifest = msgspec.json.decode(head[len(MAGIC) :], type=Manifest)
        key, signed = bytes.fromhex(manifest.key), bytes.fromhex(signature.decode("ascii"))
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise BackupDamaged(str(path), "manifest") from error
    if ledger.node_id(key) != manifest.node or not ledger.signed_by(key, _LABEL + head, signed):
        raise BackupDamaged(str(path), "signature")
    names = [part.name for part in manifest.parts]
    if len(set(names)) != len(names) or not all(map(is_part_name, names)):
        raise BackupDamaged(str(path), "names")
    if any(part.size < 0 for part in manifest.parts):
        raise BackupDamaged(str(path), "sizes")
    return manifest


def parts(
    opened: BinaryIO, manifest: Manifest, path: Path, progress: Progress = silent
) -> Iterator[tuple[Part, Iterator[bytes]]]:
    """Give each part with its content, to be read whole in this order; raises BackupDamaged.

    A part whose digest is wrong raises at its end, before the next one is given.
    """
    done, total = 0, sum(part.size for part in manifest.parts)

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total)

    for part in manifest.parts:
        yield part, _content(opened, part, path, told)
    if opened.read(1):
        raise BackupDamaged(str(path), "end")


def read_part(path: Path, name: str) -> bytes:
    """Return a small part of a backup, or nothing where it has none; raises BackupDamaged."""
    with path.open("rb") as opened:
        manifest = read_manifest(opened, path)
        for part in manifest.parts:
            if part.name != name:
                opened.seek(part.size, os.SEEK_CUR)
                continue
            return b"".join(_content(opened, part, path, lambda _count: None))
    return b""


def prove(path: Path, progress: Progress = silent) -> Manifest:
    """Read a whole backup and prove every byte of it; raises BackupDamaged, OSError."""
    with path.open("rb") as opened:
        _forget_cached(opened)
        manifest = read_manifest(opened, path)
        for _part, content in parts(opened, manifest, path, progress):
            for _portion in content:
                pass
    return manifest


def _content(
    opened: BinaryIO, part: Part, path: Path, told: Callable[[int], None]
) -> Iterator[bytes]:
    left, digest = part.size, hashlib.sha256()
    while left:
        portion = opened.read(min(left, _PORTION))
        if not portion:
            raise BackupDamaged(str(path), part.name)
        digest.update(portion)
        left -= len(portion)
        told(len(portion))
        yield portion
    if digest.hexdigest() != part.sha256:
        raise BackupDamaged(str(path), part.name)


def _forget_cached(opened: BinaryIO) -> None:
    """Let the disk itself answer, not the memory of what was just written, where one can ask so."""
    if sys.platform == "linux":
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
