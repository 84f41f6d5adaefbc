"""Contradictions as rows: raised and let go in the transaction that changes their weapons.

Each stands under its owner: a weapon, what several weapons share, an entry, an investigation, a
lot. All that an owner raises is written anew together; an owner that raised nothing is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from stockpile.domain import conflicts, references
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact
from stockpile.domain.references import Reference
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import alike_rows, crowds, number_rows
from stockpile.registry.crowds import Raised
from stockpile.registry.database import Row, put
from stockpile.registry.steps import Lives, Steps
from stockpile.registry.tables import CONFLICT
from stockpile.registry.texts import key_of

States = Mapping[WeaponId, Weapon]


def follow(connection: Connection, taken: Steps, lives: Lives) -> None:
    """Renew what weapons raise, by themselves and together; under the fold lock, all in place."""
    before = {one: step.before for one, step in taken.items() if step.before is not None}
    now = {one: step.now for one, step in taken.items()}
    own = _own(connection, now, lives, taken)
    # of a weapon that nobody knew no conflict stands yet
    found: Raised = {
        f"w:{key_of(one)}": raised for one, raised in own.items() if raised or one in before
    }
    shared = crowds.follow(connection, before, now)
    renew(connection, found | shared)
    _let_wait(connection, [owner for owner, raised in shared.items() if raised], taken)


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


def _let_wait(connection: Connection, owners: Sequence[str], taken: Steps) -> None:
    """Let what weapons raise together wait to be told: on the account of the node that wrote."""
    if owners:
        alike_rows.wait(connection, next(f.node for one in taken.values() for f in one.new), owners)


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
