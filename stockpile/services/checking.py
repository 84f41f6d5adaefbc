"""Verify the chain, rebuild the register, compare."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.services.ports import Books, Checked, Progress, silent


@dataclass(frozen=True, slots=True)
class Checking:
    """The proof that nobody changed the record, and the way back to it."""

    books: Books

    def check(self, *, deep: bool = False, progress: Progress = silent) -> Checked:
        """Verify every seal and signature; deep also derives the register anew and compares."""
        return self.books.check(deep=deep, progress=progress)

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger's facts."""
        return self.books.rebuild(progress)
