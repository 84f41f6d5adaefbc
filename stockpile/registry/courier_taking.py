"""A courier file is taken in: batch by batch as over a line, and what its sender said is kept.

Loaded twice, or in any order, it changes nothing. What forks, or comes from a node that is trusted
no more, is kept as evidence; losses behind a gap are told ahead.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from stockpile.domain import ledger, wire
from stockpile.domain.courier import Content, FeedRead
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    CourierBrokenOff,
    FactUnreadable,
    NodeQuarantined,
    NumbersUsedUp,
    QuantityUnreadable,
    SchemeUnknown,
    StockpileError,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH
from stockpile.domain.ledger import Entry
from stockpile.domain.losses import reports_loss
from stockpile.domain.values import NodeId
from stockpile.registry import courier_rows, intake, second_histories
from stockpile.registry.blocks import Granting
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_rows import Said
from stockpile.registry.couriers import Looked, Stands, agreed
from stockpile.registry.statements import Signers, Statements

BATCH: Final = 1 << 20
"""Bytes of facts of one batch, before they are squeezed."""
_FARTHEST: Final = 1 << 53
MOST_ASKED: Final = 100
"""Schemes of which a file asks for numbers."""
MOST_HELD: Final = 10_000
"""Chains of which it is kept how far a node holds them."""
Heard = Callable[[int, int], None]
"""Told how many facts of how many a file was gone through."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a courier file: facts taken in, up to which entry its sender is held now.

    ``ahead`` entries with losses were told ahead of their chain, ``evidence`` entries are kept
    beside it; ``trouble`` says why. ``numbers`` is how many that were asked for go back with the
    answer, granted now or before.
    """

    sender: NodeId
    facts: int = 0
    number: int = 0
    ahead: int = 0
    evidence: int = 0
    numbers: int = 0
    trouble: StockpileError | None = None


def nobody(_facts: int) -> None:
    """Tell nobody."""


def unheard(_done: int, _total: int) -> None:
    """Show nobody how far it is."""


def take(
    books: RegistryBooks, looked: Looked, *, counted: intake.Counted = nobody,
    signers: Signers = (), heard: Heard = unheard,
) -> Taken:  # fmt: skip
    """Take in what a file brings, and remember what its sender said.

    ``signers`` sign the certificate of a sender that an enrolment officer let in; ``heard`` is told
    how many facts of how many were gone through.
    Raises RegistryBusy, CertifierUnknown, ChainBroken, FactUnreadable; what was taken in until then
    stays.
    """
    preview = looked.preview
    if preview.certificate is not None:
        Statements(books).publish(preview.certificate, signers)
    tally, done = Tally(books, counted), 0
    for seen in preview.chains:
        for _last, passed in tally.batches(seen.node, seen.stands, seen.fresh):
            done += passed
            heard(done, preview.facts)
    numbers = settle(books, looked.content)
    number = books.tip(preview.sender).number
    return Taken(
        preview.sender, tally.facts, number, tally.ahead, tally.evidence,
        numbers, tally.trouble or preview.trouble,
    )  # fmt: skip


@contextmanager
def unbroken(path: str) -> Iterator[None]:
    """Raise CourierBrokenOff where an entry proves not to be what its sender signed."""
    try:
        yield
    except (ChainBroken, FactUnreadable) as error:
        raise CourierBrokenOff(path, error.why) from error


def settle(books: RegistryBooks, content: Content) -> int:
    """Keep what a file's sender said, and return how many numbers that it asks for go back.

    What it shows of other computers that wrote two histories is kept too, and is a card then.
    """
    _remember(books, content)
    second_histories.heed(books, content.manifest.sender, content.beside)
    return _granted(books, content)


class Tally:
    """Takes chains in and counts what became of them."""

    def __init__(self, books: RegistryBooks, counted: intake.Counted) -> None:
        self._books, self._counted = books, counted
        self.facts = self.ahead = self.evidence = 0
        self.trouble: StockpileError | None = None

    def batches(
        self, node: NodeId, stands: Stands, fresh: Sequence[Entry], most: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """Take in what is new of a chain; give each batch's last number and how many facts."""
        if not fresh or stands in ("known", "aside"):
            return
        if stands == "gap":
            self._tell_ahead(node, fresh)
            yield _number(fresh[-1]), 0
            return
        for batch in portions(fresh, most):
            self._take(node, batch)
            yield _number(batch[-1]), sum(len(entry.facts) for entry in batch)

    def _take(self, node: NodeId, batch: Sequence[Entry]) -> None:
        try:
            intake.take(self._books, node, wire.squeeze(wire.pack(batch)), self._counted)
        except (ChainForked, NodeQuarantined) as error:  # each batch is kept, not the first alone
            self.trouble = self.trouble or error
            self.evidence += len(batch)
        else:
            self.facts += sum(len(entry.facts) for entry in batch)

    def _tell_ahead(self, node: NodeId, fresh: Sequence[Entry]) -> None:
        for batch in portions([entry for entry in fresh if reports_loss(entry)]):
            try:
                intake.take_ahead(self._books, node, wire.squeeze(wire.pack(batch)))
            except (BatchTooLarge, ChainForked, NodeQuarantined) as error:
                self.trouble = self.trouble or error
                return
            self.ahead += len(batch)


def portions(entries: Sequence[Entry], most: int | None = None) -> Iterator[tuple[Entry, ...]]:
    """Give entries in batches as a line would carry them; each has one at least."""
    most = MOST_FACTS_A_BATCH if most is None else most
    batch: list[Entry] = []
    size = facts = 0
    for entry in entries:
        weight = len(entry.header) + sum(map(len, entry.facts))
        if batch and (size + weight > BATCH or facts + len(entry.facts) > most):
            yield tuple(batch)
            batch, size, facts = [], 0, 0
        batch.append(entry)
        size, facts = size + weight, facts + len(entry.facts)
    if batch:
        yield tuple(batch)


def _remember(books: RegistryBooks, content: Content) -> None:
    """Keep what the sender holds and how far it read, unless a newer file of it said so already."""
    manifest = content.manifest
    with books.writing() as connection:
        books.locked(connection, manifest.sender)
        before = courier_rows.said_by(connection, manifest.sender)
        chains = tuple(dict.fromkeys((*before.chains, *(one.node for one in manifest.chains))))
        said = Said(before.file, before.made, before.holds, chains, before.read, before.sent)
        if manifest.created >= before.made:
            holds = tuple(agreed(connection, content.holds[:MOST_HELD]))
            read = _sound(content.read, books.key.node)
            said = Said(manifest.id, manifest.created, holds, chains, read, before.sent)
        courier_rows.keep(connection, manifest.sender, said, books.now())


def _granted(books: RegistryBooks, content: Content) -> int:
    """Grant the numbers that a file asks for, as over a line; no refusal stops anything else."""
    granted, desk = 0, Granting(books)
    for asked in content.asks[:MOST_ASKED]:
        with contextlib.suppress(SchemeUnknown, NumbersUsedUp, QuantityUnreadable, NodeQuarantined):
            block = desk.answer(content.manifest.sender, asked)
            granted += block.hi - block.lo + 1
    return granted


def _number(entry: Entry) -> int:
    return ledger.read_header(entry.header).c


def _sound(read: FeedRead | None, own: NodeId) -> FeedRead | None:
    """Return how far a node read our feed, where that is a place that there may be."""
    if read is None or read.registry != own:
        return None
    return read if 0 <= read.place <= _FARTHEST and 0 <= read.log_size <= _FARTHEST else None
