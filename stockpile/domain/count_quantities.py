"""Counts without serials: how many stood there, replayed to the moment, beside how many there were.

What the counting node wrote before its own number is replayed, with all that this rested on; what
it wrote after is not. What else others wrote may have happened before or after: it makes a span of
numbers that are all explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stockpile.domain.counting import Case, Scope
from stockpile.domain.facts import Fact, QuantityCounted
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, PlaceId, search_key
from stockpile.domain.weapons import STORED, Custody


@dataclass(frozen=True, slots=True)
class Told:
    """A number that a counter wrote down: where, of which type, in which chain and when."""

    fact: Digest
    place: PlaceId
    type: str
    quantity: int
    node: NodeId
    seq: int
    order: tuple[int, str, int]
    at: Instant
    by: OfficerId | None = None


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """How many of a type (empty: of any) stood at a place, and how many were counted.

    ``least`` and ``most`` are what the movements meanwhile allow; ``counted`` None says that
    nobody counted there.
    """

    place: PlaceId
    type: str
    counted: int | None
    expected: int
    least: int
    most: int

    @property
    def agrees(self) -> bool:
        """Whether the number is what was expected, or what movements meanwhile made of it."""
        return self.least <= (self.counted or 0) <= self.most

    @property
    def difference(self) -> int:
        """How many too many, or (below zero) too few; 0 where it agrees."""
        counted = self.counted or 0
        if self.agrees:
            return 0
        return counted - (self.most if counted > self.most else self.least)

    @property
    def said(self) -> str:
        """What an investigation says of it: type, number counted and number expected."""
        numbers = f"{self.counted or 0}/{self.expected}"
        return f"{self.type}: {numbers}" if self.type else numbers


def told_by(fact: Fact, stocktake: str) -> Told | None:
    """Return the number for this count that a fact is, if it is one."""
    body = fact.body
    if not isinstance(body, QuantityCounted) or body.stocktake != stocktake:
        return None
    return Told(
        fact.hash, body.place, body.type, body.quantity, fact.node, fact.seq, fact.order, fact.at,
        fact.by,
    )  # fmt: skip


def standing(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the last number told of each place and type: a recount stands for the count."""
    last: dict[tuple[PlaceId, str], Told] = {}
    for one in sorted(told, key=lambda one: (one.order, one.fact)):
        last[one.place, search_key(one.type)] = one
    return tuple(last[key] for key in sorted(last))


def quantity_lines(
    scope: Scope, cases: Sequence[Case], told: Sequence[Told]
) -> tuple[QuantityLine, ...]:
    """Return a line for each number told, and for each place that nobody counted."""
    wanted = [case for case in cases if scope.wants(case)]
    numbers = standing(told)
    lines = [_line(scope, wanted, one) for one in numbers]
    return (*lines, *_uncounted(scope, wanted, numbers))


def _line(scope: Scope, cases: Sequence[Case], told: Told) -> QuantityLine:
    expected = least = most = 0
    for case in cases:
        if not _is_of(case, told.type):
            continue
        sure, options = _there(scope, case, told)
        expected += sure
        least += min(options)
        most += max(options)
    return QuantityLine(told.place, told.type, told.quantity, expected, least, most)


def _there(scope: Scope, case: Case, told: Told) -> tuple[bool, set[bool]]:
    """Return whether a weapon stood there by all that is sure, and by all that may be."""
    if not case.moves:
        here = any(_lies(scope, one, told.place) for one in case.before)
        return here, {here}
    own = [one.fact for one in case.moves if one.node == told.node and one.seq < told.seq]
    before = case.behind(own)
    known = [one for one in case.moves if one.fact in before]
    replaced = {one for move in known for one in move.replaces}
    heads = [*case.before, *(move.custody for move in known)]
    sure = any(_lies(scope, one, told.place) for one in heads if one.fact not in replaced)
    others = (one.custody for one in case.moves if one not in known and one.node != told.node)
    return sure, {sure, *(_lies(scope, one, told.place) for one in others)}


def _uncounted(scope: Scope, cases: Sequence[Case], told: Sequence[Told]) -> Iterable[QuantityLine]:
    """Return what stood where nobody counted, nor counted its type."""
    left: dict[tuple[PlaceId, str], list[bool]] = {}
    by_type = scope.opened.basis == "type"
    for case in cases:
        stood = next(filter(scope.holds, case.before), None)
        if stood is None or stood.place is None or _is_told(scope, case, stood.place, told):
            continue
        kind = case.type if by_type else ""
        stays = all(_lies(scope, one, stood.place) for one in case.now)
        left.setdefault((stood.place, kind), []).append(stays)
    for (place, kind), stay in sorted(left.items()):
        yield QuantityLine(place, kind, None, len(stay), sum(stay), len(stay))


def _is_told(scope: Scope, case: Case, place: PlaceId, told: Sequence[Told]) -> bool:
    return any(scope.ground.lies_in(place, one.place) and _is_of(case, one.type) for one in told)


def _is_of(case: Case, type_: str) -> bool:
    return not type_ or search_key(case.type) == search_key(type_)


def _lies(scope: Scope, custody: Custody, place: PlaceId) -> bool:
    return custody.state in STORED and scope.ground.lies_in(custody.place, place)
