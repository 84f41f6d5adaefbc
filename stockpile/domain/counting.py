"""What a count finds: every weapon that was expected, seen or came meanwhile is in one line.

1. What stood in scope at the opening horizon is expected. Facts beyond the horizon, of any node and
   however late they arrive, are movements meanwhile.
2. A sighting is judged against the custody its author knew, which it names. Where custody moved
   without their knowledge to where the weapon was seen, that act explains it.
3. A weapon that was not seen is explained by an act that took it away, or put it where the count
   had been, or may have been, before it came. What was wholly counted after it came, and did not
   have it, does not: it is missing.
4. Nothing is explained by a clock. The lines are a function of the *set* of facts.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

from stockpile.domain import codec
from stockpile.domain.facts import (
    CustodySettled,
    Draft,
    Fact,
    StocktakeOpened,
    WeaponCounted,
)
from stockpile.domain.values import Digest, Instant, NodeId, PlaceId, WeaponId, search_key
from stockpile.domain.weapons import STORED, Custody, Weapon, custody_of

LineKind = Literal["found", "missing", "unexpected", "misplaced", "explained"]
Reason = Literal["", "left", "arrived", "moved", "corrected"]
LAST_ROUND: Final = 3
"""So many times the differences are looked at; then they are what they are."""
LEAST_SAMPLE: Final = 1
DIFFERENCES: Final = frozenset[LineKind]({"missing", "unexpected", "misplaced"})
_GRAVITY: Final[tuple[LineKind, ...]] = ("found", "explained", "misplaced", "unexpected")


class Ground:
    """The places as they lie in one another."""

    def __init__(self, within: Mapping[PlaceId, PlaceId | None]) -> None:
        self._within = within
        self._paths: dict[PlaceId, tuple[PlaceId, ...]] = {}

    def path(self, place: PlaceId) -> tuple[PlaceId, ...]:
        """Return the place and all that it lies in, the innermost first."""
        known = self._paths.get(place)
        if known is None:
            known = self._paths[place] = self._climbed(place)
        return known

    def lies_in(self, place: PlaceId | None, outer: PlaceId) -> bool:
        """Say whether a place is another one or lies in it."""
        return place is not None and outer in self.path(place)

    def touches(self, place: PlaceId | None, other: PlaceId) -> bool:
        """Say whether one of two places is, or lies in, the other.

        A record that names the room agrees with a sighting in a rack of it: it is only less exact.
        """
        return place is not None and (other in self.path(place) or place in self.path(other))

    def _climbed(self, place: PlaceId) -> tuple[PlaceId, ...]:
        found: list[PlaceId] = []
        here: PlaceId | None = place
        while here is not None and here not in found:
            found.append(here)
            here = self._within.get(here)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Move:
    """An act of custody that the opening did not know: what it says, its rank, what it replaces."""

    custody: Custody
    order: tuple[int, str, int]
    replaces: tuple[Digest, ...] = ()

    @property
    def fact(self) -> Digest:
        """The fact that says so."""
        return self.custody.fact

    @property
    def node(self) -> str:
        """Whose chain it stands in."""
        return self.order[1]

    @property
    def seq(self) -> int:
        """Where in the chain it stands."""
        return self.order[2]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting of this count; ``saw`` is the custody, and the sightings, that its author knew."""

    fact: Digest
    node: NodeId
    seq: int
    place: PlaceId
    at: Instant
    saw: tuple[Digest, ...]
    round: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """All that a count needs to know of a weapon: its custody at the opening, and what came since.

    ``before`` are the heads of custody at the opening horizon.
    """

    weapon: WeaponId
    type: str = ""
    before: tuple[Custody, ...] = ()
    moves: tuple[Move, ...] = ()
    sightings: tuple[Seen, ...] = ()

    @property
    def now(self) -> tuple[Custody, ...]:
        """The custody that no known act replaces."""
        replaced = {one for move in self.moves for one in move.replaces}
        every = (*self.before, *(move.custody for move in self.moves))
        return tuple(one for one in every if one.fact not in replaced)

    def with_move(self, move: Move) -> Case:
        """Return the case with one more act; they stand in the order of all nodes."""
        moves = sorted((*self.moves, move), key=lambda one: (one.order, one.fact))
        return replace(self, moves=tuple(moves))

    def with_seen(self, seen: Seen) -> Case:
        """Return the case with one more sighting; they stand in the order of the chains."""
        sightings = sorted((*self.sightings, seen), key=lambda one: (one.node, one.seq, one.fact))
        return replace(self, sightings=tuple(sightings))


