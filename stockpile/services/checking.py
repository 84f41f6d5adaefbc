"""Verify the chain, rebuild the register, compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from stockpile.domain.days import is_head, read_head
from stockpile.domain.ledger import Tip, entry_hash, read_header
from stockpile.domain.values import NodeId
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
