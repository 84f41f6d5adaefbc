"""Photos as files named by their content, beside the database; what is arriving lies in ``half``.

Every process of the registry is given the same folder. A piece is written where it belongs and is
on the disk before the answer says so; a file gets its name only when it is whole and proved.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stockpile.domain import jpegs
from stockpile.domain.errors import PhotoRefused, PhotosFull
from stockpile.domain.values import NodeId
from stockpile.whole_files import settle

_HALF: Final = "half"
_BROUGHT: Final = "brought"
_SHELF: Final = 2
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class PhotoFiles:
    """A folder of photos; every method may be called by any process at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def brought(self) -> Path:
        """Where photos' courier files lie that somebody brought and that are not taken yet."""
        return self._folder / _BROUGHT

    def arrived(self, digest: str, node: NodeId) -> int:
        """Return how many bytes of a photo arrived from a node that are not whole yet."""
        half = self._half(digest, node)
        return half.stat().st_size if half.is_file() else 0

    def add(self, digest: str, node: NodeId, offset: int, piece: bytes) -> int:
        """Write a piece that begins where the last one ended; return how many bytes there are.

        One that begins elsewhere is not written. Raises PhotosFull; then what was there stays.
        """
        half = self._half(digest, node)
        with room():
            make_folder(half.parent)
            handle = os.open(half, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
            give_to_owner(half)
            with open(handle, "r+b") as opened:  # noqa: PTH123 - a descriptor, made for its mode
                have = opened.seek(0, os.SEEK_END)
                if have != offset:
                    return have
                try:
                    opened.write(piece)
                    opened.flush()
                    os.fsync(opened.fileno())
                except OSError:
                    os.ftruncate(opened.fileno(), have)
                    raise
        return have + len(piece)

    def let_go(self, digest: str, node: NodeId) -> None:
        """Let go of what arrived of a photo from a node and is not whole."""
        self._half(digest, node).unlink(missing_ok=True)

    def finish(self, digest: str, node: NodeId) -> None:
        """Give what arrived its name, once it is the photo that the digest names.

        Raises PhotoRefused; then nothing of it is left. Raises PhotosFull.
        """
        half = self._half(digest, node)
        content = half.read_bytes() if half.is_file() else b""
        try:
            jpegs.demand_photo(content, digest)
        except PhotoRefused:
            half.unlink(missing_ok=True)
            raise
        with room():
            make_folder(self._file(digest).parent)
            half.replace(self._file(digest))
            settle(self._file(digest).parent)

    def holds(self, digest: str) -> bool:
        """Say whether a whole photo is here."""
        return self._file(digest).is_file()

    def read(self, digest: str) -> bytes | None:
        """Return a photo; None where it is not here, or is not what it was."""
        try:
            content = self._file(digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def drop(self, digest: str) -> None:
        """Let a photo go, for good, and whatever of it is arriving."""
        for half in (self._folder / _HALF).glob(f"{digest}-*"):
            half.unlink(missing_ok=True)
        self._file(digest).unlink(missing_ok=True)
        if self._file(digest).parent.is_dir():
            settle(self._file(digest).parent)

    def _file(self, digest: str) -> Path:
        return self._folder / digest[:_SHELF] / digest[_SHELF:]

    def _half(self, digest: str, node: NodeId) -> Path:
        return self._folder / _HALF / f"{digest}-{node}"


def make_folder(folder: Path) -> None:
    """Make a folder of photos where there is none, its owner's alone."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        give_to_owner(one)


def give_to_owner(made: Path) -> None:
    """Give what the system's administrator made here to whom the folder belongs.

    A command that root runs would otherwise leave photos that the service cannot read.
    """
    if sys.platform != "win32" and os.geteuid() == 0:
        owner = made.parent.stat()
        os.chown(made, owner.st_uid, owner.st_gid)


@contextmanager
def room() -> Iterator[None]:
    """Say a disk's trouble so that the other side comes again later."""
    try:
        yield
    except OSError as error:
        raise PhotosFull("disk" if error.errno in _FULL else error.strerror or "") from error


_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
