"""The album of a home: photos made ready and kept, given back whole or small, and proved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stockpile.adapters.photos import pictures
from stockpile.adapters.photos.chest import Chest
from stockpile.domain.facts import Photo, View
from stockpile.domain.values import Digest
from stockpile.services.ports import Progress, silent

FOLDER: Final = "photos"
SMALLEST_EDGE: Final = 16


class SealedPhotos:
    """Photos in a folder of the home, sealed; every method may be called on any thread."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._chest = Chest(home / FOLDER, key)

    def keep(self, file: Path | bytes, view: View = "other", caption: str = "") -> Photo:
        """Make a photo ready and keep it, on the disk when this returns.

        Raises PhotoUnreadable, DiskFull, DiskTrouble.
        """
        ready = pictures.prepared(file)
        digest = Digest(self._chest.put(ready.content))
        size = len(ready.content)
        return Photo(digest, view, caption.strip(), ready.width, ready.height, size)

    def read(self, digest: str) -> bytes:
        """Return the kept JPEG; raises PhotoMissing, PhotoDamaged, DiskTrouble."""
        return self._chest.get(digest)

    def thumbnail(self, digest: str, edge: int) -> bytes:
        """Return a JPEG of which no side is longer than so many pixels; raises as ``read``."""
        small = max(edge, SMALLEST_EDGE)
        return pictures.thumbnail(self._chest.get(digest), small, digest)

    def held(self, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos are here."""
        return frozenset(one for one in digests if self._chest.holds(one))

    def forget(self, digest: str) -> None:
        """Let a kept photo go, for good; raises DiskTrouble."""
        self._chest.drop(digest)

    def check(self, progress: Progress = silent) -> int:
        """Prove that every kept photo opens and is what its digest says; return their number.

        Raises PhotoDamaged at the first that is not, Cancelled.
        """
        kept = self._chest.all()
        for number, digest in enumerate(kept, 1):
            self._chest.get(digest)
            progress(number, len(kept))
        return len(kept)
