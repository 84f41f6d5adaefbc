"""Photos on their way here, piece by piece, sealed: a line that breaks off costs the last piece.

The pieces of a photo lie in a folder of its digest, each named by where it begins. Only when all of
it is here and proved does it become one of the home's photos.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.domain.errors import PhotoRefused
from stockpile.domain.jpegs import MOST_BYTES
from stockpile.domain.photo_messages import is_digest
from stockpile.domain.values import NodeId
from stockpile.whole_files import beside, disk_errors, settle

_FOLDER: Final = "arriving"
_WAITING: Final = "waiting.json"
_OVERHEAD: Final = SecretBox.NONCE_SIZE + SecretBox.MACBYTES
_read_counts = msgspec.json.Decoder(dict[str, int]).decode


class Arriving:
    """Pieces of photos in a folder; one exchange at a time writes here."""

    def __init__(self, photos: Path, key: bytes) -> None:
        self._folder = photos / _FOLDER
        self._waiting = photos / _WAITING
        self._box = SecretBox(key)

    def have(self, digest: str) -> int:
        """Return how many bytes have come without a gap."""
        return sum(file.stat().st_size - _OVERHEAD for file in self._pieces(digest))

    def add(self, digest: str, offset: int, piece: bytes) -> None:
        """Keep a piece that begins where the last one ended; another one is left.

        Raises PhotoRefused where it is more than a photo has, DiskFull, DiskTrouble.
        """
        if not is_digest(digest) or offset + len(piece) > MOST_BYTES:
            self.drop(digest)
            raise PhotoRefused(digest, "too_large")
        if not piece or offset != self.have(digest):
            return
        folder = self._folder / digest
        with disk_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = folder / f".{secrets.token_hex(4)}"
            try:
                with draft.open("xb") as opened:
                    opened.write(bytes(self._box.encrypt(piece)))
                    opened.flush()
                    os.fsync(opened.fileno())
                draft.replace(folder / f"{offset:08d}")
            finally:
                draft.unlink(missing_ok=True)
            settle(folder)

    def content(self, digest: str) -> bytes:
        """Return all that has come; raises PhotoRefused for a piece that is not what was kept."""
        with disk_errors(self._folder):
            try:
                return b"".join(self._box.decrypt(one.read_bytes()) for one in self._pieces(digest))
            except (CryptoError, ValueError) as error:
                self.drop(digest)
                raise PhotoRefused(digest, "broken") from error

    def drop(self, digest: str) -> None:
        """Let go of what has come of a photo."""
        folder = self._folder / digest
        if is_digest(digest) and folder.is_dir():
            with disk_errors(folder):
                for file in folder.iterdir():
                    file.unlink(missing_ok=True)
                folder.rmdir()

    def note_waiting(self, registry: NodeId, count: int) -> None:
        """Note how many photos a registry lacked; raises DiskFull, DiskTrouble."""
        counts = self._counts()
        if counts.get(registry, 0) == count:
            return
        counts[registry] = count
        with beside(self._waiting) as draft:
            self._waiting.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(counts))
            draft.replace(self._waiting)

    def waiting(self, registry: NodeId) -> int:
        """Return how many photos a registry lacked; 0 where nothing was noted."""
        return self._counts().get(registry, 0)

    def _counts(self) -> dict[str, int]:
        try:
            return _read_counts(self._waiting.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}

    def _pieces(self, digest: str) -> list[Path]:
        """Return the pieces that follow each other from the start."""
        folder = self._folder / digest
        if not is_digest(digest) or not folder.is_dir():
            return []
        found, at = [], 0
        for file in sorted(folder.glob("[0-9]*")):
            if int(file.name) != at:
                break
            found.append(file)
            at += file.stat().st_size - _OVERHEAD
        return found
