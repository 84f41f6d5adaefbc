"""Which weapons bear a number that was drawn from a block: its grant may be heard of later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, select, text

from stockpile.domain.conflicts import blocks_named
from stockpile.domain.facts import BlockGranted, BlockReturned
from stockpile.domain.references import Reference
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among
from stockpile.registry.tables import DRAWN_FROM
from stockpile.registry.texts import key_of

_AT_ONCE: Final = 500
_KEEP: Final = text(
    "INSERT INTO drawn_from (block, weapon) VALUES (:block, :weapon) ON CONFLICT DO NOTHING"
)


def follow(
    connection: Connection, before: Mapping[WeaponId, Weapon], now: Mapping[WeaponId, Weapon]
) -> None:
    """Keep which blocks the marks of weapons name; a block once named is looked at for ever."""
    rows = [
        {"block": key_of(block), "weapon": key_of(weapon)}
        for weapon, state in sorted(now.items())
        for block in sorted(blocks_named(state) - _named(before.get(weapon)))
    ]
    if rows:
        connection.execute(_KEEP, rows)


def bearing(connection: Connection, heard: Sequence[Reference]) -> Iterator[list[WeaponId]]:
    """Give the weapons whose marks name one of the blocks among what was heard, some at a time."""
    blocks = sorted(key_of(one.subject) for one in heard if _is_block(one))
    last = ""
    while blocks and (found := _after(connection, blocks, last)):
        yield found
        last = found[-1]


def forget(connection: Connection) -> None:
    """Forget what was followed; the ledger can derive it anew."""
    connection.execute(delete(DRAWN_FROM))


def _named(weapon: Weapon | None) -> frozenset[str]:
    return frozenset() if weapon is None else blocks_named(weapon)


def _after(connection: Connection, blocks: Sequence[str], last: str) -> list[WeaponId]:
    is_named = among(connection, DRAWN_FROM.c.block, blocks)
    asked = select(DRAWN_FROM.c.weapon).where(is_named, DRAWN_FROM.c.weapon > last).distinct()
    ordered = asked.order_by(DRAWN_FROM.c.weapon).limit(_AT_ONCE)
    return [WeaponId(one) for one in connection.execute(ordered).scalars()]


def _is_block(heard: Reference) -> bool:
    bodies = (heard.opened, *(one.body for one in heard.standing))
    return not heard.standing or any(
        isinstance(one, BlockGranted | BlockReturned) for one in bodies
    )
