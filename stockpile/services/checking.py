"""Verify the chain, rebuild the register, compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain.days import is_head, read_head
from stockpile.domain.ledger import Tip, entry_hash, read_header
from stockpile.domain.values import Instant, NodeId
from stockpile.services.ports import Books, Checked, Progress, silent

Rest = Callable[[], None]
Beside = Callable[[Progress, Rest], Checked]
_STRETCHES: Final = 4
_FINE: Final = 1_000


def _at_once() -> None:
    """Do not rest."""


class _AsOne:
    """Stretches of one work, each of which counts from nothing, told as one that only grows."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stretch, self._share = 0, 0.0

    def step(self, done: int, total: int) -> None:
        """Tell how far the whole is."""
        share = done / total if total else 1.0
        if share < self._share:
            self._stretch = min(self._stretch + 1, _STRETCHES - 1)
        self._share = share
        self._progress(round(_FINE * (self._stretch + share)), _FINE * _STRETCHES)


@dataclass(frozen=True, slots=True)
class Checking:
    """The proof that nobody changed the record, and the way back to it."""

    books: Books
    beside: Beside
    """Proves the books beside whoever works on them; its second part is called to rest."""
    photos: Callable[[Progress], int]
    """Proves what is kept beside the books and returns how many photos that were."""

    def check(self, *, deep: bool = False, progress: Progress = silent) -> Checked:
        """Verify every seal, signature and photo; deep also derives the register anew.

        Raises what the books' own check raises, and PhotoDamaged.
        """
        checked = self.books.check(deep=deep, progress=progress)
        return replace(checked, photos=self.photos(progress))

    def prove_beside(self, progress: Progress = silent, rest: Rest = _at_once) -> Checked:
        """Check deeply beside the desk, on a lane of its own; the four stretches are told as one.

        ``rest`` is called where it may wait as long as it likes: nothing is held meanwhile. What it
        found is noted by `keep_proof`. Raises as `check` does, DiskFull, DiskTrouble, Cancelled.
        """
        told = _AsOne(progress)
        checked = self.beside(told.step, rest)

        def step(done: int, total: int) -> None:
            rest()
            told.step(done, total)

        return replace(checked, photos=self.photos(step))

    def keep_proof(self, checked: Checked, at: Instant) -> None:
        """Write down, on the books' lane, that the record held as it stood at a moment."""
        self.books.note_proved(at, checked)

    def head_of(self, text: str) -> NodeId | None:
        """Return whose chain has exactly the entry that a head code names, None for nobody's.

        Papers of other nodes bear their own codes. Raises FieldUnreadable for no head code.
        """
        return head_of(self.books, text)

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger's facts."""
        return self.books.rebuild(progress)


def head_of(books: Books, text: str) -> NodeId | None:
    """Return whose chain has exactly the entry that a head code names, None for nobody's.

    Raises FieldUnreadable where the text is no head code.
    """
    code = read_head(text)
    number = int(code.partition("-")[0])
    for node, tip in books.tips():
        if not 0 < number <= tip.number:
            continue
        header = books.entries(node, number - 1, 1)[0].header
        said = read_header(header)
        if is_head(code, Tip(said.c, said.f + said.k - 1, entry_hash(header))):
            return node
    return None
