"""The rows of conflicts: found by the domain's rules in what a batch touched, and in nothing else.

A scope is what a conflict is sought in: one weapon, one duplicate key, one applied text. Whatever
was open in a touched scope and is not found again is settled, and its row goes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, get_args

from stockpile.adapters.sqlite import forks, rows, verdicts
from stockpile.adapters.sqlite.store import Connection, Row
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import codec, conflicts, crowds, facts
from stockpile.domain.conflicts import Conflict, blocks_named, nodes_unnamed
from stockpile.domain.references import Reference
from stockpile.domain.values import Instant, NodeId, SchemeId, WeaponId, search_key
from stockpile.domain.weapons import Weapon, duplicate_key

_WEAPON_KINDS: Final = ", ".join(
    f"'{kind}'" for kind, body in codec.KINDS.items() if body in get_args(facts.WeaponBody)
)
_WEAPONS_IN: Final = (
    f"SELECT DISTINCT subj FROM held_fact JOIN held_entry USING (node) "  # noqa: S608 - our own words
    f"WHERE node = ? AND no = ? AND seq BETWEEN first AND first + n - 1 AND cno = no "
    f"AND kind IN ({_WEAPON_KINDS})"
)

_DRAWN_FROM: Final = (
    "SELECT id, state FROM drawn_from JOIN weapon ON weapon.id = drawn_from.weapon "
    "WHERE block = ? AND drawn_from.weapon > ? ORDER BY drawn_from.weapon LIMIT ?"
)
_GRANTED: Final = codec.kind_of(facts.BlockGranted(NodeId(""), SchemeId(""), 0, 0))
_BLOCKS_OF: Final = "SELECT subject FROM reference WHERE kind = ? AND instr(state, ?)"
_AT_ONCE: Final = 1000
_ALIKE: Final = (
    "SELECT id, CASE WHEN instr(state, CAST('\"same_as\":' AS BLOB)) "
    "OR instr(state, CAST('\"distinct_from\":' AS BLOB)) THEN state END "
    "FROM weapon WHERE duplicate_key = ? AND row IN "
    "(SELECT weapon FROM mark WHERE fold = ? AND is_identity)"
)
"""Those who share a key, with the state of those that name others: what is empty is left out."""

Scoped = tuple[str, Conflict]
Pair = tuple[Weapon | None, Weapon]


def recompute(connection: Connection, touched: Sequence[Pair], now: Instant) -> None:
    """Seek the conflicts of every scope that the changes touched, and write what changed."""
    if not touched:
        return
    scopes = [f"weapon:{weapon.id}" for _, weapon in touched]
    found = _own(connection, [weapon for _, weapon in touched])
    keys = {key for pair in touched for key in _touched_keys(*pair)}
    found.extend(duplicates(connection, keys))
    scopes.extend(f"duplicate:{key}" for key in keys)
    texts = {text for pair in touched for text in _touched_texts(*pair)}
    found.extend(doubled(connection, texts))
    scopes.extend(f"mark:{text}" for text in texts)
    _write(connection, scopes, found, now)


def look_again(connection: Connection, blocks: Sequence[str], now: Instant) -> None:
    """Seek the conflicts of the weapons whose numbers are from blocks of which more was heard."""
    for weapons in _bearing(connection, blocks):
        scopes = [f"weapon:{weapon.id}" for weapon in weapons]
        _write(connection, scopes, _own(connection, weapons), now)


def within(weapon: Weapon) -> list[Scoped]:
    """Return the conflicts of one weapon's own facts, its blocks left aside."""
    return [(f"weapon:{weapon.id}", conflict) for conflict in conflicts.within(weapon)]


def _own(connection: Connection, weapons: Sequence[Weapon]) -> list[Scoped]:
    """Return the conflicts of weapons' own facts, and of the blocks that their marks name."""
    known = _blocks(connection, weapons)
    return [
        (f"weapon:{weapon.id}", conflict)
        for weapon in weapons
        for conflict in conflicts.within(weapon, known)
    ]


