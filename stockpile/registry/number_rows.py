"""Which weapons bear a number that was drawn from a block: its grant may be heard of later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def follow(connection: Connection, weapons: Iterable[Weapon]) -> None:
    """Keep which blocks the marks of weapons name; a block once named is looked at for ever."""
    named = {(key_of(block), key_of(one.id)) for one in weapons for block in blocks_named(one)}
    if named:
        rows = [{"block": block, "weapon": weapon} for block, weapon in sorted(named)]
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
