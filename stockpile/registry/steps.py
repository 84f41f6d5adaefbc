"""Steps of weapons: from the state that is kept to the one that new facts make, with its rows.

A step hangs on what is kept of a weapon and on the new facts, and on nothing else; where a new fact
does not simply come next, on all the facts that the ledger holds of it. So it may be taken before
any lock is held; under the fold lock the bytes that are kept are compared, and how much the ledger
holds, and only what others changed meanwhile is folded again. Whoever foresees nothing comes to the
same, later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, get_args

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from stockpile.domain import conflicts, weapons
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact, WeaponBody
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import finding_rows, listing
from stockpile.registry.database import among
from stockpile.registry.extents import Extent, extents_of
from stockpile.registry.listing import Change
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of, shown

WEAPON_BODIES: Final = frozenset(get_args(WeaponBody))
"""Looked up by type: a test against so many classes one by one is a tenth of the fold."""
COLUMNS: Final = ("id", "state", "calibre", "status", "duplicate_key")
_FACTS_AT_ONCE: Final = 20_000
"""Facts whose lives are read at once to be folded anew: a hostile batch may name any lives."""

New = Mapping[WeaponId, Sequence[Fact]]
"""The new facts of each weapon, in the order in which they stand in the ledger."""
Lives = Callable[[Iterable[str]], Mapping[str, Sequence[Fact]]]
"""Gives all facts of each of several subjects."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Weapon).decode


class Step(msgspec.Struct, frozen=True, gc=False):
    """A weapon before and after new facts; ``held`` are the bytes kept of it, None for a new one.

    ``before`` is None for a weapon that nobody knew. ``row`` holds the values of ``COLUMNS``; None
    where nothing that is heeded is left of it: all was written by a node that is revoked.
    ``raised`` are the conflicts that its own facts make, blocks of numbers left aside. ``extent``
    is what the ledger held of a weapon that was folded anew; None where nothing but ``held`` was
    built on.
    """

    held: bytes | None
    new: Sequence[Fact]
    before: Weapon | None
    now: Weapon
    row: tuple[Any, ...] | None
    change: Change
    raised: tuple[Conflict, ...]
    extent: Extent | None = None

    def still_holds(self, held: bytes | None, new: Sequence[Fact]) -> bool:
        """Say whether it begins where the weapon stands, with these very facts."""
        return self.held == held and self.new == new

    def was_folded_of(self, extent: Extent) -> bool:
        """Say whether it was folded of all that the ledger holds now, with its new facts in it."""
        return self.extent is None or self.extent.with_more(len(self.new)) == extent


Steps = Mapping[WeaponId, Step]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was reckoned of facts before the lock: the facts, weapon by weapon, and their steps."""

    facts: Sequence[Fact]
    new: New
    steps: Steps


NONE: Final = Foreseen((), MappingProxyType({}), MappingProxyType({}))


def by_weapon(new: Iterable[Fact]) -> dict[WeaponId, list[Fact]]:
    """Return those facts that are about weapons, weapon by weapon."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in new:
        if type(fact.body) in WEAPON_BODIES:
            found[fact.subject].append(fact)
    return {WeaponId(subject): facts for subject, facts in found.items()}


def foreseen(connection: Connection, facts: Sequence[Fact], lives: Lives) -> Foreseen:
    """Take the steps of weapons before their new facts stand in the ledger.

    What somebody else writes of them until then makes a step worthless (see ``taken``).
    """
    new = by_weapon(facts)
    held = _held(connection, new)
    states = _states(held)
    moves = _extended(new, states)
    steps = _taken(connection, moves, new, held, lambda one: lives([one])[one])
    rest = [one for one in new if one not in moves]
    extents = extents_of(connection, rest)

    def with_new(some: Iterable[str]) -> dict[str, list[Fact]]:
        known = lives(some)
        return {one: [*known[one], *new[WeaponId(one)]] for one in known}

    for one, step in _anew(connection, rest, new, held, states, with_new):
        steps[one] = replace(step, extent=extents[one])
    return Foreseen(facts, new, steps)