def _outside(connection: Connection) -> Iterator[Scoped]:
    """Give the conflicts of all marks whose numbers lie outside their blocks.

    A weapon that bears numbers of several is come by with each, and its conflicts are written once.
    """
    named = connection.execute("SELECT DISTINCT block FROM drawn_from ORDER BY block").fetchall()
    for weapons in _bearing(connection, [block for (block,) in named]):
        known = _blocks(connection, weapons)
        for weapon in weapons:
            for conflict in conflicts.outside(weapon, known):
                yield f"weapon:{weapon.id}", conflict


def _blocks(connection: Connection, weapons: Sequence[Weapon]) -> dict[str, Reference]:
    """Return the blocks that the verdict about the weapons' marks hangs on, as far as they came."""
    named = {one for weapon in weapons for one in blocks_named(weapon)}
    unnamed = {node for weapon in weapons for node in nodes_unnamed(weapon)}
    for node in sorted(unnamed):  # a state names its nodes as they are
        told = connection.execute(_BLOCKS_OF, (_GRANTED, node.encode())).fetchall()
        named.update(subject for (subject,) in told)
    return _references(connection, named)


def _references(connection: Connection, subjects: Collection[str]) -> dict[str, Reference]:
    if not subjects:
        return {}
    held = connection.execute(
        "SELECT subject, state FROM reference WHERE subject IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(subjects)),),
    ).fetchall()
    return {subject: rows.decode_reference(subject, state) for subject, state in held}


def _bearing(connection: Connection, blocks: Iterable[str]) -> Iterator[list[Weapon]]:
    """Give the weapons whose marks name one of these blocks, block by block, some at a time."""
    for block in blocks:
        held: list[Row] = [("",)]
        while held:
            held = connection.execute(_DRAWN_FROM, (block, held[-1][0], _AT_ONCE)).fetchall()
            yield [rows.decode_weapon(state) for _id, state in held]


def shared_by_all(connection: Connection) -> list[Scoped]:
    """Return the conflicts beyond a weapon's own facts, sought in the whole register."""
    keys = connection.execute(
        "SELECT duplicate_key FROM weapon WHERE duplicate_key <> '' "
        "GROUP BY duplicate_key HAVING count(*) > 1"
    ).fetchall()
    texts = connection.execute(
        "SELECT text FROM mark WHERE is_ours GROUP BY text HAVING count(*) > 1"
    ).fetchall()
    return [
        *duplicates(connection, [key for (key,) in keys]),
        *doubled(connection, [text for (text,) in texts]),
        *undecided(connection, verdicts.all_unheeded(connection)),
        *_outside(connection),
        *forks.all_open(connection),
        *_missed(connection),
    ]


def weigh(connection: Connection, entries: Sequence[Unheeded], now: Instant) -> None:
    """Write the conflicts of entries without right to what they say; one decided has none."""
    scopes = [f"entry:{one.hash}" for one in entries]
    if scopes:
        _write(connection, scopes, undecided(connection, entries), now)


def weigh_inquiries(connection: Connection, inquiries: Sequence[str], now: Instant) -> None:
    """Write the conflicts of weapons that counts missed, of investigations of which more came."""
    if inquiries:
        known = _references(connection, inquiries).values()
        _write(connection, [f"inquiry:{one}" for one in inquiries], _missing(known), now)


def _missed(connection: Connection) -> list[Scoped]:
    """Return the conflicts of all weapons that counts missed and nothing answered yet."""
    opened = (codec.kind_of(facts.InvestigationOpened("missing", "")),)
    held = connection.execute(
        "SELECT subject, state FROM reference WHERE kind = ?", opened
    ).fetchall()
    return _missing(rows.decode_reference(subject, state) for subject, state in held)


def _missing(inquiries: Iterable[Reference]) -> list[Scoped]:
    found = ((one.subject, conflicts.count_missing(one)) for one in inquiries)
    return [(f"inquiry:{subject}", one) for subject, one in found if one is not None]


def weigh_histories(connection: Connection, nodes: Sequence[NodeId], now: Instant) -> None:
    """Write the conflicts of nodes that wrote two histories, as far as nobody decided on them."""
    if nodes:
        found = [scoped for node in nodes for scoped in forks.open_of(connection, node)]
        _write(connection, [f"node:{node}" for node in nodes], found, now)


