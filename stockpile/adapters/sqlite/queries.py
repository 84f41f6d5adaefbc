"""The register as people look at it: lists, counts, search; plain SQL, never through the fold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from stockpile.adapters.sqlite import folding, rows, searching
from stockpile.adapters.sqlite.pages import Condition, Pages
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.values import WeaponId, is_id
from stockpile.services.ports import Hit, Order, RegisterFilter, RegisterRow

LINE: Final = (
    "id", "number", "serial", "mark", "type", "make", "model", "calibre", "condition", "status",
    "place_name", "tag", "recorded_at",
)  # fmt: skip
"""The columns of a line, in the order of RegisterRow."""
_LINES_BY_ID: Final = (
    f"SELECT {', '.join(LINE)} FROM weapon "  # noqa: S608 - our own names
    "WHERE id IN (SELECT value FROM json_each(?))"
)
_LINES_BY_ROW: Final = (
    f"SELECT row, {', '.join(LINE)} FROM weapon "  # noqa: S608 - our own names
    "WHERE row IN (SELECT value FROM json_each(?))"
)
_KEYS: Final[dict[Order, str]] = {
    "serial": "by_serial",
    "mark": "by_mark",
    "model": "by_model",
    "place": "by_place",
    "recorded": "recorded_at",
}


class SqliteRegister:
    """Lists and search over the register; on the lane of the books."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pages = Pages()

    def forget(self) -> None:
        """Forget what is remembered of lists, because something was written."""
        self._pages.forget()

    def count(self, among: RegisterFilter) -> int:
        """Return how many weapons the list holds."""
        with self._store.reading() as connection:
            condition = _condition(connection, among)
            sql = f"SELECT count(*) FROM weapon WHERE {condition.sql}"  # noqa: S608 - our own words
            row = connection.execute(sql, condition.values).fetchone()
        return int(row[0]) if row else 0

    def page(
        self, order: Order, index: int, size: int, among: RegisterFilter
    ) -> tuple[RegisterRow, ...]:
        """Return one page of the list, by keyset; any page of a million in milliseconds."""
        span = (index * size, (index + 1) * size)
        with self._store.reading() as connection:
            condition = _condition(connection, among)
            found = self._pages.page(connection, LINE, _KEYS[order], condition, span)
        return tuple(line(row) for row in found)

    def find(self, text: str, limit: int, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Return weapons by number, tag, any mark, part of one, make, model, place; best first."""
        with self._store.reading() as connection:
            found = searching.find(connection, text, limit, fuzzy=fuzzy)
        return self._hits(found)

    def look_alikes(self, serial_text: str, limit: int) -> tuple[Hit, ...]:
        """Return weapons whose serial is or looks like this one."""
        with self._store.reading() as connection:
            found = searching.look_alikes(connection, serial_text, limit)
        return self._hits(found)

    def rows(self, ids: Sequence[WeaponId]) -> tuple[RegisterRow, ...]:
        """Return these weapons as lines, in the order asked; raises WeaponUnknown."""
        with self._store.reading() as connection:
            found = connection.execute(_LINES_BY_ID, (json.dumps(list(ids)),)).fetchall()
        lines = {row[0]: line(row) for row in found}
        missing = next((one for one in ids if one not in lines), None)
        if missing is not None:
            raise WeaponUnknown(missing)
        return tuple(lines[one] for one in ids)

    def tally(self) -> tuple[tuple[str, int], ...]:
        """Return the number of weapons by status."""
        with self._store.reading() as connection:
            return tuple(
                (status, count)
                for status, count in connection.execute(
                    "SELECT status, count(*) FROM weapon WHERE registered "
                    "GROUP BY status ORDER BY status"
                ).fetchall()
            )

    def _hits(self, found: Sequence[searching.Found]) -> tuple[Hit, ...]:
        with self._store.reading() as connection:
            asked = json.dumps([one.row for one in found])
            lines = connection.execute(_LINES_BY_ROW, (asked,)).fetchall()
        by_row = {row[0]: line(row[1:]) for row in lines}
        return tuple(Hit(by_row[one.row], one.score, one.why) for one in found)


def line(row: Row) -> RegisterRow:
    """Return the line of a row of LINE."""
    return RegisterRow(*row)


def _condition(connection: Connection, among: RegisterFilter) -> Condition:
    parts = [Condition("registered")]
    if among.status:
        parts.append(Condition("status = ?", (among.status,)))
    if among.place:
        parts.append(_in_place(connection, among.place))
    if among.unmarked:
        parts.append(Condition("mark = ''"))
    if among.text:
        parts.append(searching.containing(connection, among.text))
    return Condition(
        " AND ".join(part.sql for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def _in_place(connection: Connection, place: str) -> Condition:
    """Return the condition of a place, given by its id or by its name."""
    if not is_id(place):
        return Condition("by_place = ? AND place_name = ?", (rows.place_key(place), place))
    row = connection.execute("SELECT state FROM reference WHERE subject = ?", (place,)).fetchone()
    name = folding.place_name(rows.decode_reference(place, row[0])) if row else None
    return Condition("by_place = ? AND place = ?", (rows.place_key(name or ""), place))
