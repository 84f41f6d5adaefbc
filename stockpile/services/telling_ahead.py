"""What heads an exchange: losses and recoveries that the registry does not hold yet.

A loss cannot stay a local matter until a long chain is through a thin line. Each entry proves
itself, so those that tell of the weapon go first, with whatever puts it on record; the chain then
brings everything in its order, these again among it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from stockpile.domain import ledger
from stockpile.domain.exchange import Told
from stockpile.domain.facts import Horizon, WeaponLost, WeaponRecovered
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId, WeaponId
from stockpile.services.ports import Books, RegistryLink
from stockpile.services.turns import TooMuch, Turn, turn, unless_too_much

MOST: Final = 2 << 20
"""Bytes of facts that are told ahead in one call, before they are squeezed."""
_TOLD: Final = (WeaponLost, WeaponRecovered)


def lost_after(books: Books, node: NodeId, seq: int) -> tuple[WeaponId, ...]:
    """Return the weapons that this node reported lost or recovered after a fact of its chain."""
    known = [one for one in books.horizons() if one.node != node]
    told = books.since([*known, Horizon(node, seq)], _TOLD)
    return tuple(dict.fromkeys(WeaponId(fact.subject) for fact in told))


def entries_ahead(books: Books, node: NodeId, seq: int) -> tuple[Entry, ...]:
    """Return the entries after a fact of our chain that tell of weapons lost or recovered there."""
    wanted = {
        fact.seq
        for weapon in lost_after(books, node, seq)
        for fact in books.history(weapon)
        if fact.node == node and fact.seq > seq
    }
    return tuple(_entries_with(books, node, sorted(wanted)))


def portions(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Give entries in portions that one call may carry; each has one at least."""
    portion: list[Entry] = []
    size = 0
    for entry in entries:
        weight = len(entry.header) + sum(map(len, entry.facts))
        if portion and size + weight > MOST:
            yield tuple(portion)
            portion, size = [], 0
        portion.append(entry)
        size += weight
    if portion:
        yield tuple(portion)


def tell_ahead(
    losses: Iterator[tuple[Entry, ...]], link: RegistryLink, node: NodeId, then: Callable[[], Turn]
) -> Turn:
    """Return the turns that tell these portions ahead; what is too much waits for the chain."""
    portion = next(losses, None)
    if portion is None:
        return then()

    def heard(answer: Told | TooMuch) -> Turn:
        if not isinstance(answer, Told):
            return then()
        return tell_ahead(losses, link, node, then)

    return turn(lambda: unless_too_much(lambda: link.tell_ahead(node, portion)), heard)


def seq_at(books: Books, node: NodeId, number: int) -> int:
    """Return the last fact of an entry of a chain; 0 before the first entry."""
    if not number:
        return 0
    header = ledger.read_header(books.entries(node, number - 1, 1)[0].header)
    return header.f + header.k - 1


def _entries_with(books: Books, node: NodeId, seqs: Iterable[int]) -> Iterator[Entry]:
    """Give the entries that hold these facts, each once; the chain is halved to find each."""
    last = 0
    for seq in seqs:
        if seq <= last:
            continue
        low, high = 1, books.tip().number
        while low < high:
            middle = (low + high) // 2
            if seq_at(books, node, middle) < seq:
                low = middle + 1
            else:
                high = middle
        (entry,) = books.entries(node, low - 1, 1)
        last = seq_at(books, node, low)
        yield entry
