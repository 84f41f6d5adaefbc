"""The sheet of a count that goes on: it takes scans and movements one by one, whoever wrote them.

Whatever the order in which they come, its lines are those that ``reconciling.reconcile`` gives for
all of them together. A scan costs the same for ten weapons as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from stockpile.domain import count_quantities, counting, reconciling
from stockpile.domain.count_quantities import QuantityLine, Told
from stockpile.domain.counting import (
    Case,
    Line,
    LineKind,
    Move,
    Scope,
    Seen,
    Tally,
)
from stockpile.domain.facts import Fact, StrangerCounted
from stockpile.domain.reconciling import Counted
from stockpile.domain.values import Digest, Instant, PlaceId, WeaponId


@dataclass(frozen=True, slots=True)
class Stranger:
    """Something that was read during the count and stands on no record."""

    fact: Digest
    place: PlaceId
    read: str
    at: Instant


class CountSheet:
    """All lines of one count, kept up fact by fact. Lives on the books lane."""

    def __init__(self, scope: Scope, cases: Iterable[Case], told: Iterable[Fact] = ()) -> None:
        self._cases: dict[WeaponId, Case] = {case.weapon: case for case in cases}
        self._scope = scope.drawn(self._cases.values())
        self._counted = Counted()
        self._taken: set[Digest] = set()
        self._lines: dict[WeaponId, Line] = {}
        self._by_kind: dict[LineKind, dict[WeaponId, Line]] = {}
        self._moved: set[WeaponId] = set()
        self._tally = Tally()
        self._strangers: dict[Digest, Stranger] = {}
        self._told: dict[Digest, Told] = {}
        self._seen_at: dict[PlaceId, int] = {}
        for case in self._cases.values():
            for seen in case.sightings:
                self._counted.add(seen)
                self._note(seen)
        for fact in told:
            self._hear(fact)
        for case in self._cases.values():
            self._taken.update(one.fact for one in case.sightings)
            self._taken.update(move.fact for move in case.moves)
            self._judge(case)

    @property
    def scope(self) -> Scope:
        """What is counted, its sample drawn."""
        return self._scope

    @property
    def tally(self) -> Tally:
        """How many lines there are of each kind."""
        return self._tally

    @property
    def lines(self) -> Mapping[WeaponId, Line]:
        """Every line, by weapon."""
        return MappingProxyType(self._lines)

    @property
    def strangers(self) -> tuple[Stranger, ...]:
        """What was read and stands on no record, each text at each place once."""
        first: dict[tuple[PlaceId, str], Stranger] = {}
        for one in sorted(self._strangers.values(), key=lambda one: (one.at, one.fact)):
            first.setdefault((one.place, one.read), one)
        return tuple(first.values())

    @property
    def told(self) -> tuple[Told, ...]:
        """The numbers that stand, of a count without serials."""
        return count_quantities.standing(self._told.values())

    @property
    def seen_at(self) -> Mapping[PlaceId, int]:
        """How many sightings were made at each place: where somebody has been already."""
        return MappingProxyType(self._seen_at)

    @property
    def round(self) -> int:
        """The highest round in which something was seen so far."""
        rounds = (one.round for case in self._cases.values() for one in case.sightings)
        return max(rounds, default=1)

    def of_kind(self, kind: LineKind) -> tuple[Line, ...]:
        """Return the lines of one kind, in the order in which they became so."""
        return tuple(self._by_kind.get(kind, {}).values())

    def quantities(self) -> tuple[QuantityLine, ...]:
        """Return what a count without serials comes to, as it stands."""
        cases = tuple(self._cases.values())
        return count_quantities.quantity_lines(self._scope, cases, tuple(self._told.values()))

    def case(self, weapon: WeaponId) -> Case | None:
        """Return what the sheet knows of a weapon; None of one that it never met."""
        return self._cases.get(weapon)

    def take(self, fact: Fact, met: Case | None = None) -> tuple[Line, ...]:
        """Take a fact in, and return the lines that are others than before.

        ``met`` is what stood on record at the opening of a weapon that the sheet has not met, or
        of which a fact within the opening horizon came late: then it is told anew.
        """
        if fact.hash in self._taken:
            return ()
        self._taken.add(fact.hash)
        self._hear(fact)
        seen = counting.seen_by(fact, self._scope.stocktake)
        move = None if self._scope.knew(fact) else counting.move_of(fact)
        weapon = WeaponId(fact.subject)
        known = self._cases.get(weapon)
        case = known or met or Case(weapon)
        if met is not None and (known is None or met.before != known.before):
            case = replace(case, before=met.before)
        elif seen is None and move is None:
            return ()
        return self._with(case, move, seen)

    def _hear(self, fact: Fact) -> None:
        """Take a number or a stranger in, if the fact tells one."""
        stocktake, body = self._scope.stocktake, fact.body
        told = count_quantities.told_by(fact, stocktake)
        if told is not None:
            self._told[told.fact] = told
        if isinstance(body, StrangerCounted) and body.stocktake == stocktake:
            at = body.seen or fact.at
            self._strangers[fact.hash] = Stranger(fact.hash, body.place, body.read, at)

    def _with(self, case: Case, move: Move | None, seen: Seen | None) -> tuple[Line, ...]:
        if move is not None:
            case = case.with_move(move)
        if seen is not None:
            case = case.with_seen(seen)
            self._note(seen)
        self._cases[case.weapon] = case
        again = [case]
        if seen is not None and self._counted.add(seen):
            again += [self._cases[one] for one in self._moved if one != case.weapon]
        changed = [self._judge(one) for one in again]
        return tuple(one for one in changed if one is not None)

    def _note(self, seen: Seen) -> None:
        self._seen_at[seen.place] = self._seen_at.get(seen.place, 0) + 1

    def _judge(self, case: Case) -> Line | None:
        """Judge a case anew; return its line where that is another than before."""
        unseen_move = bool(case.moves) and not case.sightings
        (self._moved.add if unseen_move else self._moved.discard)(case.weapon)
        line = reconciling.judged(self._scope, case, self._counted)
        before = self._lines.get(case.weapon)
        if line == before:
            return None
        if before is not None:
            self._tally = self._tally.with_line(before, -1)
            del self._by_kind[before.kind][case.weapon]
            del self._lines[case.weapon]
        if line is None:
            return None
        self._lines[case.weapon] = line
        self._by_kind.setdefault(line.kind, {})[case.weapon] = line
        self._tally = self._tally.with_line(line)
        return line
