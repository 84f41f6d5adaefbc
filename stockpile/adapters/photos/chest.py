"""Sealed files named by what is in them: written whole or not at all, and found by digest.

A content lies under the first two letters of its digest, in a folder of the home. It is sealed
(XSalsa20 and Poly1305, a random nonce in front) under a key derived from the site's own, so that a
stolen disk shows no picture. Names are digests of the plain content: somebody who has a photo can
tell that it is here, nobody can tell what is.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.domain.errors import PhotoDamaged, PhotoMissing
from stockpile.whole_files import disk_errors, settle

_HALF: Final = "half"
"""The folder of what is being written: left behind only by a crash, and swept at the start."""
_SHELF: Final = 2
_DIGEST: Final = 64
_LETTERS: Final = frozenset("0123456789abcdef")


def digest_of(content: bytes) -> str:
    """Return the name of a content: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Chest:
    """Sealed contents in a folder; safe to use on several threads at once.

    The folder is made when the first content is put in. Raises DiskFull, DiskTrouble.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._box = SecretBox(key)
        with disk_errors(folder):
            self._sweep()

    def put(self, content: bytes) -> str:
        """Keep a content, on the disk when this returns; one that is here already is not rewritten.

        Raises DiskFull, DiskTrouble; then nothing of it is left.
        """
        digest = digest_of(content)
        if not self._stands(digest):
            with disk_errors(self._folder):
                self._write(self._file(digest), bytes(self._box.encrypt(content)))
        return digest

    def get(self, digest: str) -> bytes:
        """Return a content; raises PhotoMissing, PhotoDamaged where it is not what it was."""
        if not self.holds(digest):
            raise PhotoMissing(digest)
        with disk_errors(self._folder):
            sealed = self._file(digest).read_bytes()
        try:
            content = self._box.decrypt(sealed)
        except (CryptoError, ValueError) as error:
            raise PhotoDamaged(digest) from error
        if digest_of(content) != digest:
            raise PhotoDamaged(digest)
        return content

    def holds(self, digest: str) -> bool:
        """Say whether a content is here; a text that is no digest never is."""
        named = len(digest) == _DIGEST and _LETTERS.issuperset(digest)
        return named and self._file(digest).is_file()

    def drop(self, digest: str) -> None:
        """Let a content go, for good; one that is not here is gone already. Raises DiskTrouble."""
        if self.holds(digest):
            with disk_errors(self._folder):
                self._file(digest).unlink(missing_ok=True)
                settle(self._file(digest).parent)

    def all(self) -> tuple[str, ...]:
        """Return the digests of everything that is here, in order."""
        shelves = sorted(self._folder.glob("[0-9a-f]" * _SHELF))
        return tuple(
            shelf.name + file.name for shelf in shelves for file in sorted(shelf.iterdir())
        )

    def _stands(self, digest: str) -> bool:
        """Say whether the content is here and whole; a damaged file is written anew."""
        try:
            self.get(digest)
        except (PhotoMissing, PhotoDamaged):
            return False
        return True

    def _file(self, digest: str) -> Path:
        return self._folder / digest[:_SHELF] / digest[_SHELF:]

    def _write(self, file: Path, sealed: bytes) -> None:
        half = self._folder / _HALF
        half.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = half / secrets.token_hex(8)
        try:
            _write_through(fresh, sealed)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            fresh.replace(file)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        for folder in (file.parent, self._folder, self._folder.parent):
            settle(folder)

    def _sweep(self) -> None:
        for left in (self._folder / _HALF).glob("*"):
            left.unlink(missing_ok=True)


def _write_through(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with open(handle, "wb") as opened:  # noqa: PTH123 - a descriptor, made for its mode
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
