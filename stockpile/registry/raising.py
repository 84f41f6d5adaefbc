"""Contradictions as rows: raised and let go in the transaction that changes their weapons.

Each stands under its owner: a weapon, what several weapons share, an entry, an investigation, a
lot. All that an owner raises is written anew together; an owner that raised nothing is not touched.
How many of each class are open is kept beside them, as a figure: no page counts the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select

from stockpile.domain import conflicts, references
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact
from stockpile.domain.references import Reference
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import alike_rows, crowds, finding_rows, number_rows
from stockpile.registry.crowds import Raised
from stockpile.registry.database import Row, among, fill
from stockpile.registry.finding_tables import TALLY
from stockpile.registry.steps import Lives, Steps
from stockpile.registry.tables import CONFLICT
from stockpile.registry.texts import key_of

States = Mapping[WeaponId, Weapon]

_OPEN: Final = "open_conflicts"
"""The figure of how many conflicts of a class are open; whose they are it does not say."""


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
    """Write what each owner raises in the place of what it raised before; under the fold lock."""
    rows = [_row(owner, one) for owner, raised in found.items() for one in raised]
    counts = Counter((_OPEN, str(row["kind"]), "") for row in rows)
    counts.subtract((_OPEN, kind, "") for kind in _taken_out(connection, list(found)))
    fill(connection, CONFLICT, rows)
    finding_rows.count(connection, counts)


def open_by_class(connection: Connection) -> dict[str, int]:
    """Return how many conflicts of each class are open."""
    asked = select(TALLY.c.value, TALLY.c.n).where(TALLY.c.facet == _OPEN, TALLY.c.n > 0)
    return {row.value: row.n for row in connection.execute(asked)}


def reference_of(subject: str, known: Iterable[Fact]) -> Reference:
    """Return what is no weapon as its facts make it."""
    reference = Reference(subject)
    for fact in known:
        reference = references.after(reference, fact)
    return reference


def _taken_out(connection: Connection, owners: Sequence[str]) -> Sequence[str]:
    """Take out all that owners raised, and return of which class each was."""
    if not owners:
        return ()
    gone = delete(CONFLICT).where(among(connection, CONFLICT.c.owner, owners))
    return connection.execute(gone.returning(CONFLICT.c.kind)).scalars().all()


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
