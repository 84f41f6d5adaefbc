"""Courier files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stockpile.domain.courier import Lacked
from stockpile.domain.values import Instant, NodeId


@dataclass(frozen=True, slots=True)
class Correspondent:
    """What is known of another node by courier: what it holds, and the last files each way.

    ``holds`` are pairs of a node and the number of its last entry, as the other side said itself in
    the file ``heard``, made at the instant ``heard_at``; ``sent`` is the last file made for it.
    ``lacks`` are photos that it said it lacks; ``awaits`` photos that its files' records showed and
    that are not here yet.
    """

    holds: tuple[tuple[NodeId, int], ...] = ()
    heard: str = ""
    heard_at: Instant = 0
    sent: str = ""
    lacks: tuple[Lacked, ...] = ()
    awaits: tuple[Lacked, ...] = ()


class CourierFiles(Protocol):
    """Locks and unlocks courier files, and keeps what is known of those who send them."""

    def lock(self, plain: bytes, receivers: Sequence[bytes], words: str) -> bytes:
        """Return the content locked for these nodes' public keys, or with words where given."""
        ...

    def unlock(self, locked: bytes, words: str, path: str) -> bytes:
        """Return the content; raises CourierForOther, CourierWordsWrong, CourierForged."""
        ...

    def write(self, file: Path, whole: bytes) -> None:
        """Put the file in place, whole and read back; raises DiskFull, DiskTrouble."""
        ...

    def read(self, file: Path) -> bytes:
        """Return a file's bytes; raises FileUnreadable, CourierTooLarge."""
        ...

    def new_key(self) -> str:
        """Return a key for the parts of one file alone."""
        ...

    def lock_part(self, plain: bytes, key: str) -> bytes:
        """Return a part of a file locked with such a key."""
        ...

    def unlock_part(self, locked: bytes, key: str, path: str) -> bytes:
        """Return a part's content; raises CourierForged."""
        ...

    def write_pieces(self, file: Path, pieces: Iterable[bytes]) -> None:
        """Put a file in place piece by piece, whole and read back; raises DiskFull, DiskTrouble.

        Whatever the pieces raise leaves the file that was there.
        """
        ...

    def is_there(self, file: Path) -> bool:
        """Say whether a file lies there."""
        ...

    def size(self, file: Path) -> int:
        """Return how many bytes a file has; raises FileUnreadable."""
        ...

    def piece(self, file: Path, offset: int, size: int) -> bytes:
        """Return so many bytes of a file from there, fewer at its end; raises FileUnreadable."""
        ...

    def remove(self, file: Path) -> None:
        """Remove a file of ours; one that is gone is gone. Raises DiskTrouble."""
        ...

    def listed(self, folder: Path) -> tuple[Path, ...]:
        """Return the courier files in a folder, by name; raises FileUnreadable."""
        ...

    def correspondent(self, node: NodeId) -> Correspondent:
        """Return what is known of another node."""
        ...

    def keep(self, node: NodeId, known: Correspondent) -> None:
        """Remember it; raises DiskFull, DiskTrouble."""
        ...
