"""Is this computer's clock to be believed? Held against the newest entry of its own chain."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import clocks
from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.facts import ClockObserved, Draft, Fact
from stockpile.domain.ledger import read_header
from stockpile.domain.values import NodeId
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

    def offset(self) -> int:
        """Return by how many milliseconds the registry's clock was ahead of this one, said last.

        0 where they agreed within two minutes, or were never compared.
        """
        last = last_comparison(self.books, self.keys.node)
        said = last.body.offset if last and isinstance(last.body, ClockObserved) else 0
        return said if clocks.is_off(said) else 0


def last_comparison(books: Books, node: NodeId) -> Fact | None:
    """Return what a node said last of its clock beside another; None where it said nothing."""
    found = [one for one in books.history(node) if isinstance(one.body, ClockObserved)]
    own = [one for one in found if one.node == node]
    return max(own, key=lambda one: one.seq, default=None)


def comparison(books: Books, node: NodeId, offset: int, source: str) -> Draft | None:
    """Return what is to be written down of a comparison with another clock; None for nothing new.

    The clock is never set right by the program, and no order hangs on it: people are told.
    """
    last = last_comparison(books, node)
    before = last.body.offset if last and isinstance(last.body, ClockObserved) else None
    if not clocks.is_worth_noting(offset, before):
        return None
    return Draft(node, ClockObserved(offset, source), (last.hash,) if last else ())
