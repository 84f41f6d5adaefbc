"""What every program needs of its computer: the time, chance, and an ear for progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from stockpile.domain.values import Instant

Progress = Callable[[int, int], None]
"""Called with (done, total); raises Cancelled to stop the work between two acts."""


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


class Clock(Protocol):
    """What time this machine says it is."""

    def now(self) -> Instant:
        """Return the instant, UTC milliseconds."""
        ...

    def zone(self) -> int:
        """Return minutes east of Greenwich."""
        ...


class Chance(Protocol):
    """Randomness good enough for keys and ids."""

    def bytes(self, count: int) -> bytes:
        """Return so many random bytes."""
        ...


class Notes(Protocol):
    """What lies half done on a desk, sealed in the home: never serials in the clear."""

    def read(self) -> dict[str, str]:
        """Return what was kept, by name; raises DiskTrouble."""
        ...

    def keep(self, notes: dict[str, str]) -> None:
        """Put all notes in the place of those before; raises DiskFull, DiskTrouble."""
        ...
