"""What is new here, offered to a registry batch by batch until it signed for the last entry.

A batch is small at first, twice as large after each quick one, as large as crosses in good time on
a line that takes two at a time, half as large where the line was too slow for it, and never again
as large as one that the registry called too large. How far the registry signed is kept after each:
killed anywhere, the next talk asks it what it holds and goes on from there.

On a line so quick that the largest batch would cross it twice in good time, or many of the size
that just crossed, two are under way: a batch is sent before the one before it is answered, and what
comes after is read and packed meanwhile. What is left is shared between the two. Their answers are
heard in order. Where one of them is anything but a receipt, two are one too many: it is offered
once more by itself, and so is what was sent behind it and not taken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainGap,
    RegistryAsksToWait,
    RegistryNonsense,
    RegistryUnreachable,
    StockpileError,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH, Receipt, receipt_names
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Instant
from stockpile.services.feeding import Line
from stockpile.services.ports import Books, Peer
from stockpile.services.turns import TooMuch, Turn, halved, turn, unless_too_much

FIRST_BATCH: Final = 64 << 10
LARGEST_BATCH: Final = 4 << 20
"""Bytes of facts before they are squeezed; a sixth of that travels. A registry that takes less says
so once a session."""
QUICK: Final[Instant] = 5_000
"""Milliseconds: a batch that takes less is followed by a larger one; a line of 2G waits less so."""
MOST_UNDER_WAY: Final = 2
_MANY: Final = 8
"""So many times what just crossed is known to cross in good time: a small batch's answer is mostly
the registry's own pace, and says little of how long a large one takes."""
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


@dataclass
class _Sent:
    """A batch on its way, what waits for its answer, and since when.

    ``is_beside`` says that it did not wait for the answer to another one.
    """

    batch: tuple[Entry, ...]
    answer: Callable[[], Receipt]
    begun: Instant = 0
    is_beside: bool = False


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
        self._largest = LARGEST_BATCH
        self._offered = Offered(peer)
        self._is_quick = False
        self._takes_two = True
        self._under_way: deque[_Sent] = deque()
        self._ahead: tuple[Entry, ...] = ()

    def after(self, number: int) -> Turn:
        """Return the turn that offers the entries after this one, where none is under way."""
        batch, self._ahead = self._ahead or self._read(number), ()
        if not batch:
            return self._done(self._offered)
        return self._begin(batch) if self._is_quick else self._offer(batch)

    def _read(self, number: int) -> tuple[Entry, ...]:
        return tuple(self._next_batch(number))

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

    def _offer(self, batch: tuple[Entry, ...]) -> Turn:
        """Return the turn that offers a batch by itself and waits for the answer."""
        sent = _Sent(batch, self._push(batch))

        def push() -> Receipt | TooMuch:
            sent.begun = self._line.clock.now()
            return unless_too_much(sent.answer)

        return turn(push, partial(self._heard, sent))

    def _push(self, batch: tuple[Entry, ...]) -> Callable[[], Receipt]:
        return partial(self._line.link.push, self._line.node, batch)

    def _begin(self, batch: tuple[Entry, ...]) -> Turn:
        """Return the turn that sends a batch and waits for nothing; then the next one is read."""
        link, node = self._line.link, self._line.node

        def begin() -> _Sent:
            now = self._line.clock.now()
            return _Sent(batch, link.begin_push(node, batch), now, is_beside=True)

        def begun(sent: _Sent) -> Turn:
            self._under_way.append(sent)
            end = tip_after(batch[-1]).number
            self._ahead = self._read(end) if end < self._last else ()
            return self._after(end)

        return turn(begin, begun)

    def _after(self, end: int) -> Turn:
        """Return the turn that sends what was read ahead, or hears who is under way, or ends."""
        if self._ahead and self._is_quick and len(self._under_way) < MOST_UNDER_WAY:
            return self._begin(self._ahead)
        if self._under_way:
            sent = self._under_way.popleft()
            return turn(partial(self._answer_to, sent), partial(self._heard, sent))
        return self.after(end) if end < self._last else self._done(self._offered)

    def _answer_to(self, sent: _Sent) -> Receipt | TooMuch | None:
        """Return the answer to a batch that went beside another; None if it is to go by itself."""
        if self._ahead and self._is_quick:
            self._line.link.make_ready(self._ahead)
        try:
            return unless_too_much(sent.answer)
        except RegistryAsksToWait:
            # who takes the turns waits, and takes this one again: then it goes by itself
            self._takes_two = self._is_quick = False
            sent.answer = self._push(sent.batch)
            raise
        except (ChainGap, RegistryUnreachable):
            return None  # it came before the one that it continues, or there is no second line

    def _heard(self, sent: _Sent, answer: Receipt | TooMuch | None) -> Turn:
        if not isinstance(answer, Receipt):
            return self._again(sent, answer)
        tip = tip_after(sent.batch[-1])
        if not receipt_names(answer, self._line.node, tip):
            raise RegistryNonsense(self._offered.peer.url, "a receipt for something else")
        self._keep_pace(sent)
        self._note(answer, sent.batch)
        return self._after(tip.number)

    def _again(self, sent: _Sent, answer: TooMuch | None) -> Turn:
        """Return the turn that offers a batch once more: by itself, or a part of it."""
        is_too_large = isinstance(answer, BatchTooLarge)
        if sent.is_beside and not is_too_large:
            self._takes_two = self._is_quick = False
        if answer is None:
            return self._offer(sent.batch)
        self._batch = halved(sum(map(_size, sent.batch)), len(sent.batch), answer)
        if is_too_large:
            self._largest = self._batch
        before = ledger.read_header(sent.batch[0].header).c - 1
        behind, self._ahead = tuple(self._under_way), ()
        self._under_way.clear()
        if not behind:
            return self.after(before)

        def hear_out() -> None:
            """Let the line be free again; what they say is asked anew."""
            for one in behind:
                with suppress(StockpileError):
                    one.answer()

        return turn(hear_out, lambda _nothing: self.after(before))

    def _keep_pace(self, sent: _Sent) -> None:
        """Learn from a batch that was taken in how large the next may be, and if two may go."""
        took = self._line.clock.now() - sent.begun
        size = sum(map(_size, sent.batch))
        # two that share a line take twice as long as each alone
        shares = 1 if self._under_way else MOST_UNDER_WAY
        in_good_time = size * QUICK // max(took * shares, 1)
        self._is_quick = self._takes_two and in_good_time > min(size * _MANY, LARGEST_BATCH)
        if self._is_quick:
            rest = size * (self._last - tip_after(sent.batch[-1]).number) // len(sent.batch)
            self._batch = min(in_good_time, self._largest, rest // MOST_UNDER_WAY + size)
        elif took < QUICK:
            self._batch = min(self._batch * 2, self._largest)

    def _note(self, receipt: Receipt, batch: tuple[Entry, ...]) -> None:
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
