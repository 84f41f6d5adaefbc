"""Contradictions as rows: raised and let go in the transaction that changes their weapons.

Each stands under its owner: a weapon, what several weapons share, an entry, an investigation, a
lot. All that an owner raises is written anew together; an owner that raised nothing is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, func, select, text

from stockpile.domain import conflicts, references, weapons
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact
from stockpile.domain.references import Reference
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import number_rows
from stockpile.registry.database import Row, among, put
from stockpile.registry.steps import Lives, Steps
from stockpile.registry.tables import CONFLICT, MARK, WEAPON
from stockpile.registry.texts import key_of

States = Mapping[WeaponId, Weapon]
Raised = dict[str, Sequence[Conflict]]
"""All that each owner raises now."""

_HAS_KEY: Final = text("weapon.duplicate_key <> ''")
"""Written out: of a value that is sent apart PostgreSQL does not know, once it keeps a plan."""
_decode = msgspec.json.Decoder(Weapon).decode


def follow(connection: Connection, taken: Steps, lives: Lives) -> None:
    """Renew what weapons raise, by themselves and together; under the fold lock, all in place."""
    before = {one: step.before for one, step in taken.items() if step.before is not None}
    now = {one: step.now for one, step in taken.items()}
    own = _own(connection, now, lives, taken)
    # of a weapon that nobody knew no conflict stands yet
    found = {f"w:{key_of(one)}": raised for one, raised in own.items() if raised or one in before}
    found |= _duplicates(connection, _touched(before, now, _alike_by_what, _duplicate_reasons))
    found |= _doubled(connection, _touched(before, now, _bears_by_what, _mark_reasons))
    renew(connection, found)


def own_again(connection: Connection, now: States, lives: Lives) -> None:
    """Renew the conflicts that weapons' own facts make, where more is heard of their blocks."""
    own = _own(connection, now, lives, {})
    renew(connection, {f"w:{key_of(one)}": raised for one, raised in own.items()})


def renew(connection: Connection, found: Mapping[str, Sequence[Conflict]]) -> None:
    """Write what each owner raises in the place of what it raised before."""
    rows = [_row(owner, one) for owner, raised in found.items() for one in raised]
    put(connection, CONFLICT, "owner", list(found), rows)


def reference_of(subject: str, known: Iterable[Fact]) -> Reference:
    """Return what is no weapon as its facts make it."""
    reference = Reference(subject)
    for fact in known:
        reference = references.after(reference, fact)
    return reference


def _row(owner: str, one: Conflict) -> Row:
    return {
        "owner": owner,
        "id": one.id,
        "kind": one.kind,
        "weapons": msgspec.json.encode(one.weapons).decode(),
        "about": msgspec.json.encode(one.about).decode(),
    }


def _own(
    connection: Connection, now: States, lives: Lives, taken: Steps
) -> dict[WeaponId, Sequence[Conflict]]:
    """Return the conflicts that each weapon's own facts make.

    Those of weapons that bear no mark of ours hang on nothing else, and came with their steps.
    """
    named = number_rows.blocks_of(connection, now.values())
    known = lives(named) if named else {}
    blocks = {block: reference_of(block, known[block]) for block in named}
    return {
        weapon: conflicts.within(state, blocks)
        if state.applied or weapon not in taken
        else taken[weapon].raised
        for weapon, state in now.items()
    }


def _duplicates(connection: Connection, keys: Collection[str]) -> Raised:
    found: Raised = {}
    for key, alike in _sharing(connection, keys, WEAPON.c.duplicate_key).items():
        raised = alike and conflicts.possible_duplicate(weapons.duplicate_key(alike[0]), alike)
        found[f"d:{key}"] = (raised,) if raised else ()
    return found


def _doubled(connection: Connection, keys: Collection[str]) -> Raised:
    found: Raised = {}
    for key, bearing in _sharing(connection, keys, MARK.c.text).items():
        texts = {one.text for weapon in bearing for one in weapon.standing_marks}
        raised = (conflicts.mark_doubled(said, bearing) for said in texts if key_of(said) == key)
        found[f"m:{key}"] = tuple(one for one in raised if one is not None)
    return found


def _touched(
    before: States,
    now: States,
    by_what: Callable[[Weapon], tuple[object, ...]],
    reasons: Callable[[Weapon], dict[str, object]],
) -> set[str]:
    """Return the shared keys whose conflict may have changed with these weapons.

    ``by_what`` gives all that the reasons hang on: most facts leave it as it was.
    """
    touched: set[str] = set()
    for weapon, state in now.items():
        was = before.get(weapon)
        if was is not None and by_what(was) == by_what(state):
            continue
        old = {} if was is None else reasons(was)
        new = reasons(state)
        touched.update(key for key in {*old, *new} if old.get(key) != new.get(key))
    return touched


def _alike_by_what(weapon: Weapon) -> tuple[object, ...]:
    said = weapon.marks, weapon.model, weapon.calibre, weapon.same_as, weapon.distinct_from
    return *said, weapon.stands


def _bears_by_what(weapon: Weapon) -> tuple[object, ...]:
    return weapon.applied, weapon.same_as


def _duplicate_reasons(weapon: Weapon) -> dict[str, object]:
    key = weapons.duplicate_key(weapon)
    return {key_of(key): (weapon.same_as, weapon.distinct_from)} if key else {}


def _mark_reasons(weapon: Weapon) -> dict[str, object]:
    return {key_of(said): weapon.same_as for said in weapon.own_texts}


def _sharing(
    connection: Connection, keys: Collection[str], column: Column[str]
) -> dict[str, list[Weapon]]:
    """Return, for each key, the weapons that share it; nobody's where fewer than two do."""
    shared: dict[str, list[Weapon]] = {key: [] for key in keys}
    wanted = _held_by_several(connection, column, list(shared))
    rows = select(column, WEAPON.c.state).where(_is_among(connection, column, wanted))
    if column.table is MARK:
        rows = rows.join_from(MARK, WEAPON, MARK.c.weapon == WEAPON.c.id)
    if wanted:
        for key, state in connection.execute(rows):
            shared[key].append(_decode(state))
    return shared


def _held_by_several(connection: Connection, column: Column[str], keys: Sequence[str]) -> list[str]:
    if not keys:
        return []
    several: ColumnElement[bool] = func.count() > 1
    asked = select(column).where(_is_among(connection, column, keys))
    return list(connection.execute(asked.group_by(column).having(several)).scalars())


def _is_among(
    connection: Connection, column: Column[str], keys: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that a shared key is one of these, said so that its index is used.

    The index of duplicates leaves out what has no key, and of a long list PostgreSQL does not see
    by itself that nothing in it is empty: it would walk through the whole register.
    """
    found = among(connection, column, keys)
    return found & _HAS_KEY if column is WEAPON.c.duplicate_key else found
