"""What weapons share, and the conflicts that they raise together, however many they are.

A careless list makes thousands of weapons alike. What a batch costs here hangs on the batch, and on
what people said of those who share something; how many share it does not matter. As long as one of
several is named by nobody, all of them are in the conflict: its row names none then, and who they
are is looked up where it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Select, select, text

from stockpile.domain import conflicts, crowds, weapons
from stockpile.domain.conflicts import Conflict
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import Row, among, fill, take_out
from stockpile.registry.tables import MARK, TIED, WEAPON
from stockpile.registry.texts import key_of

States = Mapping[WeaponId, Weapon]
Raised = dict[str, Sequence[Conflict]]
"""All that each owner raises now."""

_ALL: Final = ()
"""The weapons of a conflict as a row has them that names none: all that share it."""
_AS_DIGEST: Final = "#"
"""Begins the key of an id that a database cannot hold: in full it stands in the state only."""
_decode = msgspec.json.Decoder(Weapon).decode


def _alike_by_what(weapon: Weapon) -> tuple[object, ...]:
    said = weapon.marks, weapon.model, weapon.calibre, weapon.same_as, weapon.distinct_from
    return *said, weapon.stands


def _alike(weapon: Weapon) -> dict[str, object]:
    key = weapons.duplicate_key(weapon)
    return {key: (weapon.same_as, weapon.distinct_from)} if key else {}


def _bears_by_what(weapon: Weapon) -> tuple[object, ...]:
    return weapon.applied, weapon.same_as


def _bears(weapon: Weapon) -> dict[str, object]:
    return dict.fromkeys(weapon.own_texts, weapon.same_as)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing that weapons share: how its owners begin, where it is kept, its rule.

    ``reasons`` gives what a weapon shares, each with what else its conflict hangs on; ``by_what``
    all that these hang on: most facts leave it as it was. ``of_all`` names the conflict of all that
    share a thing. ``is_there`` is written out for the index of duplicates, which leaves out what
    has no key: of a value that is sent apart PostgreSQL does not know, once it keeps a plan.
    """

    owner: str
    shared: Column[str]
    weapon: Column[str]
    is_there: str
    by_what: Callable[[Weapon], tuple[object, ...]]
    reasons: Callable[[Weapon], dict[str, object]]
    rule: Callable[[str, Sequence[Weapon]], Conflict | None]
    of_all: Callable[[str, Sequence[WeaponId]], Conflict]

    def asked(self, *columns: Column[Any]) -> Select[Any]:
        """Return the question for columns of all that share anything."""
        return select(*columns).where(text(self.is_there))


_KINDS: Final = (
    _Kind(
        "d:", WEAPON.c.duplicate_key, WEAPON.c.id, "weapon.duplicate_key <> ''",
        _alike_by_what, _alike, conflicts.possible_duplicate, conflicts.duplicates_of,
    ),
    _Kind(
        "m:", MARK.c.text, MARK.c.weapon, "mark.text IS NOT NULL",
        _bears_by_what, _bears, conflicts.mark_doubled, conflicts.mark_on_several,
    ),
)  # fmt: skip


def follow(connection: Connection, before: States, now: States) -> Raised:
    """Return what is raised of all that changed weapons share, or shared; nothing where nobody is.

    Under the fold lock, with weapons and marks in place. Keeps who was joined or told apart.
    """
    _keep_ties(connection, before, now)
    found: Raised = {}
    for kind in _KINDS:
        touched = {key_of(said): said for said in _touched(kind, before, now)}
        found |= {kind.owner + key: () for key in touched}
        found |= _raised(connection, kind, touched)
    return found


def whole(connection: Connection, held: Sequence[tuple[str, Conflict]]) -> list[Conflict]:
    """Return conflicts, each given with its owner, with the weapons that its row does not name."""
    vague = [owner for owner, one in held if one.weapons == _ALL]
    sharing: dict[str, list[WeaponId]] = {}
    for kind in _KINDS:
        keys = [owner[2:] for owner in vague if owner.startswith(kind.owner)]
        for key, weapon in _those_of(connection, kind, keys):
            sharing.setdefault(kind.owner + key, []).append(weapon)
    return [
        replace(one, weapons=tuple(sorted(sharing[owner]))) if owner in sharing else one
        for owner, one in held
    ]


def _raised(connection: Connection, kind: _Kind, touched: Mapping[str, str]) -> Raised:
    """Return the conflicts of those shared things that at least two weapons share."""
    several = _several(connection, kind, list(touched))
    tied = _tied(connection, [kind.owner + key for key in several])
    found: Raised = {}
    for key in several:
        owner, said = kind.owner + key, touched[key]
        sharing = _all_named(connection, kind, key, tied[owner]) if owner in tied else None
        one = kind.of_all(said, _ALL) if sharing is None else kind.rule(said, sharing)
        found[owner] = (one,) if one else ()
    return found


