"""The registry's hot list: every weapon that is lost now, told to all nodes without being shown.

Which weapons are lost follows the register, in the same transaction; what was told ahead of a chain
counts too. The slow part, stretching what a weapon is known by, is done once a weapon, outside any
lock, when somebody asks for the list; the list is put together anew only after a change.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from stockpile.domain import hot_list, weapons
from stockpile.domain.facts import Fact, WeaponBody, WeaponLost
from stockpile.domain.hot_list import KEY_BYTES, SALT_LENGTH, HotListHead
from stockpile.domain.losses import is_lost
from stockpile.domain.values import Instant, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import register, urgent
from stockpile.registry.database import Database, among, lock_fold, put
from stockpile.registry.keys import RegistryKey
from stockpile.registry.tables import HOT, HOT_LIST, URGENT_WEAPON, WEAPON

AT_ONCE: Final = 500
"""Weapons whose keys are stretched before the work is kept: about two seconds' worth."""
_CLAIMED: Final = ("lost", "disputed")

_encode = msgspec.json.Encoder().encode
_decode_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_weapon = msgspec.json.Decoder(Weapon).decode


def begin(connection: Connection) -> None:
    """Begin the list, once, with what is lost already; under the fold lock."""
    if connection.execute(select(HOT_LIST.c.one)).scalar() is None:
        salt = secrets.token_bytes(SALT_LENGTH)
        row = {"one": 1, "salt": salt, "changes": 1, "listed": 0, "number": 0}
        connection.execute(insert(HOT_LIST), row)
        renew(connection)


def renew(connection: Connection) -> None:
    """List everything that is lost anew, as the register stands; under the fold lock."""
    claimed = connection.execute(select(WEAPON.c.id).where(WEAPON.c.status.in_(_CLAIMED)))
    held = connection.execute(select(HOT.c.weapon))
    told = connection.execute(select(URGENT_WEAPON.c.weapon).distinct())
    _list(connection, {*claimed.scalars(), *held.scalars(), *told.scalars()})


def follow(connection: Connection, new: Sequence[Fact]) -> None:
    """Follow facts that were folded in, or told ahead; under the fold lock."""
    subjects = {fact.subject for fact in new if type(fact.body) in register.WEAPON_BODIES}
    touched = set(map(register.key_of, subjects))
    lost = {register.key_of(fact.subject) for fact in new if type(fact.body) is WeaponLost}
    if not touched:
        return
    listed = select(HOT.c.weapon).where(among(connection, HOT.c.weapon, list(touched)))
    _list(connection, lost | set(connection.execute(listed).scalars()))


def current(database: Database, key: RegistryKey, have: int, now: Instant) -> bytes | None:
    """Return the list as it is today; None where the asker has just that one.

    Stretching is kept a portion at a time: who is cut off and asks again does not begin anew.
    """
    while _stretch_some(database):
        continue
    with database.reading() as connection:
        row = connection.execute(select(HOT_LIST)).one()
    if row.content is None or row.listed != row.changes:
        row = _put_together(database, key, now)
    return None if row.number == have else bytes(row.content)


# --- inside -------------------------------------------------------------------------------------


def _list(connection: Connection, keys: Iterable[str]) -> None:
    """Put on the list which of these weapons are lost, and take off which are not."""
    wanted = sorted(keys)
    if not wanted:
        return
    asked = select(HOT).where(among(connection, HOT.c.weapon, wanted))
    held = {row.weapon: row for row in connection.execute(asked)}
    rows, gone = [], []
    for key in wanted:
        weapon = _standing(connection, key)
        texts = _encode(hot_list.texts_of(weapon)).decode() if weapon and is_lost(weapon) else ""
        before = held.get(key)
        if texts == (before.texts if before else ""):
            continue
        gone += [key] if before else []
        rows += [{"weapon": key, "texts": texts, "stretched": None}] if texts else []
    if rows or gone:
        put(connection, HOT, "weapon", gone, rows)
        connection.execute(update(HOT_LIST).values(changes=HOT_LIST.c.changes + 1))


def _standing(connection: Connection, key: str) -> Weapon | None:
    """Return a weapon as it stands with what was told ahead of its chain."""
    told = urgent.facts_about(connection, key)
    if not told:
        state = connection.execute(select(WEAPON.c.state).where(WEAPON.c.id == key)).scalar()
        return None if state is None else _decode_weapon(state)
    weapon = WeaponId(told[0].subject)
    known = {one.hash: one for one in (*register.facts_of(connection, weapon), *told)}
    lives = (one for one in known.values() if isinstance(one.body, WeaponBody))
    return weapons.folded(weapon, lives)


def _stretch_some(database: Database) -> bool:
    """Stretch the keys of some weapons that are new on the list; say whether there were any."""
    with database.reading() as connection:
        salt = connection.execute(select(HOT_LIST.c.salt)).scalar_one()
        asked = select(HOT.c.weapon, HOT.c.texts).where(HOT.c.stretched.is_(None)).limit(AT_ONCE)
        waiting = connection.execute(asked).all()
    stretched = [(row, _stretched(row.texts, salt)) for row in waiting]
    if not stretched:
        return False
    with database.writing() as connection:
        for row, keys in stretched:
            same = (HOT.c.weapon == row.weapon) & (HOT.c.texts == row.texts)
            connection.execute(update(HOT).where(same).values(stretched=keys))
    return True


def _stretched(texts: str, salt: bytes) -> bytes:
    keys = (hot_list.key_of(text, salt) for text in _decode_texts(texts))
    return b"".join(key.to_bytes(KEY_BYTES, "big") for key in keys)


def _put_together(database: Database, key: RegistryKey, now: Instant) -> Row[Any]:
    """Make the list of what is on it now, under the next number, and keep it."""
    with database.writing() as connection:
        lock_fold(connection)
        row = connection.execute(select(HOT_LIST)).one()
        stretched = select(HOT.c.stretched).where(HOT.c.stretched.is_not(None))
        packed = [bytes(one) for one in connection.execute(stretched).scalars()]
        waiting = select(func.count()).where(HOT.c.stretched.is_(None))
        is_whole = not connection.execute(waiting).scalar()
        number = max(row.number + 1, now)
        head = HotListHead(
            hot_list.VERSION, key.node, number, now, bytes(row.salt), hot_list.ROUNDS,
            len(packed), 0, b"",
        )  # fmt: skip
        content = hot_list.made(head, [*_keys(packed)], key.sign)
        listed = row.changes if is_whole else row.listed
        values = {"listed": listed, "number": number, "content": content}
        connection.execute(update(HOT_LIST).values(**values))
        return connection.execute(select(HOT_LIST)).one()


def _keys(packed: Sequence[bytes]) -> Iterator[int]:
    for one in packed:
        for at in range(0, len(one), KEY_BYTES):
            yield int.from_bytes(one[at : at + KEY_BYTES], "big")