def taken(
    connection: Connection,
    facts: Sequence[Fact],
    lives: Lives,
    ahead: Foreseen = NONE,
    *,
    again: bool = False,
) -> dict[WeaponId, Step]:
    """Return every weapon's step, with the facts in the ledger; under the fold lock.

    ``again`` folds all that is known of them anew: the facts came to be heeded only now.
    """
    new = ahead.new if ahead.facts == facts else by_weapon(facts)
    held = _held(connection, new)
    steps = {} if again else _still_true(connection, ahead.steps, new, held)
    rest = {one: facts for one, facts in new.items() if one not in steps}
    states = _states({one: state for one, state in held.items() if one in rest})
    moves = {} if again else _extended(rest, states)
    steps |= _taken(connection, moves, rest, held, lambda one: lives([one])[one])
    anew = [one for one in rest if one not in moves]
    blank = {one: Weapon(one) for one in anew} if again else {}
    steps.update(_anew(connection, anew, rest, held, blank | states, lives))
    return steps


_Moves = dict[WeaponId, tuple[Weapon | None, Weapon]]
"""Weapons before and now."""


def _still_true(
    connection: Connection, steps: Steps, new: New, held: Mapping[WeaponId, bytes]
) -> dict[WeaponId, Step]:
    """Return the steps that were taken before from where the weapons stand, and of all facts."""
    begun = {
        one: step
        for one, step in steps.items()
        if one in new and step.still_holds(held.get(one), new[one])
    }
    folded = [one for one, step in begun.items() if step.extent is not None]
    extents = extents_of(connection, folded)
    for one in folded:
        if not begun[one].was_folded_of(extents[one]):
            del begun[one]
    return begun


def _extended(new: New, states: Mapping[WeaponId, Weapon]) -> _Moves:
    """Return those weapons onto which each new fact simply comes next."""
    moves: _Moves = {}
    for weapon, facts in new.items():
        before = states.get(weapon)
        state = before or Weapon(weapon)
        for fact in facts:
            if not weapons.extends(state, fact):
                break
            state = weapons.after(state, fact)
        else:
            moves[weapon] = before, state
    return moves


def _anew(
    connection: Connection, wanted: Iterable[WeaponId], new: New, held: Mapping[WeaponId, bytes],
    states: Mapping[WeaponId, Weapon], lives: Lives,
) -> Iterator[tuple[WeaponId, Step]]:  # fmt: skip
    """Give the steps of weapons of which all that is known is folded anew."""
    for some in _portions(wanted, states):
        known = lives(some)
        moves: _Moves = {one: (states.get(one), _folded(one, known[one])) for one in some}
        yield from _taken(connection, moves, new, held, known.__getitem__).items()


def _portions(
    wanted: Iterable[WeaponId], states: Mapping[WeaponId, Weapon]
) -> Iterator[list[WeaponId]]:
    """Give weapons by so many as memory bears the lives of."""
    some: list[WeaponId] = []
    facts = 0
    for one in wanted:
        some.append(one)
        facts += 1 + (states[one].known if one in states else 0)
        if facts >= _FACTS_AT_ONCE:
            yield some
            some, facts = [], 0
    if some:
        yield some


def _folded(weapon: WeaponId, known: Iterable[Fact]) -> Weapon:
    return weapons.folded(weapon, (fact for fact in known if type(fact.body) in WEAPON_BODIES))


def _taken(
    connection: Connection, moves: _Moves, new: New, held: Mapping[WeaponId, bytes],
    facts_of: listing.FactsOf,
) -> dict[WeaponId, Step]:  # fmt: skip
    keys = [key_of(weapon) for weapon, (before, _now) in moves.items() if before is not None]
    listed = finding_rows.held(connection, keys)
    steps = {}
    for weapon, (before, now) in moves.items():
        old = listed.get(key_of(weapon))
        change = listing.change(before, now, old, new[weapon], facts_of)
        row = row_of(now) if change.now else None
        raised = conflicts.within(now)
        steps[weapon] = Step(held.get(weapon), new[weapon], before, now, row, change, raised)
    return steps


def row_of(weapon: Weapon) -> tuple[Any, ...]:
    """Return a weapon's row: values of ``COLUMNS``."""
    alike = key_of(weapons.duplicate_key(weapon))
    return key_of(weapon.id), _encode(weapon), shown(weapon.calibre), weapon.status, alike


def _held(connection: Connection, wanted: Iterable[WeaponId]) -> dict[WeaponId, bytes]:
    """Return the bytes that are kept of weapons."""
    by_key = {key_of(weapon): weapon for weapon in wanted}
    if not by_key:
        return {}
    asked = select(WEAPON.c.id, WEAPON.c.state).where(among(connection, WEAPON.c.id, [*by_key]))
    return {by_key[key]: bytes(state) for key, state in connection.execute(asked).all()}


def _states(held: Mapping[WeaponId, bytes]) -> dict[WeaponId, Weapon]:
    return {one: _decode(state) for one, state in held.items()}
