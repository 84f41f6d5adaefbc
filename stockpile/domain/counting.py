"""What a count is about: places, the weapons in them, and what is known of each.

What was known at the opening is its horizon. Beyond it are movements and sightings, of any node and
however late they arrive; ``reconciling`` says what they come to.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

from stockpile.domain import weapons
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

    def behind(self, known: Iterable[Digest]) -> set[Digest]:
        """Return these facts, and all that they replaced, as far as the acts of the case tell."""
        by = {move.fact: move for move in self.moves}
        line, met = list(known), set[Digest]()
        while line:
            one = line.pop()
            if one not in met:
                met.add(one)
                line.extend(by[one].replaces if one in by else ())
        return met

    def with_fact(self, scope: Scope, fact: Fact) -> Case:
        """Return the case with what a fact adds to it, if anything."""
        case, seen = self, seen_by(fact, scope.stocktake)
        move = None if scope.knew(fact) else move_of(fact)
        if move is not None:
            case = case.with_move(move)
        return case if seen is None else case.with_seen(seen)

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

    def agrees(self, custody: Custody, place: PlaceId) -> bool:
        """Say whether a weapon in this custody may be seen there."""
        return custody.state in STORED and self.ground.touches(custody.place, place)

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


def case_of(scope: Scope, weapon: WeaponId, known: Sequence[Fact]) -> Case:
    """Return what a count needs to know of a weapon, from all facts about it that are known."""
    stood = weapons.folded(weapon, (one for one in known if scope.knew(one)))
    case = Case(weapon, weapons.folded(weapon, known).type, heads_of(stood))
    for fact in known:
        case = case.with_fact(scope, fact)
    return case


def heads_of(weapon: Weapon) -> tuple[Custody, ...]:
    """Return every account of a weapon's custody, those that another one bears out too."""
    if not weapon.echoes:
        return weapon.custody
    return tuple(sorted((*weapon.custody, *weapon.echoes), key=lambda one: one.fact))


def sighting(weapon: Weapon, scope: Scope, seen: WeaponCounted) -> Draft:
    """Write down a sighting, against the custody and the sightings of it that stand now.

    Where the record names the room and the counter the rack in it, or the other way round, they
    agree, and the place on record is written: whoever compares the two knows no plan of places.
    """
    stored = (one for one in weapon.custody if scope.agrees(one, seen.place))
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
