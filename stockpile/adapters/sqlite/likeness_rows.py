"""Marks as they stand in the tables, read by the hundred thousand without a look at the weapons.

A weapon's row is a page or two of its life; its make, calibre and model, and whether it stands,
are in its facets too, sixty-four weapons a page. Keys come out of the database in one text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite import facets
from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_columns import Fresh, Ids, Rows, Writings
from stockpile.adapters.sqlite.store import Connection, Row

_PACKED: Final = np.dtype(
    [("at", "<i8"), *[(name, "<u4") for name in facets.NAMES], ("bits", "u1")]
)
_A_PART: Final = facets.A_PART * facets.PACKED.size
_KEYS: Final = "SELECT group_concat(weapon), group_concat(key, char(10)) FROM mark WHERE key <> '' "
_BETWEEN: Final = f"{_KEYS} AND weapon > ? AND weapon <= ?"
_OF: Final = f"{_KEYS} AND weapon IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own words
_PARTS_BETWEEN: Final = "SELECT part, packed FROM facet WHERE part BETWEEN ? AND ? ORDER BY part"
_PARTS: Final = (
    "SELECT part, packed FROM facet WHERE part IN (SELECT value FROM json_each(?)) ORDER BY part"
)
_VALUES: Final = (
    "SELECT code, facet, value FROM facet_value WHERE code > ? "
    "AND facet IN ('make', 'calibre', 'model') ORDER BY code"
)


class MarksOnRecord:
    """Reads the marks of weapons that stand, numbered as an index numbers writings."""

    def __init__(self, likeness: Likeness) -> None:
        self._writings: dict[str, Writings] = {
            "make": likeness.makes, "calibre": likeness.calibres, "model": likeness.models,
        }  # fmt: skip
        self._numbers: dict[str, Ids] = {kind: np.zeros(1, np.uint16) for kind in self._writings}
        self._last_code = 0

    def between(self, connection: Connection, after: int, last: int) -> Fresh:
        """Return the marks of the weapons after one row and up to another."""
        span = (facets.part_of(after + 1), facets.part_of(last))
        parts = connection.execute(_PARTS_BETWEEN, span).fetchall()
        return self._fresh(
            connection, connection.execute(_BETWEEN, (after, last)).fetchone(), parts
        )

    def of(self, connection: Connection, rows: Sequence[int]) -> Fresh:
        """Return the marks of the weapons of these rows."""
        asked = json.dumps(sorted({facets.part_of(row) for row in rows}))
        parts = connection.execute(_PARTS, (asked,)).fetchall()
        keys = connection.execute(_OF, (json.dumps(list(rows)),)).fetchone()
        return self._fresh(connection, keys, parts)

    def _fresh(self, connection: Connection, found: Row | None, parts: list[Row]) -> Fresh:
        weapons, keys = found or (None, None)
        if weapons is None or not parts:
            return Fresh(np.zeros(0, np.int32), "", *[np.zeros(0, np.uint16)] * 3)
        self._learn_values(connection)
        rows = np.fromstring(weapons, np.int32, sep=",")
        said = _said(rows, parts)
        stands = (said["bits"] & facets.STANDS).astype(np.bool_)
        if not stands.all():
            lines = np.array(keys.split("\n"), object)
            keys, rows, said = "\n".join(lines[stands]), rows[stands], said[stands]
        numbers = self._numbers
        return Fresh(rows, keys, *[numbers[kind][said[kind]] for kind in self._writings])

    def _learn_values(self, connection: Connection) -> None:
        known = connection.execute(_VALUES, (self._last_code,)).fetchall()
        if not known:
            return
        self._last_code = known[-1][0]
        for kind, writings in self._writings.items():
            numbers = np.zeros(self._last_code + 1, np.uint16)
            numbers[: len(self._numbers[kind])] = self._numbers[kind]
            mine = [(code, value) for code, facet, value in known if facet == kind]
            numbers[[code for code, _ in mine]] = writings.numbers([value for _, value in mine])
            self._numbers[kind] = numbers


def _said(rows: Rows, parts: list[Row]) -> npt.NDArray[np.void]:
    """Return the facets of each row; a row without any does not stand."""
    packed = b"".join([part.ljust(_A_PART, b"\0") for _, part in parts])
    numbers = np.array([number for number, _ in parts], np.int64)
    asked = (rows.astype(np.int64) - 1) // facets.A_PART
    at = np.minimum(np.searchsorted(numbers, asked), len(numbers) - 1)
    found = np.frombuffer(packed, _PACKED)[at * facets.A_PART + (rows - 1) % facets.A_PART]
    found["bits"][numbers[at] != asked] = 0
    return found
