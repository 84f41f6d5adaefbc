"""The album of a home: photos made ready and kept, given back whole or small, and proved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from stockpile.adapters.photos import pictures
from stockpile.adapters.photos.arriving import Arriving
from stockpile.adapters.photos.brought import Brought
from stockpile.adapters.photos.chest import Chest
from stockpile.domain import jpegs
from stockpile.domain.courier import Lacked
from stockpile.domain.errors import PhotoRefused
from stockpile.domain.facts import Photo, View
from stockpile.domain.values import Digest, NodeId
from stockpile.services.ports import Progress, silent

FOLDER: Final = "photos"
SMALLEST_EDGE: Final = 16


class SealedPhotos:
    """Photos in a folder of the home, sealed; every method may be called on any thread."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._chest = Chest(home / FOLDER, key)
        self._arriving = Arriving(home / FOLDER, key)
        self._brought = Brought(home / FOLDER)

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

    def arrived(self, digest: str) -> int:
        """Return how many bytes have come of a photo that is not whole yet."""
        return self._arriving.have(digest)

    def arrive(self, digest: str, offset: int, piece: bytes) -> None:
        """Keep a piece that begins where the last one ended; raises PhotoRefused, DiskFull."""
        self._arriving.add(digest, offset, piece)

    def complete(self, digest: str) -> None:
        """Keep what has come, once it is the photo that the digest names.

        Raises PhotoRefused, DiskFull, DiskTrouble; of what was refused nothing is left.
        """
        content = self._arriving.content(digest)
        try:
            jpegs.demand_photo(content, digest)
        except PhotoRefused:
            self._arriving.drop(digest)
            raise
        self._chest.put(content)
        self._arriving.drop(digest)

    def accept(self, digest: str, content: bytes) -> None:
        """Keep a photo that came whole, once it is the one that the digest names.

        Raises PhotoRefused, DiskFull, DiskTrouble; then nothing of it is left.
        """
        jpegs.demand_photo(content, digest)
        self._chest.put(content)
        self._arriving.drop(digest)

    def note_waiting(self, registry: NodeId, count: int) -> None:
        """Note how many photos a registry lacked when it was asked last; raises DiskFull."""
        self._arriving.note_waiting(registry, count)

    def waiting(self, registry: NodeId) -> int:
        """Return how many photos a registry lacked when it was asked last."""
        return self._arriving.waiting(registry)

    def brought(self) -> tuple[Lacked, ...]:
        """Return photos that came by hand and that no registry is known to have."""
        return self._brought.all()

    def note_brought(self, photos: Sequence[Lacked]) -> None:
        """Note that photos came by hand, to be passed on; raises DiskFull, DiskTrouble."""
        self._brought.add(photos)

    def passed_on(self, digests: Collection[str]) -> None:
        """Forget that these came by hand: a registry has them; raises DiskFull, DiskTrouble."""
        self._brought.drop(digests)

    def check(self, progress: Progress = silent) -> int:
        """Prove that every kept photo opens and is what its digest says; return their number.

        Raises PhotoDamaged at the first that is not, Cancelled.
        """
        kept = self._chest.all()
        for number, digest in enumerate(kept, 1):
            self._chest.get(digest)
            progress(number, len(kept))
        return len(kept)
