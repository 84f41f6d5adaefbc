"""Is this computer's clock to be believed? Held against the newest entry of its own chain."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import clocks
from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.ledger import read_header
from stockpile.services.ports import Books, Clock, Keys


@dataclass(frozen=True, slots=True)
class Clocks:
    """What speaks against the clock on the wall; on the books lane."""

    books: Books
    keys: Keys
    clock: Clock

    def doubt(self) -> ClockDoubt | None:
        """Return why the clock cannot be right, or None where it may be."""
        newest = self.books.entries(self.keys.node, max(self.books.tip().number - 1, 0), 1)
        last = read_header(newest[-1].header).t if newest else 0
        return clocks.doubt(self.clock.now(), last)
