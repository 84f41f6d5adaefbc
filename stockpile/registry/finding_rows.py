"""What weapons are found, listed and counted by, kept beside their states as these change.

1. A row is written only where it changed: most facts (a count, a move) leave the marks as they
   were, and the marks' index is the dear one.
2. Figures are kept as differences of such rows, in the same transaction, under the fold lock; so a
   figure and the list it leads to never tell two stories.
3. All of it is derived: ``forget`` empties it, and the next folding of all facts fills it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select, text

from stockpile.domain.dates import read_date
from stockpile.domain.references import Reference
from stockpile.domain.transfers import Waybill, waybill_of
from stockpile.domain.values import search_key
from stockpile.registry.database import among, fill_in, put, take_out
from stockpile.registry.finding_tables import (
    FINDING_FOLLOWED,
    LISTED,
    PAPER,
    ROUNDS,
    SOUGHT,
    TALLY,
    WAYBILL,
)
from stockpile.registry.listing import Change, Figure, Key, Row
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of, shown

_ADD: Final = text(
    "INSERT INTO tally (facet, value, keeper, n) VALUES (:facet, :value, :keeper, :n) "
    "ON CONFLICT (facet, value, keeper) DO UPDATE SET n = tally.n + excluded.n"
)


def held(connection: Connection, keys: Sequence[str]) -> dict[str, Row]:
    """Return the rows of the list that these weapons have, by their keys."""
    if not keys:
        return {}
    asked = select(LISTED).where(among(connection, LISTED.c.weapon, keys))
    rows = map(Row._make, connection.execute(asked).all())
    return {row.weapon: row for row in rows}


def follow(connection: Connection, changes: Iterable[Change]) -> None:
    """Write what became of weapons; under the fold lock. Texts that stay are not touched."""
    rows: list[Row] = []
    gone: list[str] = []
    sought_anew: list[str] = []
    texts: list[Key] = []
    counts = Counter[Figure]()
    for one in changes:
        texts += one.texts
        sought_anew += [one.key] if one.is_sought_anew else []
        if one.now == one.old:
            continue
        rows += [one.now] if one.now else []
        gone += [one.key] if one.old else []
        for figure in one.more:
            counts[figure] += 1
        for figure in one.fewer:
            counts[figure] -= 1
    take_out(connection, LISTED, "weapon", gone)
    fill_in(connection, LISTED, Row._fields, rows)
    count(connection, counts)
    take_out(connection, SOUGHT, "weapon", sought_anew)
    fill_in(connection, SOUGHT, Key._fields, texts)


def count(connection: Connection, counts: Mapping[Figure, int]) -> None:
    """Add to figures what they have grown by; under the fold lock."""
    changed = sorted((one, n) for one, n in counts.items() if n)
    rows = [
        {"facet": facet, "value": value, "keeper": keeper, "n": n}
        for (facet, value, keeper), n in changed
    ]
    if rows:
        connection.execute(_ADD, rows)


def follow_references(connection: Connection, all_: Sequence[Reference]) -> None:
    """Follow papers and transfers to what they are now; under the fold lock."""
    papers: list[dict[str, object]] = []
    waybills: list[dict[str, object]] = []
    for one in all_:
        number = getattr(one.opened, "number", "")
        if isinstance(number, str) and number:
            papers.append({"subject": key_of(one.subject), "number": key_of(search_key(number))})
        waybill = waybill_of(one)
        if waybill is not None:
            waybills.append(_waybill_row(key_of(one.subject), waybill))
    keys = [key_of(one.subject) for one in all_]
    put(connection, PAPER, "subject", keys, papers)
    put(connection, WAYBILL, "id", keys, waybills)


def _waybill_row(key: str, waybill: Waybill) -> dict[str, object]:
    said, due = waybill.opened, read_date(waybill.opened.due)
    return {
        "id": key, "number": shown(said.number), "state": waybill.state,
        "due": due.text if due.status == "read" else "", "node": key_of(waybill.node),
        "out_of": key_of(said.out_of), "destination": key_of(said.to or ""),
        "destination_name": shown(said.to_name), "weapons": len(said.weapons),
        "missing": len(waybill.missing),
    }  # fmt: skip


def begin(connection: Connection) -> bool:
    """Say, once, whether the register holds weapons from before lists were kept here."""
    if connection.execute(select(FINDING_FOLLOWED.c.one)).scalar() is not None:
        return False
    connection.execute(insert(FINDING_FOLLOWED), {"one": 1})
    return connection.execute(select(WEAPON.c.id).limit(1)).scalar() is not None


def forget(connection: Connection) -> None:
    """Empty every list; the ledger can derive them anew."""
    for table in (LISTED, SOUGHT, TALLY, WAYBILL, PAPER, ROUNDS):
        connection.execute(delete(table))
