"""What is new here, offered to a registry batch by batch until it signed for the last entry.

A batch is small at first, twice as large after each quick one, half as large where the line was too
slow for it. How far the registry signed is kept after each: killed anywhere, the next talk asks it
what it holds and goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import ledger
from stockpile.domain.errors import RegistryNonsense
from stockpile.domain.exchange import MOST_FACTS_A_BATCH, Receipt, receipt_names
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Instant
from stockpile.services.feeding import Line
from stockpile.services.ports import Books, Peer
from stockpile.services.turns import TooMuch, Turn, halved, turn, unless_too_much

FIRST_BATCH: Final = 64 << 10
LARGEST_BATCH: Final = 2 << 20
"""Bytes of facts before they are squeezed; a quarter of that travels."""
QUICK: Final[Instant] = 5_000
"""Milliseconds: a batch that takes less is followed by a larger one; a line of 2G waits less so."""
_READ_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers of two entries of ours: the last that the registry holds, the last to offer."""

    held: int
    last: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What offering came to: the last receipt, if any, and how many facts and photos were new."""

    peer: Peer
    receipt: Receipt | None = None
    facts: int = 0
    photos: int = 0


class Offering:
    """Offers a node's own entries, turn by turn.

    ``step`` is told how many were taken in; ``photos_in`` says how many photos an entry names.
    """

    def __init__(
        self, books: Books, line: Line, peer: Peer, reach: Reach,
        step: Callable[[int], None], done: Callable[[Offered], Turn],
        photos_in: Callable[[Entry], int],
    ) -> None:  # fmt: skip
        self._photos_in = photos_in
        self._books = books
        self._line = line
        self._held, self._last = reach.held, reach.last
        self._step = step
        self._done = done
        self._batch = FIRST_BATCH
        self._offered = Offered(peer)

    def after(self, number: int) -> Turn:
        """Return the turn that offers the entries after this one."""
        batch = tuple(self._next_batch(number))
        if not batch:
            return self._done(self._offered)
        begun: list[Instant] = []

        def push() -> Receipt | TooMuch:
            begun.append(self._line.clock.now())
            return unless_too_much(lambda: self._line.link.push(self._line.node, batch))

        return turn(push, lambda answer: self._heard(number, batch, begun[0], answer))

    def _next_batch(self, number: int) -> Iterator[Entry]:
        size = facts = 0
        while entries := self._books.entries(self._line.node, number, _READ_AT_ONCE):
            for entry in entries:
                size += _size(entry)
                facts += len(entry.facts)
                if facts > len(entry.facts) and (size > self._batch or facts > MOST_FACTS_A_BATCH):
                    return
                yield entry
            number += len(entries)

    def _heard(
        self, number: int, batch: Sequence[Entry], begun: Instant, answer: Receipt | TooMuch
    ) -> Turn:
        if not isinstance(answer, Receipt):
            self._batch = halved(sum(map(_size, batch)), len(batch), answer)
            return self.after(number)
        tip = tip_after(batch[-1])
        if not receipt_names(answer, self._line.node, tip):
            raise RegistryNonsense(self._offered.peer.url, "a receipt for something else")
        if self._line.clock.now() - begun < QUICK:
            self._batch = min(self._batch * 2, LARGEST_BATCH)
        self._note(answer, batch)
        return self.after(tip.number) if tip.number < self._last else self._done(self._offered)

    def _note(self, receipt: Receipt, batch: Sequence[Entry]) -> None:
        """Write down what the registry signed for."""
        new = [entry for entry in batch if tip_after(entry).number > self._held]
        before = self._offered
        self._held = max(self._held, receipt.number)
        self._offered = Offered(
            replace(before.peer, acknowledged=receipt.number),
            receipt,
            before.facts + sum(len(entry.facts) for entry in new),
            before.photos + sum(map(self._photos_in, new)),
        )
        self._books.keep_receipt(before.peer.registry_key, receipt)
        self._books.keep_peer(self._offered.peer)
        self._step(len(new))


def tip_after(entry: Entry) -> Tip:
    """Return where a chain ends with this entry."""
    header = ledger.read_header(entry.header)
    return Tip(header.c, header.f + header.k - 1, ledger.entry_hash(entry.header))


def _size(entry: Entry) -> int:
    return len(entry.header) + sum(map(len, entry.facts))