def _touched(kind: _Kind, before: States, now: States) -> set[str]:
    """Return the shared things whose conflict may have changed with these weapons."""
    touched: set[str] = set()
    for weapon, state in now.items():
        was = before.get(weapon)
        if was is not None and kind.by_what(was) == kind.by_what(state):
            continue
        old = {} if was is None else kind.reasons(was)
        new = kind.reasons(state)
        touched.update(said for said in {*old, *new} if old.get(said) != new.get(said))
    return touched


# --- who shares something -------------------------------------------------------------------------


def _several(connection: Connection, kind: _Kind, keys: Sequence[str]) -> list[str]:
    """Return which of these at least two weapons share; nobody looks for a third one."""
    if not keys:
        return []
    is_postgres = connection.dialect.name == "postgresql"
    sent = keys if is_postgres else msgspec.json.encode(keys).decode()
    asked = _SEVERAL[connection.dialect.name, kind.owner]
    return list(connection.execute(asked, {"keys": sent}).scalars())


_SEVERAL: Final = {
    ("postgresql", "d:"): text(
        "SELECT one.value FROM unnest(CAST(:keys AS text[])) AS one(value) "
        "WHERE (SELECT 1 FROM weapon WHERE duplicate_key = one.value AND duplicate_key <> '' "
        "LIMIT 1 OFFSET 1) IS NOT NULL"
    ),
    ("postgresql", "m:"): text(
        "SELECT one.value FROM unnest(CAST(:keys AS text[])) AS one(value) "
        "WHERE (SELECT 1 FROM mark WHERE text = one.value LIMIT 1 OFFSET 1) IS NOT NULL"
    ),
    ("sqlite", "d:"): text(
        "SELECT one.value FROM json_each(:keys) AS one "
        "WHERE (SELECT 1 FROM weapon WHERE duplicate_key = one.value AND duplicate_key <> '' "
        "LIMIT 1 OFFSET 1) IS NOT NULL"
    ),
    ("sqlite", "m:"): text(
        "SELECT one.value FROM json_each(:keys) AS one "
        "WHERE (SELECT 1 FROM mark WHERE text = one.value LIMIT 1 OFFSET 1) IS NOT NULL"
    ),
}


def _those_of(
    connection: Connection, kind: _Kind, keys: Sequence[str]
) -> Iterator[tuple[str, WeaponId]]:
    """Give all who share one of these, each with the key that it shares."""
    if not keys:
        return
    asked = kind.asked(kind.shared, kind.weapon).where(among(connection, kind.shared, keys))
    found = connection.execute(asked).all()
    odd = sorted({weapon for _key, weapon in found if weapon.startswith(_AS_DIGEST)})
    states = _states(connection, odd)
    for key, weapon in found:
        yield key, states[weapon].id if weapon in states else WeaponId(weapon)


def _states(connection: Connection, keys: Sequence[str]) -> dict[str, Weapon]:
    if not keys:
        return {}
    asked = select(WEAPON.c.id, WEAPON.c.state).where(among(connection, WEAPON.c.id, keys))
    return {key: _decode(state) for key, state in connection.execute(asked)}


# --- what was said of them ------------------------------------------------------------------------


def _keep_ties(connection: Connection, before: States, now: States) -> None:
    """Keep of what people joined or told apart what it shares; of most weapons nobody did."""
    changed = {
        weapon: owners
        for weapon, state in now.items()
        if (owners := _owners(state)) != _owners(before.get(weapon))
    }
    take_out(connection, TIED, "weapon", [key_of(one) for one in changed if one in before])
    rows: list[Row] = [
        {"shared": owner, "weapon": key_of(weapon)}
        for weapon, owners in changed.items()
        for owner in sorted(owners)
    ]
    fill(connection, TIED, rows)


def _owners(weapon: Weapon | None) -> set[str]:
    if weapon is None or not (weapon.same_as or weapon.distinct_from):
        return set()
    return {kind.owner + key_of(said) for kind in _KINDS for said in kind.reasons(weapon)}


def _tied(connection: Connection, owners: Sequence[str]) -> dict[str, list[Weapon]]:
    """Return, of each owner of whose weapons somebody said anything, those weapons."""
    found: defaultdict[str, list[Weapon]] = defaultdict(list)
    if owners:
        asked = select(TIED.c.shared, WEAPON.c.state).join(WEAPON, WEAPON.c.id == TIED.c.weapon)
        for owner, state in connection.execute(
            asked.where(among(connection, TIED.c.shared, owners))
        ):
            found[owner].append(_decode(state))
    return dict(found)


def _all_named(
    connection: Connection, kind: _Kind, key: str, tied: Iterable[Weapon]
) -> list[Weapon] | None:
    """Return all that share a thing; None where one of them is named by nobody."""
    said = {key_of(one.id): one for one in tied}
    known = {key_of(one): one for one in crowds.named(said.values())}
    asked = kind.asked(kind.weapon).where(kind.shared == key).limit(len(known) + 1)
    sharing = list(connection.execute(asked).scalars())
    if any(one not in known for one in sharing):
        return None
    rest = _states(connection, [one for one in sharing if one not in said])
    return [said.get(one) or rest[one] for one in sharing]
