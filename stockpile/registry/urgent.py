"""What cannot wait for its chain: losses and recoveries that a node tells ahead.

An entry proves itself: its header names its node and its facts, and the node signed it. Entries
told ahead are kept apart, are no part of the log and give no receipt; when the chain reaches them
they must be the very same, else the node has signed two things under one number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, select

from stockpile.domain import codec, ledger, mandates, wire
from stockpile.domain.errors import BatchTooLarge, ChainBroken, ChainForked
from stockpile.domain.exchange import MOST_BYTES
from stockpile.domain.facts import Fact, WeaponBody
from stockpile.domain.ledger import Entry
from stockpile.domain.mandates import Roll
from stockpile.domain.values import Instant, NodeId
from stockpile.registry import register, verdicts
from stockpile.registry.database import among, fill
from stockpile.registry.rows import Checked, Known, held_hashes
from stockpile.registry.tables import URGENT, URGENT_WEAPON

MOST_WAITING: Final = 2_000
"""Entries of one node that may wait for their chain."""


def checked(entries: Sequence[Entry], node: NodeId, public_key: bytes) -> Iterator[Checked]:
    """Give the entries, each verified by itself; raise ChainBroken."""
    for entry in entries:
        header = ledger.read_header(entry.header)
        if header.n != node:
            raise ChainBroken(node, header.c, "node")
        known = ledger.check_alone(entry, public_key)
        yield Checked(entry, header, known, ledger.entry_hash(entry.header))


def keep(connection: Connection, known: Known, batch: Sequence[Checked], at: Instant) -> list[Fact]:
    """Keep what the chain has not reached, and return its facts that were not known yet.

    Raises ChainForked where another entry is held under the same number, BatchTooLarge where too
    many wait already.
    """
    _demand_same(held_hashes(connection, known, batch), known, batch)
    ahead = [one for one in batch if one.header.c > known.tip.number]
    waiting = _waiting(connection, known, ahead)
    _demand_same(waiting, known, ahead)
    new = {one.header.c: one for one in ahead if one.header.c not in waiting}
    count = select(func.count()).select_from(URGENT).where(URGENT.c.node == known.row)
    if connection.execute(count).scalar_one() + len(new) > MOST_WAITING:
        raise BatchTooLarge(MOST_BYTES)
    lacks = _shortfalls(connection, known, new)
    fill(connection, URGENT, [
        {"node": known.row, "no": no, "hash": one.hash, "received": at,
         "entry": wire.pack((one.entry,)), "lack": lacks.get(no, "")}
        for no, one in new.items()
    ])  # fmt: skip
    fill(connection, URGENT_WEAPON, [
        {"weapon": weapon, "node": known.row, "no": no}
        for no, one in new.items()
        for weapon in {register.key_of(fact.subject) for fact in one.facts
                       if isinstance(fact.body, WeaponBody)}
    ])  # fmt: skip
    return [fact for one in new.values() for fact in one.facts]


def demand_as_told(connection: Connection, known: Known, new: Sequence[Checked]) -> bool:
    """Say whether any of these was told ahead of the chain.

    Raises ChainForked where the chain says otherwise than what was told.
    """
    waiting = _waiting(connection, known, new)
    _demand_same(waiting, known, new)
    return bool(waiting)


def reached(connection: Connection, known: Known, number: int) -> None:
    """Let go of what the chain has reached: it stands in the ledger now."""
    for table in (URGENT, URGENT_WEAPON):
        connection.execute(delete(table).where(table.c.node == known.row, table.c.no <= number))


def facts_about(connection: Connection, key: str) -> list[Fact]:
    """Return what was told ahead about a weapon, by its key in the register."""
    asked = (
        select(URGENT.c.entry, URGENT.c.lack)
        .join(
            URGENT_WEAPON,
            (URGENT_WEAPON.c.node == URGENT.c.node) & (URGENT_WEAPON.c.no == URGENT.c.no),
        )
        .where(URGENT_WEAPON.c.weapon == key)
        .order_by(URGENT.c.node, URGENT.c.no)
    )
    found = []
    for raw, lack in connection.execute(asked):
        (entry,) = wire.unpack(bytes(raw), ledger.MOST_FACTS)
        found += [register.heeded(fact, lack) for fact in map(codec.decode, entry.facts)
                  if register.key_of(fact.subject) == key]  # fmt: skip
    return found


def _shortfalls(connection: Connection, known: Known, new: Mapping[int, Checked]) -> dict[int, str]:
    """Return what entries lack by what is known of their chain so far.

    Where entries are missing between, an officer not known here may have been appointed in them:
    then the warning counts, and the verdict is given when the chain arrives.
    """
    found: dict[int, str] = {}
    roll = verdicts.roll_of(connection, known.row) if new else Roll()
    for no, one in new.items():
        lacks = mandates.shortfall(roll, one.entry, one.facts)
        by = {fact.by for fact in one.facts} | {id_ for fact in one.facts for id_ in fact.witnesses}
        is_open = no > known.tip.number + 1 and None not in by and not by <= roll.officers.keys()
        if lacks is not None and not is_open:
            found[no] = lacks.lack
    return found


def _waiting(connection: Connection, known: Known, batch: Sequence[Checked]) -> dict[int, str]:
    numbers = [one.header.c for one in batch]
    asked = select(URGENT.c.no, URGENT.c.hash).where(
        URGENT.c.node == known.row, among(connection, URGENT.c.no, numbers)
    )
    return {row.no: row.hash for row in connection.execute(asked)} if numbers else {}


def _demand_same(held: dict[int, str], known: Known, batch: Sequence[Checked]) -> None:
    for one in batch:
        if held.get(one.header.c, one.hash) != one.hash:
            raise ChainForked(known.node, one.header.c)
