"""From facts to the register: what a batch of facts touches, folded once and written in bulk.

The fold itself is the domain's (``weapons.after``, ``references.after``). Here is only which rows
to read, when one more fact may be added last and when the whole set must be folded again, and
which rows to write. Conflicts are ``contradictions``' work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Final, get_args

import msgspec

from stockpile.adapters.sqlite import facets as facet_rows
from stockpile.adapters.sqlite import forks, likeness_keeping, rows
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.contradictions import (
    look_again,
    recompute,
    weigh_histories,
    weigh_inquiries,
)
from stockpile.adapters.sqlite.store import Connection, Row
from stockpile.domain import codec, facts, references, weapons
from stockpile.domain.conflicts import blocks_named
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    EntryJudged,
    Fact,
    InvestigationClosed,
    InvestigationOpened,
    LotRegistered,
)
from stockpile.domain.listing import Listing, listing
from stockpile.domain.places import place_name
from stockpile.domain.references import Reference
from stockpile.domain.unnamed_numbers import numbers_key
from stockpile.domain.values import Instant, NodeId, WeaponId
from stockpile.domain.weapons import Weapon

WEAPON_BODIES: Final = frozenset(get_args(facts.WeaponBody))
REFERENCE_BODIES: Final = frozenset(get_args(facts.ReferenceBody))

_INSERT_WEAPON: Final = (
    f"INSERT INTO weapon ({', '.join(rows.WEAPON_COLUMNS)}) "  # noqa: S608 - our own names
    f"VALUES ({', '.join('?' * len(rows.WEAPON_COLUMNS))})"
)
_UPDATE_WEAPON: Final = (
    f"UPDATE weapon SET {', '.join(f'{name} = ?' for name in rows.WEAPON_COLUMNS[1:])} "  # noqa: S608 - our own words
    "WHERE row = ?"
)
_UPDATE_STATE: Final = "UPDATE weapon SET state = ?, lamport = ? WHERE row = ?"
_INSERT_MARK: Final = (
    f"INSERT INTO mark ({', '.join(rows.MARK_COLUMNS)}) "  # noqa: S608 - our own names
    f"VALUES ({', '.join('?' * len(rows.MARK_COLUMNS))})"
)
_INSERT_WORDS: Final = "INSERT INTO weapon_fts (rowid, words) VALUES (?, ?)"
_INDEX_WORDS: Final = (
    "INSERT INTO weapon_fts (rowid, words) SELECT row, words FROM weapon WHERE row > ? ORDER BY row"
)
WORDS_WAITING: Final = 128
"""So many weapons may wait for the word index; a search looks through them one by one."""
_INSERT_NUMBER: Final = "INSERT OR IGNORE INTO number VALUES (?, ?, ?, ?)"
_INSERT_DRAWN: Final = "INSERT OR IGNORE INTO drawn_from VALUES (?, ?)"
_INSERT_SOURCE: Final = "INSERT OR IGNORE INTO source VALUES (?, ?)"
_INSERT_OLD_TAG: Final = "INSERT INTO old_tag VALUES (?, ?)"
_DELETE_OLD_TAGS: Final = "DELETE FROM old_tag WHERE weapon = ?"
_DELETE_SOURCE: Final = "DELETE FROM source WHERE key = ? AND subject = ?"
_KEEP_REFERENCE: Final = "INSERT OR REPLACE INTO reference VALUES (?, ?, ?)"


@dataclass
class Change:
    """What a batch of facts makes of one weapon: its row, the state before (if any) and now."""

    row: int
    before: Weapon | None
    now: Weapon

    @cached_property
    def listed_before(self) -> Listing | None:
        """The columns that stand in the register so far."""
        return listing(self.before) if self.before else None

    @cached_property
    def listed(self) -> Listing:
        """The columns as they are to be."""
        return listing(self.now)


class PlaceNames:
    """The names of places, in memory: every weapon's row carries the name of its place."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, place: str) -> str:
        """Return the place's name; of one not on record yet, nothing."""
        return self._names.get(place, "")

    def learn(self, reference: Reference) -> None:
        """Take in a reference, in case it is a place."""
        name = place_name(reference)
        if name is not None:
            self._names[reference.subject] = name

    def refresh(self, connection: Connection) -> None:
        """Read all names anew."""
        self._names = {}
        opened = (codec.kind_of(facts.PlaceOpened("")),)
        for subject, state in connection.execute(
            "SELECT subject, state FROM reference WHERE kind = ?", opened
        ).fetchall():
            self.learn(rows.decode_reference(subject, state))


