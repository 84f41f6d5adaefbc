"""What a witness keeps, and where it looks."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from stockpile.domain.values import Instant
from stockpile.domain.witnessing import FollowedLog


class WitnessFiles(Protocol):
    """What a witness keeps in a folder of its own: logs, heads seen, evidence; sticks in and out.

    Every method raises DiskFull or DiskTrouble where the disk refuses.
    """

    def logs(self) -> tuple[FollowedLog, ...]:
        """Return every log that is followed; raises KeysUnreadable where the file is none."""
        ...

    def keep(self, log: FollowedLog) -> None:
        """Put what was seen of a log in the place of what stood there, whole and durable."""
        ...

    def keep_evidence(self, seen: FollowedLog, shown: bytes, at: Instant) -> Path:
        """Keep the head seen before and the offer that contradicts it; return their folder."""
        ...

    def read(self, file: Path) -> bytes:
        """Return an offer from a stick; raises FileUnreadable where it is none or too long."""
        ...

    def write(self, file: Path, note: bytes) -> None:
        """Write an answer to a stick, whole."""
        ...


class PublicLogs(Protocol):
    """A registry's public pages, asked by whoever is no node of it.

    Raises RegistryUnreachable, RegistryNonsense, RegistryRefused.
    """

    def offer(self, url: str, old: int) -> bytes:
        """Ask for the newest head, and the proof that it goes on from the one of this size."""
        ...

    def hand_in(self, url: str, note: bytes) -> None:
        """Hand in a cosigned head."""
        ...
