"""Verify the chain, rebuild the register, compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from stockpile.services.ports import Books, Checked, Progress, silent


@dataclass(frozen=True, slots=True)
class Checking:
    """The proof that nobody changed the record, and the way back to it."""

    books: Books
    photos: Callable[[Progress], int] = lambda _progress: 0
    """Proves what is kept beside the books and returns how many photos that were."""

    def check(self, *, deep: bool = False, progress: Progress = silent) -> Checked:
        """Verify every seal, signature and photo; deep also derives the register anew.

        Raises what the books' own check raises, and PhotoDamaged.
        """
        checked = self.books.check(deep=deep, progress=progress)
        return replace(checked, photos=self.photos(progress))

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger's facts."""
        return self.books.rebuild(progress)