def undecided(connection: Connection, entries: Iterable[Unheeded]) -> list[Scoped]:
    """Return the conflicts of those entries about which nobody has decided."""
    found = []
    for one in entries:
        if one.judged:
            continue
        subjects = connection.execute(_WEAPONS_IN, (one.node, one.number)).fetchall()
        about = (one.node, str(one.number), one.shortfall.act, one.shortfall.lack)
        weapons = [WeaponId(subject) for (subject,) in subjects]
        found.append((f"entry:{one.hash}", conflicts.authority(one.hash, about, weapons)))
    return found


def duplicates(connection: Connection, keys: Iterable[str]) -> list[Scoped]:
    """Return the possible duplicates among the weapons that share one of these keys."""
    by_fold: dict[str, set[str]] = {}
    for key in keys:
        by_fold.setdefault(key.partition("|")[0], set()).add(key)
    shared = connection.execute(
        "SELECT fold FROM mark WHERE is_identity AND fold IN (SELECT value FROM json_each(?)) "
        "GROUP BY fold HAVING count(*) > 1",
        (json.dumps(list(by_fold)),),
    ).fetchall()
    found = []
    for key in (key for (fold,) in shared for key in by_fold[fold]):
        left = _left(connection, key)
        if left:
            found.append((f"duplicate:{key}", conflicts.duplicates_of(key, left)))
    return found


def _left(connection: Connection, key: str) -> list[WeaponId]:
    """Return who shares a duplicate key and is neither joined with nor told apart from all others.

    A careless list makes thousands alike: whoever names none of the others is not read whole.
    """
    sharing = connection.execute(_ALIKE, (key, key.partition("|")[0])).fetchall()
    said = [rows.decode_weapon(raw) for _id, raw in sharing if raw is not None]
    return crowds.left_of([WeaponId(id_) for id_, _raw in sharing], said)


def doubled(connection: Connection, texts: Iterable[str]) -> list[Scoped]:
    """Return the conflicts of applied texts that stand on several weapons."""
    found = []
    for text in texts:
        bearing = connection.execute(
            "SELECT state FROM weapon WHERE row IN "
            "(SELECT weapon FROM mark WHERE key = ? AND is_ours AND text = ?)",
            (search_key(text), text),
        ).fetchall()
        weapons = [rows.decode_weapon(raw) for (raw,) in bearing] if len(bearing) > 1 else []
        conflict = conflicts.mark_doubled(text, weapons)
        if conflict is not None:
            found.append((f"mark:{text}", conflict))
    return found


def _touched_keys(before: Weapon | None, now: Weapon) -> set[str]:
    key = duplicate_key(now)
    if before is None:
        return {key} - {""}
    old = duplicate_key(before)
    return {key, old} - {""} if old != key or _related_anew(before, now) else set()


def _touched_texts(before: Weapon | None, now: Weapon) -> set[str]:
    texts = set(now.own_texts)
    if before is None:
        return texts
    old = before.own_texts
    return texts | old if _related_anew(before, now) else texts ^ old


def _related_anew(before: Weapon, now: Weapon) -> bool:
    """Say whether a person merged the weapon with another, or told the two apart."""
    return (before.same_as, before.distinct_from) != (now.same_as, now.distinct_from)


def _write(connection: Connection, scopes: list[str], found: list[Scoped], now: Instant) -> None:
    open_now: dict[str, Instant] = dict(
        connection.execute(
            "SELECT id, opened_at FROM conflict WHERE scope IN (SELECT value FROM json_each(?))",
            (json.dumps(scopes),),
        ).fetchall()
    )
    if open_now:
        connection.executemany("DELETE FROM conflict WHERE id = ?", [(one,) for one in open_now])
    write_found(connection, found, open_now, now)


def write_found(
    connection: Connection, found: Iterable[Scoped], since: dict[str, Instant], now: Instant
) -> None:
    """Insert conflicts; one that was open before keeps the time since when it is."""
    values = [
        (one.id, one.kind, scope, json.dumps(one.weapons), json.dumps(one.about),
         since.get(one.id, now))
        for scope, one in found
    ]  # fmt: skip
    if values:
        connection.executemany("INSERT OR REPLACE INTO conflict VALUES (?, ?, ?, ?, ?, ?)", values)
