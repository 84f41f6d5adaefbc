"""Which photos the weapons' records show, kept beside their states as these change.

A photo that no record shows any more is forgotten: its row says so in the transaction that took it
off the record, from then on nobody is given it, and its file goes with the next sweep. What arrived
stands beside that and is not derived: a register that is derived anew loses no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from stockpile.domain.facts import Fact, Photo
from stockpile.domain.photo_messages import is_digest
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among, fill
from stockpile.registry.photo_tables import PHOTO_KEPT, PHOTO_SHOWN, PHOTOS_FOLLOWED
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of

_ANY: Final = 1 << 40
"""No photo is as large; what a record says may be any number."""

States = Mapping[WeaponId, Weapon]


def begin(connection: Connection) -> bool:
    """Say whether weapons were folded before photos were followed: then all is derived anew."""
    if connection.execute(select(PHOTOS_FOLLOWED)).first() is not None:
        return False
    connection.execute(insert(PHOTOS_FOLLOWED), {"one": 1})
    return connection.execute(select(WEAPON.c.id).limit(1)).first() is not None


def forget(connection: Connection) -> None:
    """Forget which photos are shown, before all is folded anew; what arrived stays."""
    connection.execute(delete(PHOTO_SHOWN))


def weapons_showing(connection: Connection, digest: str, limit: int) -> list[WeaponId]:
    """Return weapons whose records show a photo, so many at most, by id."""
    asked = select(PHOTO_SHOWN.c.weapon).where(PHOTO_SHOWN.c.digest == digest)
    found = connection.execute(asked.order_by(PHOTO_SHOWN.c.weapon).limit(limit))
    return [WeaponId(weapon) for weapon in found.scalars()]


def follow(
    connection: Connection, before: States, now: States, new: Mapping[WeaponId, Sequence[Fact]]
) -> None:
    """Follow weapons from their states before to those now; under the fold lock.

    A weapon that is folded anew from all its facts has no state before: its rows are compared.
    """
    added, gone = [], []
    held = _held(connection, [weapon for weapon in now if _was_anew(before.get(weapon))])
    for weapon, state in now.items():
        old = before.get(weapon)
        had = held.get(key_of(weapon), set()) if _was_anew(old) else _digests(old)
        shown = {photo.digest: photo for photo in state.photos if is_digest(photo.digest)}
        added += [_row(weapon, one, new[weapon]) for name, one in shown.items() if name not in had]
        gone += [(key_of(weapon), name) for name in sorted(had - set(shown))]
    _take_off(connection, gone)
    fill(connection, PHOTO_SHOWN, added)
    _want_again(connection, [str(row["digest"]) for row in added])


def _was_anew(old: Weapon | None) -> bool:
    return old is not None and not old.known and old == Weapon(old.id)


def _digests(old: Weapon | None) -> set[str]:
    return {one.digest for one in old.photos if is_digest(one.digest)} if old else set()


def _held(connection: Connection, weapons: Iterable[WeaponId]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    keys = [key_of(one) for one in weapons]
    if not keys:
        return found
    asked = select(PHOTO_SHOWN.c.weapon, PHOTO_SHOWN.c.digest)
    for row in connection.execute(asked.where(among(connection, PHOTO_SHOWN.c.weapon, keys))):
        found.setdefault(row.weapon, set()).add(row.digest)
    return found


def _row(weapon: WeaponId, photo: Photo, known: Sequence[Fact]) -> dict[str, object]:
    """Return a photo's row: its size as said, when and by which node it was put on record."""
    last = max(known, key=lambda fact: (fact.at, fact.node, fact.seq))
    return {
        "weapon": key_of(weapon), "digest": photo.digest, "size": min(max(photo.size, 0), _ANY),
        "named": last.at, "node": last.node,
    }  # fmt: skip


def _take_off(connection: Connection, gone: Sequence[tuple[str, str]]) -> None:
    """Take photos off weapons' records; what no other record shows is forgotten."""
    for weapon, digest in gone:
        is_it = (PHOTO_SHOWN.c.weapon == weapon) & (PHOTO_SHOWN.c.digest == digest)
        connection.execute(delete(PHOTO_SHOWN).where(is_it))
        is_shown = select(PHOTO_SHOWN.c.weapon).where(PHOTO_SHOWN.c.digest == digest).limit(1)
        if connection.execute(is_shown).first() is None:
            said = update(PHOTO_KEPT).where(PHOTO_KEPT.c.digest == digest)
            connection.execute(said.values(state="forgotten"))


def _want_again(connection: Connection, digests: Sequence[str]) -> None:
    """Ask anew for photos that were forgotten and are shown again: their files may be gone."""
    if digests:
        here = among(connection, PHOTO_KEPT.c.digest, digests)
        said = update(PHOTO_KEPT).where(here, PHOTO_KEPT.c.state == "forgotten")
        connection.execute(said.values(state="missing"))
