"""Which weapons bear a number that was drawn from a block: its grant may be heard of later.

Of a mark that names no block it is all that its node holds of the scheme; so it is kept as well of
whose numbers each block speaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, select, text

from stockpile.domain.conflicts import blocks_named, nodes_unnamed
from stockpile.domain.facts import BlockGranted, BlockReturned
from stockpile.domain.references import Reference
from stockpile.domain.unnamed_numbers import keys_named
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among
from stockpile.registry.tables import BLOCK_OF, DRAWN_FROM
from stockpile.registry.texts import key_of

_AT_ONCE: Final = 500
_KEEP: Final = text(
    "INSERT INTO drawn_from (block, weapon) VALUES (:block, :weapon) ON CONFLICT DO NOTHING"
)
_KEEP_BLOCK: Final = text(
    "INSERT INTO block_of (whose, block) VALUES (:whose, :block) ON CONFLICT DO NOTHING"
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


def follow_blocks(connection: Connection, heard: Sequence[Reference]) -> None:
    """Keep of whose numbers the blocks among what was heard speak; what was said once stays."""
    rows = [
        {"whose": key_of(whose), "block": key_of(one.subject)}
        for one in heard
        for whose in sorted(keys_named(one))
    ]
    if rows:
        connection.execute(_KEEP_BLOCK, rows)


def blocks_of(connection: Connection, now: Collection[Weapon]) -> set[str]:
    """Return the blocks that the verdict about the marks of weapons hangs on."""
    named = {one for weapon in now for one in blocks_named(weapon)}
    if not any(nodes_unnamed(weapon) for weapon in now):
        return named
    whose = sorted(map(key_of, named))
    asked = select(BLOCK_OF.c.block).where(among(connection, BLOCK_OF.c.whose, whose))
    return named | set(connection.execute(asked).scalars())


def bearing(connection: Connection, heard: Sequence[Reference]) -> Iterator[list[WeaponId]]:
    """Give the weapons whose marks hang on a block among what was heard, some at a time."""
    named = sorted(key_of(one.subject) for one in heard if _is_block(one))
    blocks = [*named, *_whose(connection, named)] if named else []
    last = ""
    while blocks and (found := _after(connection, blocks, last)):
        yield found
        last = found[-1]


def forget(connection: Connection) -> None:
    """Forget what was followed; the ledger can derive it anew."""
    for table in (DRAWN_FROM, BLOCK_OF):
        connection.execute(delete(table))


def _named(weapon: Weapon | None) -> frozenset[str]:
    return frozenset() if weapon is None else blocks_named(weapon)


def _after(connection: Connection, blocks: Sequence[str], last: str) -> list[WeaponId]:
    is_named = among(connection, DRAWN_FROM.c.block, blocks)
    asked = select(DRAWN_FROM.c.weapon).where(is_named, DRAWN_FROM.c.weapon > last).distinct()
    ordered = asked.order_by(DRAWN_FROM.c.weapon).limit(_AT_ONCE)
    return [WeaponId(one) for one in connection.execute(ordered).scalars()]


def _whose(connection: Connection, blocks: Sequence[str]) -> list[str]:
    """Return of whose numbers blocks speak, or spoke while what was said of them counted."""
    asked = select(BLOCK_OF.c.whose).where(among(connection, BLOCK_OF.c.block, blocks)).distinct()
    return sorted(connection.execute(asked).scalars())


def _is_block(heard: Reference) -> bool:
    bodies = (heard.opened, *(one.body for one in heard.standing))
    return not heard.standing or any(
        isinstance(one, BlockGranted | BlockReturned) for one in bodies
    )
