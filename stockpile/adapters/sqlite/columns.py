"""The facets of every weapon in memory, column by column: a million take sixty megabytes.

They are read whole when a list is first asked for, and kept up to what is written after. A weapon
stands at the place of its row: row 1 at place 0, and so on without a gap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite.facets import A_PART, NAMES, part_of
from stockpile.adapters.sqlite.store import Connection

Codes = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint8]
Times = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
"""Where weapons stand in the columns."""

Kept = TypeVar("Kept", bound=np.generic)
_PACKED: Final = np.dtype([("at", "<i8"), *[(name, "<u4") for name in NAMES], ("bits", "u1")])
_PORTION: Final = 256
_SLACK: Final = 4096
_READ: Final = "SELECT packed FROM facet WHERE part >= ? ORDER BY part"
_READ_SOME: Final = (
    "SELECT part, packed FROM facet WHERE part IN (SELECT value FROM json_each(?)) ORDER BY part"
)


class Columns:
    """The columns, and what each code of a value means."""

    def __init__(self) -> None:
        self.size = 0
        self._codes: dict[str, Codes] = {name: np.empty(0, np.uint32) for name in NAMES}
        self._bits: Bits = np.empty(0, np.uint8)
        self._times: Times = np.empty(0, np.int64)
        self._values: dict[str, dict[int, str]] = {name: {} for name in NAMES}
        self._last_code = 0

    def codes(self, name: str) -> Codes:
        """Return a facet's code for every weapon."""
        return self._codes[name][: self.size]

    @property
    def bits(self) -> Bits:
        """The yes-or-no answers of every weapon."""
        return self._bits[: self.size]

    @property
    def times(self) -> Times:
        """When every weapon was recorded."""
        return self._times[: self.size]

    @property
    def code_count(self) -> int:
        """One more than the greatest code."""
        return self._last_code + 1

    def values(self, name: str) -> dict[int, str]:
        """Return a facet's values by their codes."""
        return self._values[name]

    def catch_up(self, connection: Connection, changed: Sequence[int] = ()) -> None:
        """Read the weapons that came since the last reading, and those changed since."""
        (last,) = connection.execute("SELECT coalesce(max(part), -1) FROM facet").fetchone() or (0,)
        if (last + 1) * A_PART > len(self._bits):
            self._grow((last + 1) * A_PART + _SLACK)
        self.size -= self.size % A_PART  # the last part may have been half full
        cursor = connection.execute(_READ, (self.size // A_PART,))
        while portion := cursor.fetchmany(_PORTION):
            self._append(np.frombuffer(b"".join([packed for (packed,) in portion]), _PACKED))
        if changed:
            self._read_again(connection, sorted({part_of(row) for row in changed}))
        self._learn_values(connection)

    def _read_again(self, connection: Connection, parts: Sequence[int]) -> None:
        for part, packed in connection.execute(_READ_SOME, (json.dumps(parts),)).fetchall():
            fresh = np.frombuffer(packed, _PACKED)
            first = part * A_PART
            self._put(slice(first, first + len(fresh)), fresh)

    def _append(self, fresh: npt.NDArray[np.void]) -> None:
        before, self.size = self.size, self.size + len(fresh)
        self._put(slice(before, self.size), fresh)

    def _put(self, at: slice, fresh: npt.NDArray[np.void]) -> None:
        self._times[at] = fresh["at"]
        self._bits[at] = fresh["bits"]
        for name in NAMES:
            self._codes[name][at] = fresh[name]

    def _grow(self, room: int) -> None:
        self._times = _larger(self._times, room)
        self._bits = _larger(self._bits, room)
        self._codes = {name: _larger(codes, room) for name, codes in self._codes.items()}

    def _learn_values(self, connection: Connection) -> None:
        known: Iterable[tuple[int, str, str]] = connection.execute(
            "SELECT code, facet, value FROM facet_value WHERE code > ? ORDER BY code",
            (self._last_code,),
        ).fetchall()
        for code, name, value in known:
            self._values[name][code] = value
            self._last_code = code


def _larger(column: npt.NDArray[Kept], room: int) -> npt.NDArray[Kept]:
    larger = np.zeros(room, column.dtype)
    larger[: len(column)] = column
    return larger
