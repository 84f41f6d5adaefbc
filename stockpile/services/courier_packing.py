"""How far the writing of a courier file is: half of it is reading the record, half the stick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stockpile.domain.ledger import Entry
from stockpile.services.ports import Progress, silent

_PIECE: Final = 1 << 18
"""Bytes that a slow stick takes in a fraction of a second."""
_HALF: Final = 1_000
_TOLD_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class PackingSteps:
    """Tells how far a file of so many entries is; whatever is told may raise Cancelled."""

    progress: Progress = silent
    entries: int = 0

    def counted(self, read: Iterable[Entry]) -> Iterator[Entry]:
        """Give the entries on, as they are read from the record."""
        for number, entry in enumerate(read):
            if number % _TOLD_EVERY == 0:
                self._tell(0, number, self.entries)
            yield entry

    def pieces(self, whole: bytes) -> Iterator[bytes]:
        """Give the file piece by piece, as it is written."""
        for at in range(0, len(whole), _PIECE):
            self._tell(_HALF, at, len(whole))
            yield whole[at : at + _PIECE]
        self._tell(_HALF, len(whole), len(whole))  # the last moment: it has no name yet

    def _tell(self, before: int, done: int, total: int) -> None:
        self.progress(before + _HALF * done // max(total, 1), 2 * _HALF)


UNSEEN: Final = PackingSteps()
