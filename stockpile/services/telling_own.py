"""What this node wrote and its registry does not count goes there all the same: as evidence.

A node whose disk was cloned, or that is trusted no longer, is stopped by its registry. Before that
the entries of its own chain which the registry holds neither in the chain nor beside it are
offered: the registry refuses them, and keeps them. It is asked first what it lacks, the newest
first, so that what was told once costs one small question. Nothing about it is stored here: broken
off anywhere, the rest follows when the node is stopped the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    NodeQuarantined,
    NodeUnknown,
    RegistryRefused,
    RegistrySlow,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH, PROTOCOL_5, Receipt
from stockpile.domain.history_messages import (
    MOST_TOLD,
    EntryNamed,
    HistoriesAsked,
    HistoriesWanted,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest
from stockpile.services.feeding import Line
from stockpile.services.ports import Books
from stockpile.services.turns import TooMuch, Turn, turn, unless_too_much

FIRST_ASKED: Final = 20
"""Entries of the first question: all that is asked where everything was told before."""
PORTION: Final = 256 << 10
"""Bytes of one portion before they are squeezed."""
_REFUSED: Final = (ChainBroken, ChainGap, NodeUnknown, RegistryRefused)

Then = Callable[[], Turn]


class TellingOwn:
    """Tells of a node's own entries, turn by turn; ``step`` counts those that were told."""

    def __init__(self, books: Books, line: Line, step: Callable[[int], None], then: Then) -> None:
        self._books = books
        self._line = line
        self._step = step
        self._then = then
        self._lacking: list[int] = []
        self._portion = PORTION

    def begin(self) -> Turn:
        """Return the first turn; a registry of an earlier version is not asked."""
        if self._line.spoken < PROTOCOL_5:
            return self._then()
        return self._ask(self._books.tip().number, FIRST_ASKED)

    # --- what lacks there -----------------------------------------------------------------------

    def _ask(self, last: int, most: int) -> Turn:
        """Return the turn that asks about so many entries up to one, and then about those before.

        It ends where nothing of them lacks. Not at the first that is held: a loss that was told
        ahead of its chain may stand alone.
        """
        before = max(last - most, 0)
        if before == last:
            return self._tell()
        entries = self._books.entries(self._line.node, before, last - before)
        named = tuple(
            EntryNamed(ledger.read_header(one.header).c, ledger.entry_hash(one.header))
            for one in entries
        )

        def heard(answer: HistoriesWanted | None) -> Turn:
            wanted = frozenset[Digest](answer.entries if answer else ())
            lacking = [one.number for one in named if one.hash in wanted]
            self._lacking = lacking + self._lacking
            return self._ask(before, min(2 * most, MOST_TOLD)) if lacking else self._tell()

        asked = HistoriesAsked(self._line.node, named)
        return turn(partial(self._wanted, asked), heard)

    def _wanted(self, asked: HistoriesAsked) -> HistoriesWanted | None:
        """Ask; a registry of before answers this only to whom it trusts."""
        try:
            return self._line.link.histories_wanted(asked)
        except (*_REFUSED, NodeQuarantined, RegistrySlow, BatchTooLarge):
            return None

    # --- telling it -----------------------------------------------------------------------------

    def _tell(self) -> Turn:
        """Return the turn that tells the next portion, the oldest first, or what comes then."""
        portion = tuple(self._next_portion())
        if not portion:
            return self._then()

        def heard(told: bool | TooMuch) -> Turn:
            if told is True:
                del self._lacking[: len(portion)]
                self._step(len(portion))
                return self._tell()
            if told is False or len(portion) == 1:
                return self._then()
            self._portion = _size(portion) // 2
            return self._tell()

        return turn(partial(self._told, portion), heard)

    def _told(self, portion: Sequence[Entry]) -> bool | TooMuch:
        """Offer entries: what is refused is kept; False where the registry has no ear for them."""
        try:
            answer = unless_too_much(lambda: self._line.link.push(self._line.node, portion))
        except (ChainForked, NodeQuarantined):
            return True
        except _REFUSED:
            return False
        return True if isinstance(answer, Receipt) else answer

    def _next_portion(self) -> Iterator[Entry]:
        """Give entries that follow each other, as many as travel at once: one at least."""
        facts = size = 0
        for place, number in enumerate(self._lacking):
            if number != self._lacking[0] + place:
                return
            (entry,) = self._books.entries(self._line.node, number - 1, 1)
            facts, size = facts + len(entry.facts), size + _size((entry,))
            if place and (facts > MOST_FACTS_A_BATCH or size > self._portion):
                return
            yield entry


def _size(entries: Iterable[Entry]) -> int:
    return sum(len(one.header) + sum(map(len, one.facts)) for one in entries)