def fold_in(
    connection: Connection, chains: Chains, names: PlaceNames, known: Sequence[Fact], now: Instant
) -> list[int]:
    """Bring the register up to facts that stand in the ledger already, in the same transaction.

    Return the rows of the weapons that were written.
    """
    others = _by_subject(known, REFERENCE_BODIES)
    for subject, batch in others.items():
        _fold_reference(connection, names, subject, batch)
    changes = _changes(connection, chains, _by_subject(known, WEAPON_BODIES))
    write_changes(connection, names, changes)
    recompute(connection, [(change.before, change.now) for change in changes], now)
    look_again(connection, _blocks_in(others), now)
    weigh_histories(connection, _histories_in(connection, others), now)
    weigh_inquiries(connection, _inquiries_in(others), now)
    return [change.row for change in changes]


def fold_again(
    connection: Connection, chains: Chains, names: PlaceNames, subjects: Iterable[str], now: Instant
) -> list[int]:
    """Fold subjects anew from all their facts, after an entry about them came to be heeded.

    Return the rows of the weapons that were written.
    """
    known = {subject: chains.facts_of(subject) for subject in subjects}
    for subject, about in known.items():
        others = [fact for fact in about if type(fact.body) in REFERENCE_BODIES]
        if others:
            _keep_folded(connection, names, folded_reference(subject, others))
    blocks, histories = _blocks_in(known), _histories_in(connection, known)
    inquiries = _inquiries_in(known)
    about_weapons = {subject: found for subject, one in known.items() if (found := of_weapons(one))}
    changes = [
        Change(one.row, one.before, weapons.folded(one.now.id, about_weapons[one.now.id]))
        for one in _changes(connection, chains, about_weapons)
    ]
    write_changes(connection, names, changes)
    recompute(connection, [(change.before, change.now) for change in changes], now)
    look_again(connection, blocks, now)
    weigh_histories(connection, histories, now)
    weigh_inquiries(connection, inquiries, now)
    return [change.row for change in changes]


def write_changes(connection: Connection, names: PlaceNames, changes: Sequence[Change]) -> None:
    """Write the weapons' rows, and the rows drawn from them."""
    fresh = [change for change in changes if change.before is None]
    _insert(connection, names, fresh)
    for change in changes:
        if change.before is not None:
            _update(connection, names, change)
    drawn = [
        (one.scheme, one.number, one.job, change.now.id)
        for change in changes
        for one in change.now.applied
    ]
    if drawn:
        connection.executemany(_INSERT_NUMBER, drawn)
    blocks = [(block, one.now.id) for one in changes for block in _named_anew(one)]
    if blocks:
        connection.executemany(_INSERT_DRAWN, blocks)
    _keep_old_tags(connection, changes)
    _keep_sources(connection, changes)
    _keep_facets(connection, changes)


def _named_anew(change: Change) -> frozenset[str]:
    """Return the blocks that the weapon's marks name and did not name before."""
    named = blocks_named(change.now)
    return named - blocks_named(change.before) if change.before and named else named


def _keep_facets(connection: Connection, changes: Sequence[Change]) -> None:
    """Write what lists are narrowed by, where it is new or another than before."""
    said = []
    for change in changes:
        now, before = facet_rows.facets(change.listed), change.listed_before
        if before is None or facet_rows.facets(before) != now:
            said.append((change.row, now))
    if said:
        facet_rows.keep(connection, said)


