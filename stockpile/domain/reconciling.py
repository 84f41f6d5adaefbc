"""What a count finds: every weapon that was expected, seen or came meanwhile is in one line.

1. What stood in scope at the opening horizon is expected. Facts beyond the horizon, of any node and
   however late they arrive, are movements meanwhile.
2. A sighting is judged against the custody its author knew, which it names. Where custody moved
   without their knowledge to where the weapon was seen, that act explains it.
3. A weapon that was not seen is explained by an act that took it away, or put it where the count
   had been, or may have been, before it came; so is one that came and left again. What was wholly
   counted after it came, and did not have it, does not explain it: it is missing.
4. Nothing is explained by a clock. The lines are a function of the *set* of facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from stockpile.domain import codec
from stockpile.domain.counting import Case, Ground, Line, LineKind, Move, Reason, Scope, Seen, Tally
from stockpile.domain.values import Digest, NodeId, PlaceId
from stockpile.domain.weapons import Custody

_GRAVITY: Final[tuple[LineKind, ...]] = ("found", "explained", "misplaced", "unexpected")


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
    """Return what is said of a weapon that nobody saw.

    Where one account of several has it elsewhere, that one explains it: that the accounts differ is
    a matter of its own. It is missing where every account has it in a place that was counted after
    it came there, or where it stood when the count began.
    """
    now, expected = case.now, stood is not None
    here = [one for one in now if scope.holds(one)]
    if not here and not expected and not any(scope.holds(one.custody) for one in case.moves):
        return None
    told = here[0] if here else now[0]
    line = Line(case.weapon, "missing", expected, told.place if here else _place(stood), told)
    away = next((one for one in now if one not in here), None)
    if away is not None:
        return _explained(line, away.fact, "left")
    moves = {move.fact: move for move in case.moves}
    for one in now:
        move = moves.get(one.fact)
        if move is not None and not counted.is_after(move, scope.ground):
            return _explained(line, one.fact, "moved" if expected else "arrived")
    return line


def _explained(line: Line, by: Digest, why: Reason) -> Line:
    return replace(line, kind="explained", by=by, why=why)


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
    behind = case.behind(seen.saw)
    unheard = [one for one in case.before if one.fact not in behind]  # known where it was opened
    told = (one for one in (*basis, *unheard) if scope.agrees(one, seen.place))
    agreeing = next(told, None)
    if agreeing is not None:
        came = agreeing not in case.before and stood is None
        return ("explained", "arrived", agreeing.fact) if came else ("found", "", None)
    unknown = [move for move in case.moves if move.fact not in behind]
    for move in unknown:
        if scope.agrees(move.custody, seen.place):
            return "explained", _why(move, seen, stood), move.fact
    within = any(scope.holds(one) for one in basis)
    return ("misplaced" if within else "unexpected"), "", None


def _why(move: Move, seen: Seen, stood: Custody | None) -> Reason:
    if move.node == seen.node and move.seq > seen.seq:
        return "corrected"
    return "moved" if stood else "arrived"
