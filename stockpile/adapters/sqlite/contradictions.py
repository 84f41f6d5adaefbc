"""The rows of conflicts: found by the domain's rules in what a batch touched, and in nothing else.

A scope is what a conflict is sought in: one weapon, one duplicate key, one applied text. Whatever
was open in a touched scope and is not found again is settled, and its row goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, get_args

from stockpile.adapters.sqlite import rows, verdicts
from stockpile.adapters.sqlite.store import Connection
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import codec, conflicts, facts
from stockpile.domain.conflicts import Conflict
from stockpile.domain.values import Instant, WeaponId, search_key
from stockpile.domain.weapons import Weapon, duplicate_key

_WEAPON_KINDS: Final = ", ".join(
    f"'{kind}'" for kind, body in codec.KINDS.items() if body in get_args(facts.WeaponBody)
)
_WEAPONS_IN: Final = (
    f"SELECT DISTINCT subj FROM held_fact JOIN held_entry USING (node) "  # noqa: S608 - our own words
    f"WHERE node = ? AND no = ? AND seq BETWEEN first AND first + n - 1 AND cno = no "
    f"AND kind IN ({_WEAPON_KINDS})"
)

Scoped = tuple[str, Conflict]
Pair = tuple[Weapon | None, Weapon]


def recompute(connection: Connection, touched: Sequence[Pair], now: Instant) -> None:
    """Seek the conflicts of every scope that the changes touched, and write what changed."""
    if not touched:
        return
    scopes = [f"weapon:{weapon.id}" for _, weapon in touched]
    found: list[Scoped] = [scoped for _, weapon in touched for scoped in within(weapon)]
    keys = {key for pair in touched for key in _touched_keys(*pair)}
    found.extend(duplicates(connection, keys))
    scopes.extend(f"duplicate:{key}" for key in keys)
    texts = {text for pair in touched for text in _touched_texts(*pair)}
    found.extend(doubled(connection, texts))
    scopes.extend(f"mark:{text}" for text in texts)
    _write(connection, scopes, found, now)


def within(weapon: Weapon) -> list[Scoped]:
    """Return the conflicts of one weapon's own facts."""
    return [(f"weapon:{weapon.id}", conflict) for conflict in conflicts.within(weapon)]


def shared_by_all(connection: Connection) -> list[Scoped]:
    """Return the conflicts that weapons have with each other, sought in the whole register."""
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
    ]


def weigh(connection: Connection, entries: Sequence[Unheeded], now: Instant) -> None:
    """Write the conflicts of entries without right to what they say; one decided has none."""
    scopes = [f"entry:{one.hash}" for one in entries]
    if scopes:
        _write(connection, scopes, undecided(connection, entries), now)


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
        sharing = connection.execute(
            "SELECT state FROM weapon WHERE duplicate_key = ? AND row IN "
            "(SELECT weapon FROM mark WHERE fold = ? AND is_identity)",
            (key, key.partition("|")[0]),
        ).fetchall()
        conflict = conflicts.possible_duplicate(
            key, [rows.decode_weapon(raw) for (raw,) in sharing]
        )
        if conflict is not None:
            found.append((f"duplicate:{key}", conflict))
    return found


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