def _keep_old_tags(connection: Connection, changes: Sequence[Change]) -> None:
    """Write the tags that were replaced; an older fact that comes late may order them anew."""
    for change in changes:
        before = change.before.tags[:-1] if change.before else ()
        now = change.now.tags[:-1]
        if now != before:
            connection.execute(_DELETE_OLD_TAGS, (change.row,))
            connection.executemany(_INSERT_OLD_TAG, rows.old_tag_rows(change.row, change.now))


def _keep_sources(connection: Connection, changes: Sequence[Change]) -> None:
    """Write which rows of lists stand on record; a row that was withdrawn may come in again."""
    held: list[Row] = []
    gone: list[Row] = []
    for change in changes:
        weapon = change.now
        if weapon.source is not None:
            (gone if weapon.status == "withdrawn" else held).append((weapon.source.key, weapon.id))
    if held:
        connection.executemany(_INSERT_SOURCE, held)
    if gone:
        connection.executemany(_DELETE_SOURCE, gone)


def keep_reference(connection: Connection, reference: Reference) -> None:
    """Write a reference's row, and the row it was taken from where it came from a list."""
    kind = codec.kind_of(reference.opened) if reference.opened else ""
    connection.execute(_KEEP_REFERENCE, (reference.subject, kind, rows.encode_reference(reference)))
    opened = reference.opened
    if isinstance(opened, LotRegistered) and opened.source is not None:
        sql = _DELETE_SOURCE if reference.is_closed else _INSERT_SOURCE
        connection.execute(sql, (opened.source.key, reference.subject))


def rename_place(connection: Connection, place: str, before: str, name: str) -> None:
    """Write a place's name into the rows of the weapons in it."""
    connection.execute(
        "UPDATE weapon SET place_name = ?, by_place = ? WHERE by_place = ? AND place = ?",
        (name, rows.place_key(name), rows.place_key(before), place),
    )


def folded_reference(subject: str, known: Iterable[Fact]) -> Reference:
    """Return the reference that a set of its facts makes, in whatever order they are given."""
    reference = Reference(subject)
    for fact in known:
        reference = references.after(reference, fact)
    return reference


def _blocks_in(known: Mapping[str, Sequence[Fact]]) -> list[str]:
    """Return the blocks of which a fact speaks, granted or home, and whose numbers those are."""
    whose = {
        numbers_key(fact.body.scheme, node)
        for about in known.values()
        for fact in about
        if isinstance(fact.body, BlockGranted | BlockReturned)
        for node in (fact.body.node, fact.node)
    }
    return [*_spoken_of(known, BlockGranted | BlockReturned), *sorted(whose)]


def _inquiries_in(known: Mapping[str, Sequence[Fact]]) -> list[str]:
    """Return the investigations that were opened or closed."""
    return _spoken_of(known, InvestigationOpened | InvestigationClosed)


def _histories_in(connection: Connection, known: Mapping[str, Sequence[Fact]]) -> list[NodeId]:
    """Return the nodes of whose second histories a fact says whether they count."""
    judged = _spoken_of(known, EntryJudged)
    return forks.nodes_of(connection, judged) if judged else []


def _spoken_of(known: Mapping[str, Sequence[Fact]], bodies: type | UnionType) -> list[str]:
    return [
        subject
        for subject, about in known.items()
        if any(isinstance(one.body, bodies) for one in about)
    ]


