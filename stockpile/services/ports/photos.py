"""Photos by their content."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from stockpile.domain.courier import Lacked
from stockpile.domain.facts import Photo, View
from stockpile.domain.values import NodeId
from stockpile.services.ports.machine import Progress, silent


class Photos(Protocol):
    """Photos by their content, kept beside the books; every method on any lane.

    A digest is the SHA-256 of the kept bytes: the same photo kept twice is one.
    """

    def keep(self, file: Path | bytes, view: View = "other", caption: str = "") -> Photo:
        """Turn a photo upright, make it small, strip it of all remarks, and keep it durably.

        Raises PhotoUnreadable, DiskFull, DiskTrouble; then nothing of it is left.
        """
        ...

    def read(self, digest: str) -> bytes:
        """Return a kept photo as JPEG; raises PhotoMissing, PhotoDamaged."""
        ...

    def thumbnail(self, digest: str, edge: int) -> bytes:
        """Return it as JPEG, its longer side at most so many pixels; raises as ``read``."""
        ...

    def held(self, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos are here."""
        ...

    def forget(self, digest: str) -> None:
        """Let a kept photo go, for good: it showed somebody who was erased. Raises DiskTrouble."""
        ...

    def arrived(self, digest: str) -> int:
        """Return how many bytes have come of a photo from elsewhere that is not whole yet."""
        ...

    def arrive(self, digest: str, offset: int, piece: bytes) -> None:
        """Keep a piece that begins where the last one ended, durably; another one is left.

        Raises PhotoRefused where it is more than a photo has, DiskFull, DiskTrouble.
        """
        ...

    def complete(self, digest: str) -> None:
        """Keep what has come as a photo, once it is the one that the digest names.

        Raises PhotoRefused, DiskFull, DiskTrouble; of what was refused nothing is left.
        """
        ...

    def accept(self, digest: str, content: bytes) -> None:
        """Keep a photo that came whole, once it is the one that the digest names, durably.

        Pieces of it that came by a line are let go. Raises PhotoRefused, DiskFull, DiskTrouble.
        """
        ...

    def note_waiting(self, registry: NodeId, count: int) -> None:
        """Note how many photos a registry lacked when it was asked last."""
        ...

    def waiting(self, registry: NodeId) -> int:
        """Return how many photos a registry lacked when it was asked last; 0 where it never was."""
        ...

    def brought(self) -> tuple[Lacked, ...]:
        """Return photos that came by hand and that no registry is known to have, oldest first."""
        ...

    def note_brought(self, photos: Sequence[Lacked]) -> None:
        """Note that photos came by hand, to be passed on; one that is noted comes last then.

        Raises DiskFull, DiskTrouble.
        """
        ...

    def passed_on(self, digests: Collection[str]) -> None:
        """Forget that these came by hand: a registry has them. Raises DiskFull, DiskTrouble."""
        ...

    def check(self, progress: Progress = silent) -> int:
        """Prove that every kept photo opens and is what its digest says; return their number.

        Raises PhotoDamaged, Cancelled.
        """
        ...