@dataclass(frozen=True, slots=True)
class Line:
    """What a count says of one weapon.

    ``place`` is where it was expected, or else where the record says it is; ``custody`` what the
    record says now; ``seen`` the places where it was seen in the last round in which it was; ``by``
    the act that explains it and ``why`` how. ``twice`` says that it was counted in two places, or
    by two who did not know of each other.
    """

    weapon: WeaponId
    kind: LineKind
    expected: bool
    place: PlaceId | None = None
    custody: Custody | None = None
    seen: tuple[PlaceId, ...] = ()
    seen_at: Instant = 0
    by: Digest | None = None
    why: Reason = ""
    twice: bool = False
    recounted: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines there are of each kind.

    ``found`` are expected ones that were found; ``extra`` were in their place, but not of this
    sample or type; ``came`` are all that were not expected. What was expected and what came are
    together all the lines.
    """

    expected: int = 0
    found: int = 0
    missing: int = 0
    misplaced: int = 0
    explained: int = 0
    unexpected: int = 0
    extra: int = 0
    came: int = 0
    twice: int = 0

    def with_line(self, line: Line, step: int = 1) -> Tally:
        """Return the numbers with a line added, or taken out with a step of -1."""
        ours = step if line.expected else 0
        kind = line.kind
        return Tally(
            self.expected + ours,
            self.found + (ours if kind == "found" else 0),
            self.missing + (step if kind == "missing" else 0),
            self.misplaced + (step if kind == "misplaced" else 0),
            self.explained + (step if kind == "explained" else 0),
            self.unexpected + (step if kind == "unexpected" else 0),
            self.extra + (step if kind == "found" and not line.expected else 0),
            self.came + (0 if line.expected else step),
            self.twice + (step if line.twice else 0),
        )


class Counted:
    """Where each node began to count a place: what tells that an act came before all of it."""

    def __init__(self) -> None:
        self._first: dict[PlaceId, dict[NodeId, int]] = {}

    def add(self, seen: Seen) -> bool:
        """Take a sighting in; say whether a place is now known to be counted from earlier on."""
        at = self._first.setdefault(seen.place, {})
        if at.get(seen.node, seen.seq + 1) <= seen.seq:
            return False
        at[seen.node] = seen.seq
        return True

    def is_after(self, move: Move, ground: Ground) -> bool:
        """Say whether all that was counted where the move ends was surely counted after it.

        Sure is only what the same node wrote later in its chain.
        """
        place = move.custody.place
        begun = [first for counted, first in self._first.items() if ground.touches(place, counted)]
        return bool(begun) and all(
            node == move.node and seq > move.seq for first in begun for node, seq in first.items()
        )


@dataclass(frozen=True)
class Scope:
    """What a count is about: the places, and the weapons in them that are to be seen."""

    stocktake: str
    opened: StocktakeOpened
    ground: Ground
    sample: frozenset[WeaponId] | None = None
    types: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", frozenset(map(search_key, self.opened.types)))

    @cached_property
    def horizon(self) -> dict[NodeId, int]:
        """How far each chain was known at the opening."""
        return {one.node: one.seq for one in self.opened.horizon}

    def knew(self, fact: Fact) -> bool:
        """Say whether the fact was known when the count was opened."""
        return fact.seq <= self.horizon.get(fact.node, 0)

    def holds(self, custody: Custody) -> bool:
        """Say whether the custody is in a store of the count's places."""
        return custody.state in STORED and self.reaches(custody.place)

    def reaches(self, place: PlaceId | None) -> bool:
        """Say whether the place is among those that are counted."""
        if place is None:
            return False
        return self.opened.place is None or self.ground.lies_in(place, self.opened.place)

    def wants(self, case: Case) -> bool:
        """Say whether a weapon is of a type, and of the sample, that is counted."""
        if self.types and search_key(case.type) not in self.types:
            return False
        return self.sample is None or case.weapon in self.sample

    def drawn(self, cases: Iterable[Case]) -> Scope:
        """Return the scope with its sample drawn from what was expected at the opening."""
        if self.opened.percent >= 100:  # noqa: PLR2004 - all of it
            return self
        whole = Scope(self.stocktake, self.opened, self.ground)
        ids = [
            one.weapon for one in cases if whole.wants(one) and any(map(whole.holds, one.before))
        ]
        chosen = sample(ids, self.opened.percent, self.opened.seed)
        return Scope(self.stocktake, self.opened, self.ground, frozenset(chosen))


