"""The national register: what all accepted facts make of weapons, references and conflicts.

The fold is the desk's own (``domain.weapons``, ``domain.references``, ``domain.conflicts``), so the
lists are equal on every node and here. A fact that simply comes next is folded onto the state as it
stands; for any other the whole set of that weapon's facts is folded again.

Nothing that others write may stop this: a text that a database cannot hold or index is kept under
its digest; the facts themselves are kept verbatim elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar, get_args

import msgspec
from sqlalchemy import Connection, Select, delete, select

from stockpile.domain import codec, conflicts, facts
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact, ReferenceBody
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import (
    crowds,
    extents,
    finding_rows,
    lots,
    number_rows,
    photo_rows,
    raising,
    steps,
    texts,
)
from stockpile.registry.database import Row, among, fill_in, put, take_out
from stockpile.registry.steps import Foreseen, Steps
from stockpile.registry.tables import CONFLICT, EV, MARK, REFERENCE, TIED, UNHEEDED, WEAPON

LONGEST_KEY: Final = texts.LONGEST_KEY
key_of: Final = texts.key_of
_shown: Final = texts.shown
IS_UNHEEDED: Final = extents.IS_UNHEEDED

WEAPON_BODIES: Final = steps.WEAPON_BODIES
REFERENCE_BODIES: Final = frozenset(get_args(ReferenceBody))

States = Mapping[WeaponId, Weapon]
Key = TypeVar("Key", bound=str)

_decode = msgspec.json.Decoder(Weapon).decode


def foreseen(connection: Connection, new: Sequence[Fact]) -> Foreseen:
    """Fold facts that are to come into the ledger ahead of the fold lock, as far as that goes."""
    return steps.foreseen(connection, new, partial(facts_about, connection))


def fold_in(
    connection: Connection,
    new: Sequence[Fact],
    ahead: Foreseen = steps.NONE,
    *,
    again: bool = False,
) -> None:
    """Fold facts that stand in the ledger already into the register; under the fold lock.

    ``ahead`` is what was foreseen of them. ``again`` folds all that is known of their subjects
    anew: the facts came to be heeded only now.
    """
    lives = partial(facts_about, connection)
    taken = steps.taken(connection, new, lives, ahead, again=again)
    if taken:
        _keep_weapons(connection, taken)
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
    for key, raw, lack in connection.execute(stored).all() if by_key else ():
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
    return tuple(conflicts_in(connection, select(CONFLICT).order_by(CONFLICT.c.id)))


def conflicts_in(connection: Connection, asked: Select[Any]) -> list[Conflict]:
    """Return the conflicts in the rows of CONFLICT that are asked for, each with its weapons."""
    rows = connection.execute(asked).all()
    return crowds.whole(connection, [(row.owner, _conflict_in(row)) for row in rows])


def _conflict_in(row: Any) -> Conflict:  # noqa: ANN401 - a row of CONFLICT
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
    take_out(connection, WEAPON, "id", [key_of(one) for one in before])
    rows = [step.row for step in taken.values() if step.row]
    fill_in(connection, WEAPON, steps.COLUMNS, rows)
    _keep_marks(connection, before, now)
    finding_rows.follow(connection, [step.change for step in taken.values()])
    photo_rows.follow(connection, before, now, new)
    number_rows.follow(connection, before, now)
    raising.follow(connection, taken, partial(facts_about, connection))


def _keep_marks(connection: Connection, before: States, now: States) -> None:
    """Write the texts that may stand on no other weapon; those of most stay as they were."""
    changed = [
        (one, _own_texts(state))
        for one, state in now.items()
        if _own_texts(before.get(one)) != _own_texts(state)
    ]
    gone = [key_of(one) for one, _texts in changed if one in before]
    rows = [{"weapon": key_of(one), "text": said} for one, texts in changed for said in texts]
    put(connection, MARK, "weapon", gone, rows)


def _own_texts(weapon: Weapon | None) -> set[str]:
    return set() if weapon is None else {key_of(one) for one in weapon.own_texts}


def _states(connection: Connection, wanted: Iterable[WeaponId]) -> dict[WeaponId, Weapon]:
    keys = [key_of(weapon) for weapon in wanted]
    rows = connection.execute(select(WEAPON.c.state).where(among(connection, WEAPON.c.id, keys)))
    states = map(_decode, rows.scalars())
    return {state.id: state for state in states}


def raise_about(connection: Connection, entry: Digest, found: Conflict | None) -> None:
    """Renew the conflict of an entry without right to what it says; None where it is settled."""
    raising.renew(connection, {f"e:{entry}": () if found is None else (found,)})


# --- references ---------------------------------------------------------------------------------


def _fold_references(connection: Connection, subjects: Collection[str]) -> None:
    known = facts_about(connection, subjects)
    all_ = [raising.reference_of(subject, known[subject]) for subject in subjects]
    folded = [one for one in all_ if one.standing]  # of a revoked node's nothing may be left
    rows = [_reference_row(one) for one in folded]
    put(connection, REFERENCE, "id", [key_of(one.subject) for one in all_], rows)
    finding_rows.follow_references(connection, all_)
    _raise_overdrawn(connection, lots.follow(connection, all_))
    _raise_missing(connection, all_)
    number_rows.follow_blocks(connection, all_)
    for bearing in number_rows.bearing(connection, all_):
        raising.own_again(
            connection, _states(connection, bearing), partial(facts_about, connection)
        )


def _raise_missing(connection: Connection, inquiries: Iterable[Reference]) -> None:
    """Renew the conflicts of weapons that counts missed, with what is heard of investigations."""
    bodies = facts.InvestigationOpened | facts.InvestigationClosed
    found = {
        f"i:{key_of(one.subject)}": conflicts.count_missing(one)
        for one in inquiries
        if not one.standing or isinstance(one.now, bodies)
    }
    raising.renew(connection, {owner: (one,) if one else () for owner, one in found.items()})


def _raise_overdrawn(connection: Connection, touched: Iterable[str]) -> None:
    found = lots.overdrawn(connection, touched, partial(facts_of, connection))
    raising.renew(
        connection, {f"l:{key_of(lot)}": (one,) if one else () for lot, one in found.items()}
    )


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
    for table in (WEAPON, MARK, TIED, REFERENCE, CONFLICT):
        connection.execute(delete(table))
    finding_rows.forget(connection)
    number_rows.forget(connection)
    photo_rows.forget(connection)
