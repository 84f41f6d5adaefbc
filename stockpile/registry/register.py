"""The national register: what all accepted facts make of weapons, references and conflicts.

The fold is the desk's own (``domain.weapons``, ``domain.references``, ``domain.conflicts``), so the
lists are equal on every node and here. A fact that simply comes next is folded onto the state as it
stands; for any other the whole set of that weapon's facts is folded again.

Nothing that others write may stop this: a text that a database cannot hold or index is kept under
its digest; the facts themselves are kept verbatim elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar, get_args

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, delete, func, select, text

from stockpile.domain import codec, conflicts, facts, references, weapons
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact, ReferenceBody
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import finding_rows, lots, number_rows, photo_rows, steps, texts
from stockpile.registry.database import Row, among, fill_in, put, take_out
from stockpile.registry.steps import Steps
from stockpile.registry.tables import CONFLICT, EV, MARK, REFERENCE, UNHEEDED, WEAPON

LONGEST_KEY: Final = texts.LONGEST_KEY
key_of: Final = texts.key_of
_shown: Final = texts.shown
IS_UNHEEDED: Final = (UNHEEDED.c.pos == EV.c.pos) & (UNHEEDED.c.judged != "accepted")
"""Joins a fact with the verdict that its entry had no right to it and nobody accepted it."""

WEAPON_BODIES: Final = steps.WEAPON_BODIES
REFERENCE_BODIES: Final = frozenset(get_args(ReferenceBody))

States = Mapping[WeaponId, Weapon]
Key = TypeVar("Key", bound=str)

_HAS_KEY: Final = text("weapon.duplicate_key <> ''")
"""Written out: of a value that is sent apart PostgreSQL does not know, once it keeps a plan."""
_decode = msgspec.json.Decoder(Weapon).decode


def foreseen(connection: Connection, new: Sequence[Fact]) -> Steps:
    """Fold facts that are to come into the ledger ahead of the fold lock, as far as that goes."""
    return steps.foreseen(connection, steps.by_weapon(new), partial(facts_about, connection))


def fold_in(
    connection: Connection,
    new: Sequence[Fact],
    ahead: Steps = steps.NONE,
    *,
    again: bool = False,
) -> None:
    """Fold facts that stand in the ledger already into the register; under the fold lock.

    ``ahead`` is what was foreseen of them. ``again`` folds all that is known of their subjects
    anew: the facts came to be heeded only now.
    """
    by_weapon = steps.by_weapon(new)
    if by_weapon:
        lives = partial(facts_about, connection)
        _keep_weapons(connection, steps.taken(connection, by_weapon, lives, ahead, again=again))
    subjects = {fact.subject for fact in new if type(fact.body) in REFERENCE_BODIES}
    if subjects:
        _fold_references(connection, subjects)


def facts_of(connection: Connection, subject: str) -> tuple[Fact, ...]:
    """Return every fact about the subject that is in the ledger; one without right says so."""
    stored = (
        select(EV.c.payload, UNHEEDED.c.lack)
        .join(UNHEEDED, IS_UNHEEDED, isouter=True)
        .where(EV.c.subj == key_of(subject))
    )
    return tuple(heeded(codec.decode(bytes(raw)), lack) for raw, lack in connection.execute(stored))


def facts_about(connection: Connection, subjects: Iterable[str]) -> dict[str, list[Fact]]:
    """Return every fact about each of several subjects, in one question, as ``facts_of`` does."""
    by_key = {key_of(subject): subject for subject in subjects}
    found: dict[str, list[Fact]] = {subject: [] for subject in by_key.values()}
    stored = (
        select(EV.c.subj, EV.c.payload, UNHEEDED.c.lack)
        .join(UNHEEDED, IS_UNHEEDED, isouter=True)
        .where(among(connection, EV.c.subj, sorted(by_key)))
    )
    for key, raw, lack in connection.execute(stored) if by_key else ():
        found[by_key[key]].append(heeded(codec.decode(bytes(raw)), lack))
    return found


def heeded(fact: Fact, lack: str | None) -> Fact:
    """Return the fact as folds see it: one that nobody had the right to says what it lacks."""
    if not lack or isinstance(fact.body, facts.Withheld | facts.Unreadable | facts.Unheeded):
        return fact
    return fact.saying(facts.Unheeded(fact.body, lack))


def weapon_of(connection: Connection, weapon: WeaponId) -> Weapon | None:
    """Return the weapon as it stands here."""
    return _states(connection, [weapon]).get(weapon)


def open_conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """Return the open conflicts, by id."""
    rows = connection.execute(select(CONFLICT).order_by(CONFLICT.c.id))
    return tuple(map(conflict_in, rows))


def conflict_in(row: Any) -> Conflict:  # noqa: ANN401 - a row of CONFLICT
    """Return the conflict in a row."""
    said = {
        "id": row.id,
        "kind": row.kind,
        "weapons": msgspec.json.decode(row.weapons),
        "about": msgspec.json.decode(row.about),
    }
    return msgspec.convert(said, Conflict)


def _keep_weapons(connection: Connection, taken: Steps) -> None:
    """Write weapons as they stand now, and all that follows from it."""
    before = {one: step.before for one, step in taken.items() if step.before is not None}
    now = {one: step.now for one, step in taken.items()}
    new = {one: step.new for one, step in taken.items()}
    known = [key_of(one) for one in before]
    take_out(connection, WEAPON, "id", known)
    rows = [step.row for step in taken.values() if step.row]
    fill_in(connection, WEAPON, steps.COLUMNS, rows)
    put(connection, MARK, "weapon", known, _mark_rows(now.values()))
    finding_rows.follow(connection, [step.change for step in taken.values()])
    photo_rows.follow(connection, before, now, new)
    number_rows.follow(connection, before, now)
    _raise_own(connection, now)
    _raise_duplicates(connection, _touched(before, now, _alike_by_what, _duplicate_reasons))
    _raise_doubled(connection, _touched(before, now, _bears_by_what, _mark_reasons))


def _states(connection: Connection, wanted: Iterable[WeaponId]) -> dict[WeaponId, Weapon]:
    keys = [key_of(weapon) for weapon in wanted]
    rows = connection.execute(select(WEAPON.c.state).where(among(connection, WEAPON.c.id, keys)))
    states = map(_decode, rows.scalars())
    return {state.id: state for state in states}


def _mark_rows(now: Iterable[Weapon]) -> list[Row]:
    return [
        {"weapon": key_of(weapon.id), "text": text}
        for weapon in now
        for text in {key_of(one.text) for one in weapon.standing_marks}
    ]


# --- conflicts ----------------------------------------------------------------------------------


def _raise_own(connection: Connection, now: States) -> None:
    """Renew the conflicts that each weapon's own facts make."""
    named = number_rows.blocks_of(connection, now.values())
    lives = facts_about(connection, named)
    blocks = {block: _reference(block, lives[block]) for block in named}
    found = {f"w:{key_of(one.id)}": conflicts.within(one, blocks) for one in now.values()}
    _renew(connection, found)


