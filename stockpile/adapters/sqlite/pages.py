"""Any page of a long list in milliseconds: keyset pages hung on anchors.

An anchor is the key and row at which every 1,024th line of a list begins. Anchors are found when a
page first needs them, walking only from the last one known, and forgotten when anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from stockpile.adapters.sqlite.store import Connection, Row

EVERY: Final = 1024
_LISTS: Final = 8
"""So many lists are remembered: the ones that a person goes back and forth between."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a list holds: SQL over ``weapon``, of our own making, and the values it asks for."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(slots=True)
class _Anchors:
    found: list[tuple[object, int]] = field(default_factory=list)
    complete: bool = False


class Pages:
    """Pages of lists, each an order and a condition."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, Condition], _Anchors] = {}

    def forget(self) -> None:
        """Forget every anchor, because something was written."""
        self._lists.clear()

    def page(
        self,
        connection: Connection,
        columns: Sequence[str],
        key: str,
        among: Condition,
        span: tuple[int, int],
    ) -> list[Row]:
        """Return the lines from one index up to another, in the order of a key column."""
        start, end = span
        anchor, skipped = self._anchor(connection, key, among, start // EVERY)
        if anchor is None:
            return []
        after = f"AND ({key}, row) >= (?, ?)" if skipped else ""
        sql = (
            f"SELECT {', '.join(columns)} FROM weapon WHERE {among.sql} {after} "  # noqa: S608
            f"ORDER BY {key}, row LIMIT ? OFFSET ?"
        )
        values = (*among.values, *(anchor if skipped else ()), end - start, start - skipped)
        return connection.execute(sql, values).fetchall()

    def _anchor(
        self, connection: Connection, key: str, among: Condition, number: int
    ) -> tuple[tuple[object, int] | None, int]:
        """Return an anchor and the index it stands at; None where the list ends before."""
        if number == 0:
            return ("", 0), 0
        if len(self._lists) >= _LISTS and (key, among) not in self._lists:
            self._lists.clear()
        anchors = self._lists.setdefault((key, among), _Anchors())
        while len(anchors.found) < number and not anchors.complete:
            _walk(connection, key, among, anchors)
        if len(anchors.found) < number:
            return None, 0
        return anchors.found[number - 1], number * EVERY


def _walk(connection: Connection, key: str, among: Condition, anchors: _Anchors) -> None:
    """Find the next anchor, from the last one on."""
    last = anchors.found[-1] if anchors.found else ()
    after = f"AND ({key}, row) >= (?, ?)" if last else ""
    sql = (
        f"SELECT {key}, row FROM weapon WHERE {among.sql} {after} "  # noqa: S608 - our own names
        f"ORDER BY {key}, row LIMIT 1 OFFSET {EVERY}"
    )
    row = connection.execute(sql, (*among.values, *last)).fetchone()
    if row is None:
        anchors.complete = True
    else:
        anchors.found.append((row[0], row[1]))
