"""Verify, accept or refuse; twice is the same as once.

Everything that an entry can be asked on its own is asked before any lock is taken: whole lines,
canonical bytes, addresses, Merkle root, links inside the batch, signature. Whether it continues the
chain is asked under the node's lock (``books``). What a fact *says* is never a reason to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from stockpile.domain import ledger, wire
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    ChainGap,
    MessageUnreadable,
    RegistryBusy,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH, Receipt, Told
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, NodeId
from stockpile.registry import alike, alike_rows, audit, urgent
from stockpile.registry.arrivals import Arrivals
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import lock_fold
from stockpile.registry.rows import Checked

Counted = Callable[[int], None]
"""Told how many facts a batch had that was taken in."""


def _nobody(_facts: int) -> None:
    """Tell nobody."""


def take(
    books: RegistryBooks, node: NodeId, squeezed: bytes, counted: Counted = _nobody,
    arrivals: Arrivals | None = None,
) -> Receipt:  # fmt: skip
    """Take in a batch as it travelled and return the receipt for its last entry.

    Without ``arrivals`` nothing is waited for.

    Raises BatchTooLarge, MessageUnreadable, ChainBroken, ChainGap, ChainForked, NodeQuarantined,
    NodeUnknown, RegistryBusy.
    """
    entries = wire.unpack(wire.unfold(squeezed), MOST_FACTS_A_BATCH)
    if not entries:
        raise MessageUnreadable("no entries")
    batch = tuple(checked(entries, node, books.public_key(node)))
    receipt = (arrivals or Arrivals()).take(books, node, batch)
    counted(sum(len(entry.facts) for entry in entries))
    with suppress(RegistryBusy):  # the batch is taken in; what waits is told with the next one
        tell_alike(books, node)
    return receipt


def tell_alike(books: RegistryBooks, node: NodeId) -> None:
    """Tell the sites of weapons that share something of each other, as far as a node's turn goes.

    A transaction of its own, after the batch: nobody waits for the audit log under the fold lock.
    Raises RegistryBusy, NodeUnknown.
    """
    own, now = books.key.node, books.now()
    with books.reading() as connection:
        if not alike_rows.is_due(connection, (own, node), now):
            return
    with books.writing() as connection:
        asker = books.locked(connection, node)
        itself = books.locked(connection, own)  # before the audit log's head, as always
        audit.head(connection, locked=True)
        lock_fold(connection)
        if asker.status == "enrolled":
            alike.tell(connection, itself, asker, now)


def take_ahead(books: RegistryBooks, node: NodeId, squeezed: bytes) -> Told:
    """Take in entries that a node tells ahead of its chain: losses that cannot wait.

    Raises BatchTooLarge, MessageUnreadable, ChainBroken, ChainForked, NodeQuarantined, NodeUnknown.
    """
    entries = wire.unpack(wire.unfold(squeezed), MOST_FACTS_A_BATCH)
    books.take_ahead(node, tuple(urgent.checked(entries, node, books.public_key(node))))
    return Told(node, len(entries))


def checked(entries: Sequence[Entry], node: NodeId, public_key: bytes) -> Iterator[Checked]:
    """Give the entries, each verified and linked to the one before; raise ChainBroken."""
    previous: Tip | None = None
    for entry in entries:
        header = ledger.read_header(entry.header)
        if header.n != node:
            raise ChainBroken(node, header.c, "node")
        known = ledger.demand_well_formed(entry)
        previous = _linked(entry, previous or _before(header), public_key, known)
        yield Checked(entry, header, known, previous.hash)


def _before(header: ledger.Header) -> Tip:
    """Return the tip that the batch's first entry says it continues."""
    return Tip(header.c - 1, header.f - 1, Digest(header.p))


def _linked(entry: Entry, previous: Tip, public_key: bytes, known: Sequence[Fact]) -> Tip:
    """Check the entry against the one before it in the batch, where a gap is a break."""
    try:
        return ledger.check(entry, previous, public_key, known)
    except (ChainGap, ChainForked) as error:
        header = ledger.read_header(entry.header)
        raise ChainBroken(header.n, header.c, "link") from error
