"""The register as people look at it: lists, counts, search; never through the fold."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from stockpile.adapters.sqlite import rows, searching
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.lists import Lists
from stockpile.adapters.sqlite.store import Row, Store
from stockpile.domain.errors import DiskFull, DiskTrouble, WeaponUnknown
from stockpile.domain.matching.asking import AsWritten, Words
from stockpile.domain.values import WeaponId
from stockpile.services.ports import (
    Counted,
    Hit,
    Order,
    RegisterFilter,
    RegisterRow,
    Tallied,
)

LINE: Final = (
    "id", "number", "serial", "mark", "type", "make", "model", "calibre", "condition", "status",
    "place_name", "tag", "recorded_at", "recorded_by", "country", "year", "document",
    "holder", "home", "due", "paper", "inspect_by", "unfit",
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
WORTH_KEEPING: Final = 20_000
"""So many weapons are learnt in a tenth of a second; writing an index costs more than that."""
_ROWS: Final = (
    "SELECT row, id FROM weapon WHERE id IN (SELECT value FROM json_each(?)) ORDER BY row"
)
_NAMING: Final = (
    "SELECT state FROM weapon WHERE row IN (SELECT value FROM json_each(?)) AND instr(state, ?) > 0"
)
_JOINED: Final = ("merged", "disputed")
"""How a record stands that was joined to another, unless the two were parted again."""


class SqliteRegister:
    """Lists and search over the register; on the lane of the books."""

    def __init__(
        self,
        store: Store,
        words: Callable[[], Words] = AsWritten,
        worth_keeping: int = WORTH_KEEPING,
    ) -> None:
        self._store = store
        self._worth_keeping = worth_keeping
        self._lists = Lists()
        self._likeness = LikenessOnRecord(words)

    def forget(self, changed: Sequence[int] | None = None) -> None:
        """Take in that the weapons of these rows were written; of all of them without any said."""
        self._lists.forget(changed)
        self._likeness.forget(changed)

    def count(self, among: RegisterFilter) -> int:
        """Return how many weapons the list holds."""
        with self._store.reading() as connection:
            return self._lists.count(connection, among)

    def page(
        self, order: Order, index: int, size: int, among: RegisterFilter, *, falls: bool = False
    ) -> tuple[RegisterRow, ...]:
        """Return one page of the list; any page of a million in milliseconds."""
        span = (index * size, (index + 1) * size)
        with self._store.reading() as connection:
            asked = self._lists.rows(connection, order, among, span, falls=falls)
            found = connection.execute(_LINES_BY_ROW, (json.dumps(asked),)).fetchall()
        lines = {row[0]: line(row[1:]) for row in found}
        return tuple(lines[row] for row in asked)

    def position(
        self, weapon: WeaponId, order: Order, among: RegisterFilter, *, falls: bool = False
    ) -> int | None:
        """Return where a weapon stands in the list, from 0; None where it is not in it."""
        with self._store.reading() as connection:
            rows = connection.execute(_ROWS, (json.dumps([weapon]),)).fetchall()
            if not rows:
                return None
            return self._lists.position(connection, rows[0][0], order, among, falls=falls)

    def values(self, facet: Tallied, among: RegisterFilter) -> tuple[Counted, ...]:
        """Return the values that a facet has in the list, the most frequent first.

        What the list is narrowed to in this same facet is left aside: these are the choices.
        """
        others = replace(among, **{facet: ""})  # type: ignore[arg-type]  # a facet is a text
        with self._store.reading() as connection:
            return self._lists.values(connection, facet, others)

    def among(self, ids: Sequence[WeaponId], among: RegisterFilter) -> frozenset[WeaponId]:
        """Return which of these weapons the list holds."""
        with self._store.reading() as connection:
            rows: dict[int, WeaponId] = dict(
                connection.execute(_ROWS, (json.dumps(list(ids)),)).fetchall()
            )
            held = self._lists.among(connection, list(rows), among)
        return frozenset(rows[row] for row in held)

    def prepare(self) -> bool:
        """Learn a portion of what the first question waits for; say whether all is ready.

        What took long to learn is kept in the books, for the next opening.
        """
        with self._store.reading() as connection:
            is_learnt = self._likeness.step(connection)
        if not is_learnt:
            return False
        if not self._likeness.understands:
            self._likeness.understand()
            return False
        self.keep()
        return True

    def keep(self) -> None:
        """Keep what took long to learn, where nobody waits; a disk that is full does without."""
        if self._likeness.unkept < self._worth_keeping:
            return
        with contextlib.suppress(DiskFull, DiskTrouble), self._store.writing() as connection:
            self._likeness.keep(connection)

    def find(self, text: str, limit: int, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Return weapons by number, tag, any mark, part of one, make, model, place; best first."""
        with self._store.reading() as connection:
            found = searching.find(connection, self._likeness, text, limit, fuzzy=fuzzy)
        return self._hits(found)

    def look_alikes(self, serial_text: str, limit: int) -> tuple[Hit, ...]:
        """Return weapons whose serial is or looks like this one."""
        with self._store.reading() as connection:
            found = searching.look_alikes(connection, self._likeness, serial_text, limit)
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

    def joined_to(self, weapon: WeaponId) -> tuple[WeaponId, ...]:
        """Return the records that say of themselves that they were joined to this one, by id."""
        with self._store.reading() as connection:
            asked = [
                row
                for status in _JOINED
                for row in self._lists.held(connection, RegisterFilter(status=status))
            ]
            said = (json.dumps(asked), weapon.encode())
            found = connection.execute(_NAMING, said).fetchall() if asked else []
        states = (rows.decode_weapon(state) for (state,) in found)
        return tuple(sorted(one.id for one in states if one.absorbed_into == weapon))

    def tally(self) -> tuple[tuple[str, int], ...]:
        """Return the number of weapons by status, records without a weapon left out."""
        found = self.values("status", RegisterFilter())
        return tuple(sorted((one.value, one.count) for one in found))

    def _hits(self, found: Sequence[searching.Found]) -> tuple[Hit, ...]:
        with self._store.reading() as connection:
            asked = json.dumps([one.row for one in found])
            lines = connection.execute(_LINES_BY_ROW, (asked,)).fetchall()
        by_row = {row[0]: line(row[1:]) for row in lines}
        return tuple(
            Hit(by_row[one.row], one.score, one.why, one.at, one.reasons, one.mark) for one in found
        )


def line(row: Row) -> RegisterRow:
    """Return the line of a row of LINE."""
    *texts, unfit = row
    return RegisterRow(*(*texts, bool(unfit)))