def _by_subject(known: Sequence[Fact], bodies: frozenset[type]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in known:
        if type(fact.body) in bodies:
            found.setdefault(fact.subject, []).append(fact)
    return found


def _fold_reference(
    connection: Connection, names: PlaceNames, subject: str, batch: list[Fact]
) -> None:
    row = connection.execute("SELECT state FROM reference WHERE subject = ?", (subject,)).fetchone()
    reference = rows.decode_reference(subject, row[0]) if row else Reference(subject)
    for fact in batch:
        reference = references.after(reference, fact)
    _keep_folded(connection, names, reference)


def _keep_folded(connection: Connection, names: PlaceNames, reference: Reference) -> None:
    """Write a reference's row, and a place's new name wherever it stands."""
    subject = reference.subject
    keep_reference(connection, reference)
    before = names.of(subject)
    names.learn(reference)
    if names.of(subject) != before:
        rename_place(connection, subject, before, names.of(subject))


def _changes(connection: Connection, chains: Chains, about: dict[str, list[Fact]]) -> list[Change]:
    if not about:
        return []
    standing = {
        weapon_id: (row, rows.decode_weapon(state))
        for weapon_id, row, state in connection.execute(
            "SELECT id, row, state FROM weapon WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(about)),),
        ).fetchall()
    }
    (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM weapon").fetchone() or (0,)
    changes = []
    for subject, batch in about.items():
        row, before = standing.get(subject, (0, None))
        if before is None:
            last += 1
            row = last
        now = _folded(chains, before or Weapon(WeaponId(subject)), batch)
        changes.append(Change(row, before, now))
    return changes


def _folded(chains: Chains, weapon: Weapon, batch: list[Fact]) -> Weapon:
    for fact in batch:
        if not weapons.extends(weapon, fact):
            return weapons.folded(weapon.id, of_weapons(chains.facts_of(weapon.id)))
        weapon = weapons.after(weapon, fact)
    return weapon


def of_weapons(known: Iterable[Fact]) -> list[Fact]:
    """Keep the facts that the weapon fold is for; others may bear any subject."""
    return [fact for fact in known if type(fact.body) in WEAPON_BODIES]


def _insert(connection: Connection, names: PlaceNames, fresh: Sequence[Change]) -> None:
    if not fresh:
        return
    connection.executemany(_INSERT_WEAPON, [_row(names, change) for change in fresh])
    connection.executemany(
        _INSERT_MARK,
        [row for change in fresh for row in rows.mark_rows(change.row, change.listed.marks)],
    )
    _index_words(connection, fresh[-1].row)


def _index_words(connection: Connection, last: int) -> None:
    """Bring the word index up to the last weapon, once enough of them wait for it."""
    indexed = _words_indexed(connection)
    if last - indexed >= WORDS_WAITING:
        connection.execute(_INDEX_WORDS, (indexed,))
        connection.execute("UPDATE words_indexed SET row = ?", (last,))


def _words_indexed(connection: Connection) -> int:
    (row,) = connection.execute("SELECT row FROM words_indexed").fetchone() or (0,)
    return int(row)


def _update(connection: Connection, names: PlaceNames, change: Change) -> None:
    row = _row(names, change)
    before = change.listed_before
    assert before is not None
    if change.listed == msgspec.structs.replace(before, lamport=change.listed.lamport):
        connection.execute(_UPDATE_STATE, (row[2], row[3], change.row))
        return
    connection.execute(_UPDATE_WEAPON, (*row[1:], change.row))
    if _known_by(change.listed) != _known_by(before):
        likeness_keeping.note(connection, [change.row])
    if change.listed.marks != before.marks:
        connection.execute("DELETE FROM mark WHERE weapon = ?", (change.row,))
        connection.executemany(_INSERT_MARK, rows.mark_rows(change.row, change.listed.marks))
    if change.listed.words != before.words and change.row <= _words_indexed(connection):
        connection.execute("DELETE FROM weapon_fts WHERE rowid = ?", (change.row,))
        connection.execute(_INSERT_WORDS, (change.row, change.listed.words))


def _known_by(listed: Listing) -> tuple[object, ...]:
    """Return what the index of likeness knows of a weapon."""
    return (listed.marks, listed.make, listed.calibre, listed.model, listed.registered)


def _row(names: PlaceNames, change: Change) -> Row:
    return rows.weapon_row(change.row, change.now, change.listed, names.of(change.listed.place))