def sample(ids: Iterable[WeaponId], percent: int, seed: str) -> tuple[WeaponId, ...]:
    """Return at least so many percent of the weapons, rounded up, and one at least.

    Whoever knows the seed draws the same: each is ranked by the digest of the seed and its id.
    "No less than 10 per cent" (IDDRS 4.10, 7.3.1) is never rounded down.
    """
    known = sorted(set(ids))
    wanted = min(len(known), max(LEAST_SAMPLE, math.ceil(len(known) * percent / 100)))
    ranked = sorted(known, key=lambda one: hashlib.sha256(f"{seed}\n{one}".encode()).digest())
    return tuple(sorted(ranked[:wanted]))


def move_of(fact: Fact) -> Move | None:
    """Return the act of custody that a fact is, if it is one."""
    body = fact.body
    state = custody_of(body)
    if state is None:
        return None
    holder = getattr(body, "holder", None)
    place: PlaceId | None = getattr(body, "place", None)
    if isinstance(body, CustodySettled) and holder is not None:
        place = None
    said = Custody(fact.hash, state, fact.at, place, holder, due=getattr(body, "due", "") or "")
    return Move(said, fact.order, fact.replaces)


def sighting(weapon: Weapon, scope: Scope, seen: WeaponCounted) -> Draft:
    """Write down a sighting, against the custody and the sightings of it that stand now.

    Where the record names the room and the counter the rack in it, or the other way round, they
    agree, and the place on record is written: whoever compares the two knows no plan of places.
    """
    stored = (one for one in weapon.custody if _agrees(scope, one, seen.place))
    there = next(stored, None)
    body = seen if there is None or there.place is None else replace(seen, place=there.place)
    known = tuple(one.fact for one in weapon.sightings)
    return Draft(weapon.id, body, saw=(*weapon.heads.custody, *known))


def seen_by(fact: Fact, stocktake: str) -> Seen | None:
    """Return the sighting of this count that a fact is, if it is one."""
    body = fact.body
    if not isinstance(body, WeaponCounted) or body.stocktake != stocktake:
        return None
    at = body.seen or fact.at
    return Seen(fact.hash, fact.node, fact.seq, body.place, at, fact.saw, body.round)


def reconcile(scope: Scope, cases: Sequence[Case]) -> tuple[Line, ...]:
    """Return the one line of each weapon of the count, by id; equal for any order of the cases."""
    whole = scope.drawn(cases)
    counted = Counted()
    for case in cases:
        for seen in case.sightings:
            counted.add(seen)
    lines = (judged(whole, case, counted) for case in cases)
    return tuple(sorted((one for one in lines if one), key=lambda one: one.weapon))


def judged(scope: Scope, case: Case, counted: Counted) -> Line | None:
    """Return what the count says of a weapon; None of one that is none of its business."""
    by_serial = scope.opened.basis == "serial"
    ours = scope.wants(case)
    stood = next(filter(scope.holds, case.before), None) if ours else None
    seen = _standing(case.sightings)
    if seen:
        return _seen(scope, case, seen, stood)
    return _unseen(scope, case, counted, stood) if ours and by_serial else None


def digest_of(lines: Iterable[Line], rest: Sequence[object] = ()) -> Digest:
    """Return the digest of the list of results: equal on every node that holds the same facts."""
    plain: list[list[object]] = [
        [one.weapon, one.kind, one.expected, one.place or "", list(one.seen), one.by or "", one.why]
        for one in sorted(lines, key=lambda one: one.weapon)
    ]
    return codec.digest(codec.canonical([plain, [str(one) for one in rest]]))


def tally(lines: Iterable[Line]) -> Tally:
    """Return how many lines there are of each kind."""
    numbers = Tally()
    for line in lines:
        numbers = numbers.with_line(line)
    return numbers


