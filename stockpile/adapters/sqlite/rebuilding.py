"""Dropping the register and deriving it anew: for a new shape, and for doubt.

A marker in the file says which shape stands there; while deriving it says none, so that a rebuild
that was cut short is done again at the next opening. The ledger is only read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stockpile.adapters.sqlite import checking, folding, judging
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.contradictions import (
    Scoped,
    shared_by_all,
    within,
    write_found,
)
from stockpile.adapters.sqlite.derived import Derived, derive
from stockpile.adapters.sqlite.folding import Change, PlaceNames
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.domain.values import Instant
from stockpile.services.ports import Checked, Progress

SHAPE: Final = 16
"""Raised by one whenever the register's tables, or what the domain derives, change."""
TABLES: Final = Path(__file__).parent / "register_tables.sql"
INDEXES: Final = Path(__file__).parent / "register_indexes.sql"
FACTS_A_TRANSACTION: Final = 50_000
"""A rebuild in one piece once filled a disk with its log file."""


def is_due(store: Store) -> bool:
    """Say whether the register in the file is none, half of one, or of another shape."""
    with store.reading() as connection:
        row = connection.execute("SELECT shape FROM register").fetchone()
    return row != (SHAPE,)


def rebuild(store: Store, chains: Chains, now: Instant, progress: Progress) -> Checked:
    """Derive the register anew; raises FactUnreadable, DiskFull, DiskTrouble, Cancelled."""
    with store.reading() as connection:
        _run(connection, TABLES.read_text(encoding="utf-8"))
    _judge(store, chains)
    names = PlaceNames()
    found: list[Scoped] = []
    with contextlib.closing(derive(store, chains, progress)) as derived:
        for portion in _portions(derived):
            with store.writing() as connection:
                found += _write(connection, names, portion)
    with store.reading() as connection:
        _run(connection, INDEXES.read_text(encoding="utf-8"))
        names.refresh(connection)
    with store.writing() as connection:
        _name_places(connection, names)
        _write_conflicts(connection, found, now)
        connection.execute("UPDATE register SET shape = ?", (SHAPE,))
    return checking.counted(store, chains)


def demand_anew(connection: Connection) -> None:
    """Have the register derived anew, now or at the next opening: what it holds no longer counts.

    Rows only ever grow from fact to fact; taking facts back out of them is a rebuild.
    """
    connection.execute("UPDATE register SET shape = 0")


def _judge(store: Store, chains: Chains) -> None:
    """Find anew which entries are not heeded."""
    with store.writing() as connection:
        judging.judge_all(connection, chains)
    chains.forget_authority()
    chains.reread_verdicts()


def _run(connection: Connection, sql: str) -> None:
    script = f"BEGIN IMMEDIATE;\n{sql}\nCOMMIT;"
    try:
        connection.executescript(script)
    finally:
        if connection.in_transaction:
            connection.rollback()


def _portions(derived: Iterator[Derived]) -> Iterator[list[Derived]]:
    portion: list[Derived] = []
    facts = 0
    for one in derived:
        portion.append(one)
        facts += one.facts
        if facts >= FACTS_A_TRANSACTION:
            yield portion
            portion, facts = [], 0
    yield portion


def _write(connection: Connection, names: PlaceNames, portion: list[Derived]) -> list[Scoped]:
    """Write what was derived, and return the conflicts that weapons have with themselves."""
    (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM weapon").fetchone() or (0,)
    for one in portion:
        if one.reference is not None:
            names.learn(one.reference)
            folding.keep_reference(connection, one.reference)
    weapons = [one.weapon for one in portion if one.weapon is not None]
    changes = [Change(last + place, None, weapon) for place, weapon in enumerate(weapons, 1)]
    folding.write_changes(connection, names, changes)
    return [one for weapon in weapons for one in within(weapon)]


def _name_places(connection: Connection, names: PlaceNames) -> None:
    """Name the places that were derived after the weapons that stand in them."""
    unnamed = connection.execute(
        "SELECT DISTINCT place FROM weapon WHERE place <> '' AND place_name = ''"
    ).fetchall()
    for (place,) in unnamed:
        folding.rename_place(connection, place, "", names.of(place))


def _write_conflicts(connection: Connection, found: list[Scoped], now: Instant) -> None:
    """Put the conflicts found, and those that several weapons share, in the place of the old."""
    since: dict[str, Instant] = dict(
        connection.execute("SELECT id, opened_at FROM conflict").fetchall()
    )
    connection.execute("DELETE FROM conflict")
    write_found(connection, (*found, *shared_by_all(connection)), since, now)
