"""Is this computer's clock to be believed? Held against its own chain and its registry's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from stockpile.domain import clocks, people
from stockpile.domain.clock_doubts import in_doubt
from stockpile.domain.clocks import PERSON, ClockDoubt, Known
from stockpile.domain.facts import ClockObserved, Draft, Fact
from stockpile.domain.ledger import read_header
from stockpile.domain.values import Digest, NodeId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, Keys, Recorded

_LOOKED_AT: Final = 200
"""Own entries whose times are held against the clock: what was written before it was set back."""


@dataclass(slots=True)
class _Seen:
    """What the clock was held against last: papers are drawn where no books are at hand."""

    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Clocks:
    """What speaks against the clock on the wall; on the books lane unless said otherwise."""

    books: Books
    keys: Keys
    clock: Clock
    _seen: _Seen = field(default_factory=_Seen, repr=False, compare=False)

    def doubt(self) -> ClockDoubt | None:
        """Return why the clock cannot be right, or None where it may be."""
        self._seen.known = self._known()
        return self.doubt_now()

    def doubt_now(self) -> ClockDoubt | None:
        """Return the same by what was known when it was asked last; on any lane."""
        return clocks.doubt(self.clock.now(), self._seen.known)

    def offset(self) -> int:
        """Return by how many milliseconds the registry's clock was ahead of this one, said last.

        0 where they agreed within two minutes, or were never compared.
        """
        said = _offset_of(last_comparison(self.books, self.keys.node))
        return said if clocks.is_off(said) else 0

    def found_right(self, *, by: SignedIn) -> Recorded:
        """Put on record that somebody looked at another clock, and this one is right.

        What was known before speaks against it no more. Whoever may exchange may say so: an
        exchange compares clocks as well. Raises OfficerNotAuthorised.
        """
        people.authorise(by.officer, "sync")
        last = _last_said(self.books, self.keys.node)
        body = ClockObserved(0, PERSON)
        draft = Draft(self.keys.node, body, (last.hash,) if last else ())
        return self.books.record([draft], by=by.id, signers=[by.key])

    def _known(self) -> Known:
        """Return the latest times on record since the clock was found right last.

        What a registry signed is read as this clock would show it, by their last comparison.
        """
        node = self.keys.node
        right = _found_right_at(self.books, node)
        headers = [read_header(raw) for raw in self.books.latest_headers(node, _LOOKED_AT)]
        since = [one for one in headers if one.f + one.k > right]
        first = since[-1].c if since else 0
        signed = self.books.signed_at(node, first)
        ahead = max(self.offset(), 0)
        return Known(max((one.t for one in since), default=0), max(signed - ahead, 0))


def last_comparison(books: Books, node: NodeId) -> Fact | None:
    """Return what a node said last of its clock beside another computer's; None for nothing."""
    said = [one for one in _said(books, node) if _source(one) != PERSON]
    return max(said, key=lambda one: one.seq, default=None)


def doubted(books: Books, history: Collection[Fact]) -> frozenset[Digest]:
    """Return the facts of a history whose time is contradicted by something on record."""
    nodes = {fact.node for fact in history}
    return in_doubt(history, comparisons(books, nodes))


def comparisons(books: Books, nodes: Iterable[NodeId]) -> list[Fact]:
    """Return what nodes found when they compared their own clocks with another one."""
    return [one for node in sorted(nodes) for one in _said(books, node)]


def comparison(books: Books, node: NodeId, offset: int, source: str) -> Draft | None:
    """Return what is to be written down of a comparison with another clock; None for nothing new.

    The clock is never set right by the program, and no order hangs on it: people are told.
    """
    compared = last_comparison(books, node)
    before = _offset_of(compared) if compared else None
    if not clocks.is_worth_noting(offset, before):
        return None
    last = _last_said(books, node)
    return Draft(node, ClockObserved(offset, source), (last.hash,) if last else ())


def _said(books: Books, node: NodeId) -> list[Fact]:
    found = [one for one in books.history(node) if isinstance(one.body, ClockObserved)]
    return [one for one in found if one.node == node]


def _last_said(books: Books, node: NodeId) -> Fact | None:
    return max(_said(books, node), key=lambda one: one.seq, default=None)


def _found_right_at(books: Books, node: NodeId) -> int:
    """Return the place in the chain where its clock was last found right; 0 for nowhere."""
    right = [one for one in _said(books, node) if not clocks.is_off(_offset_of(one))]
    return max((one.seq for one in right), default=0)


def _offset_of(fact: Fact | None) -> int:
    return fact.body.offset if fact and isinstance(fact.body, ClockObserved) else 0


def _source(fact: Fact) -> str:
    return fact.body.source if isinstance(fact.body, ClockObserved) else ""