def _standing(sightings: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the sightings of the last round, in the order of the chains."""
    if not sightings:
        return ()
    last = max(one.round for one in sightings)
    return tuple(one for one in sightings if one.round == last)


def _unseen(scope: Scope, case: Case, counted: Counted, stood: Custody | None) -> Line | None:
    now, expected = case.now, stood is not None
    here = [one for one in now if scope.holds(one)]
    if not here and not expected:
        return None
    if not case.moves:
        return Line(case.weapon, "missing", expected, _place(stood), stood)
    by = {move.fact: move for move in case.moves}
    told = here[0] if here else now[0]
    line = Line(case.weapon, "missing", expected, told.place if here else _place(stood), told)
    moves = [by[one.fact] for one in now if one.fact in by]
    if len(here) == len(now) and len(moves) == len(now):
        if all(counted.is_after(move, scope.ground) for move in moves):
            return line
        return _explained(line, moves[-1], "moved" if expected else "arrived")
    away = next((one for one in moves if not scope.holds(one.custody)), case.moves[-1])
    return _explained(line, away, "left" if not here else "moved")


def _explained(line: Line, move: Move, why: Reason) -> Line:
    return Line(
        line.weapon, "explained", line.expected, line.place, line.custody, line.seen, line.seen_at,
        move.fact, why, line.twice, line.recounted,
    )  # fmt: skip


def _place(custody: Custody | None) -> PlaceId | None:
    return custody.place if custody else None


def _seen(scope: Scope, case: Case, seen: tuple[Seen, ...], stood: Custody | None) -> Line:
    answered = {one for sighting in seen for one in sighting.saw}
    standing = [one for one in seen if one.fact not in answered] or [seen[-1]]
    kind, why, by = max(
        (_verdict(scope, case, one, stood) for one in standing),
        key=lambda said: _GRAVITY.index(said[0]),
    )
    now = case.now
    told = now[0] if now else None
    return Line(
        weapon=case.weapon,
        kind=kind,
        expected=stood is not None,
        place=stood.place if stood else _place(told),
        custody=told,
        seen=tuple(dict.fromkeys(one.place for one in seen)),
        seen_at=max(one.at for one in standing),
        by=by,
        why=why,
        twice=len(seen) > 1,
        recounted=seen[0].round > 1,
    )


def _verdict(
    scope: Scope, case: Case, seen: Seen, stood: Custody | None
) -> tuple[LineKind, Reason, Digest | None]:
    """Return how a sighting agrees with the custody that its author knew, or what explains it."""
    known = {one.fact: one for one in (*case.before, *(move.custody for move in case.moves))}
    basis = [known[one] for one in seen.saw if one in known] or list(case.now)
    agreeing = next((one for one in basis if _agrees(scope, one, seen.place)), None)
    by = {move.fact: move for move in case.moves}
    if agreeing is not None:
        came = agreeing.fact in by and stood is None
        return ("explained", "arrived", agreeing.fact) if came else ("found", "", None)
    unknown = [move for move in case.moves if move.fact not in _behind(by, seen.saw)]
    for move in unknown:
        if _agrees(scope, move.custody, seen.place):
            return "explained", _why(move, seen, stood), move.fact
    within = any(scope.holds(one) for one in basis)
    return ("misplaced" if within else "unexpected"), "", None


def _why(move: Move, seen: Seen, stood: Custody | None) -> Reason:
    if move.node == seen.node and move.seq > seen.seq:
        return "corrected"
    return "moved" if stood else "arrived"


def _agrees(scope: Scope, custody: Custody, place: PlaceId) -> bool:
    return custody.state in STORED and scope.ground.touches(custody.place, place)


def _behind(by: Mapping[Digest, Move], saw: Iterable[Digest]) -> set[Digest]:
    """Return the acts that the author of a sighting knew: those it names, and all before them."""
    return set(_walked(by, saw))


def _walked(by: Mapping[Digest, Move], saw: Iterable[Digest]) -> Iterator[Digest]:
    line, met = list(saw), set[Digest]()
    while line:
        one = line.pop()
        if one in by and one not in met:
            met.add(one)
            line.extend(by[one].replaces)
            yield one