def _raise_duplicates(connection: Connection, keys: Iterable[str]) -> None:
    sharing = _sharing(connection, keys, WEAPON.c.duplicate_key)
    found: dict[str, tuple[Conflict, ...]] = {}
    for key, alike in sharing.items():
        raised = alike and conflicts.possible_duplicate(weapons.duplicate_key(alike[0]), alike)
        found[f"d:{key}"] = (raised,) if raised else ()
    _renew(connection, found)


def _raise_doubled(connection: Connection, keys: Iterable[str]) -> None:
    sharing = _sharing(connection, keys, MARK.c.text)
    found: dict[str, tuple[Conflict, ...]] = {}
    for key, bearing in sharing.items():
        texts = {one.text for weapon in bearing for one in weapon.standing_marks}
        raised = (conflicts.mark_doubled(text, bearing) for text in texts if key_of(text) == key)
        found[f"m:{key}"] = tuple(one for one in raised if one is not None)
    _renew(connection, found)


def _renew(connection: Connection, found: Mapping[str, Sequence[Conflict]]) -> None:
    rows = [_conflict_row(owner, one) for owner, raised in found.items() for one in raised]
    put(connection, CONFLICT, "owner", list(found), rows)


def raise_about(connection: Connection, entry: Digest, found: Conflict | None) -> None:
    """Renew the conflict of an entry without right to what it says; None where it is settled."""
    _renew(connection, {f"e:{entry}": () if found is None else (found,)})


def _conflict_row(owner: str, one: Conflict) -> Row:
    return {
        "owner": owner,
        "id": one.id,
        "kind": one.kind,
        "weapons": msgspec.json.encode(one.weapons).decode(),
        "about": msgspec.json.encode(one.about).decode(),
    }


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
    return {key_of(text): weapon.same_as for text in weapon.own_texts}


def _sharing(
    connection: Connection, keys: Iterable[str], column: Column[str]
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


def _raise_missing(connection: Connection, inquiries: Iterable[Reference]) -> None:
    """Renew the conflicts of weapons that counts missed, with what is heard of investigations."""
    bodies = facts.InvestigationOpened | facts.InvestigationClosed
    found = {
        f"i:{key_of(one.subject)}": conflicts.count_missing(one)
        for one in inquiries
        if not one.standing or isinstance(one.now, bodies)
    }
    _renew(connection, {owner: (one,) if one else () for owner, one in found.items()})


def _raise_overdrawn(connection: Connection, touched: Iterable[str]) -> None:
    found = lots.overdrawn(connection, touched, partial(facts_of, connection))
    _renew(connection, {f"l:{key_of(lot)}": (one,) if one else () for lot, one in found.items()})


# --- references ---------------------------------------------------------------------------------


def _fold_references(connection: Connection, subjects: Collection[str]) -> None:
    known = facts_about(connection, subjects)
    all_ = [_reference(subject, known[subject]) for subject in subjects]
    folded = [one for one in all_ if one.standing]  # of a revoked node's nothing may be left
    rows = [_reference_row(one) for one in folded]
    put(connection, REFERENCE, "id", [key_of(one.subject) for one in all_], rows)
    finding_rows.follow_references(connection, all_)
    _raise_overdrawn(connection, lots.follow(connection, all_))
    _raise_missing(connection, all_)
    number_rows.follow_blocks(connection, all_)
    for bearing in number_rows.bearing(connection, all_):
        _raise_own(connection, _states(connection, bearing))


def _reference(subject: str, known: Iterable[Fact]) -> Reference:
    reference = Reference(subject)
    for fact in known:
        reference = references.after(reference, fact)
    return reference


def _reference_row(reference: Reference) -> Row:
    now: Any = reference.now
    return {
        "id": key_of(reference.subject),
        "kind": codec.kind_of(now),
        "name": _shown(getattr(now, "name", "")),
        "closed": int(reference.is_closed),
        "heads": " ".join(reference.heads),
    }


def forget(connection: Connection) -> None:
    """Empty the register; the ledger can derive it anew."""
    for table in (WEAPON, MARK, REFERENCE, CONFLICT):
        connection.execute(delete(table))
    finding_rows.forget(connection)
    number_rows.forget(connection)
    photo_rows.forget(connection)
