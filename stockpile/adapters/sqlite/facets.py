"""What lists are narrowed and counted by, as a few bytes beside each weapon.

A facet is a column with few values: each value has a code, given when it is first met. The codes,
the time of recording and eight yes-or-no answers of one weapon take 61 bytes. Those of 64 weapons
stand together in one page of the file, so that those of a million are read at the speed at which
pages are opened. What few weapons have (a holder, a paper) is no facet but an index of those few.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.listing import Listing
from stockpile.domain.values import Instant

NAMES: Final = (
    "type", "make", "model", "calibre", "place", "officer", "country", "year", "document",
    "condition", "status", "home", "inspect_by",
)  # fmt: skip
"""The facets, in the order of their codes in the packed bytes."""
STANDS, MARKED, SERIAL, READ_BACK, PHOTO, RECORDED, UNFIT, DEACTIVATED = (
    1, 2, 4, 8, 16, 32, 64, 128,
)  # fmt: skip
"""The yes-or-no answers as bits. ``RECORDED`` is set where the weapon was registered at all."""
PACKED: Final = struct.Struct(f"<q{len(NAMES)}IB")
A_PART: Final = 64
"""So many weapons stand together: row 1 to 64 in part 0. More would not fit one page of 4,096."""
_READ_PARTS: Final = "SELECT part, packed FROM facet WHERE part IN (SELECT value FROM json_each(?))"
_KEEP: Final = "INSERT OR REPLACE INTO facet VALUES (?, ?)"
_KEEP_VALUES: Final = (
    "INSERT OR IGNORE INTO facet_value (facet, value) "
    "SELECT value ->> 0, value ->> 1 FROM json_each(?)"
)
_CODES: Final = (
    "SELECT facet, facet_value.value, code FROM json_each(?) AS asked CROSS JOIN facet_value "
    "ON facet = asked.value ->> 0 AND facet_value.value = asked.value ->> 1"
)


class Facets(NamedTuple):
    """The facets of one weapon: when it was recorded, its values in the order of NAMES, bits."""

    at: Instant
    values: tuple[str, ...]
    bits: int


def facets(listed: Listing) -> Facets:
    """Return the facets that a weapon's columns say."""
    values = (
        listed.type, listed.make, listed.model, listed.calibre, listed.place, listed.recorded_by,
        listed.country, listed.year, listed.document, listed.condition, listed.status, listed.home,
        listed.inspect_by,
    )  # fmt: skip
    bits = (
        STANDS * listed.registered
        | MARKED * bool(listed.mark)
        | SERIAL * bool(listed.serial_key)
        | READ_BACK * listed.is_read_back
        | PHOTO * listed.has_photo
        | RECORDED * (listed.status != "unregistered")
        | UNFIT * listed.is_unfit
        | DEACTIVATED * listed.is_deactivated
    )
    return Facets(listed.recorded_at, values, bits)


def keep(connection: Connection, known: Sequence[tuple[int, Facets]]) -> None:
    """Write the facets of weapons, by their rows; values met for the first time get codes."""
    codes = _codes(connection, (pair for _, one in known for pair in _pairs(one)))
    numbers = sorted({part_of(row) for row, _ in known})
    parts = {number: bytearray() for number in numbers}
    for number, packed in connection.execute(_READ_PARTS, (json.dumps(numbers),)).fetchall():
        parts[number] = bytearray(packed)
    for row, one in sorted(known):
        at = place_of(row)
        packed = PACKED.pack(one.at, *[codes[pair] for pair in _pairs(one)], one.bits)
        parts[part_of(row)][at : at + PACKED.size] = packed
    connection.executemany(_KEEP, [(number, bytes(packed)) for number, packed in parts.items()])


def part_of(row: int) -> int:
    """Return the part in which a weapon's row stands."""
    return (row - 1) // A_PART


def place_of(row: int) -> int:
    """Return the first byte of a weapon's row in its part."""
    return (row - 1) % A_PART * PACKED.size


def read(part: bytes, row: int, values: dict[int, str]) -> Facets | None:
    """Return a row's facets out of its part, None where it has none; ``values`` are by code."""
    at = place_of(row)
    if at + PACKED.size > len(part):
        return None
    instant, *codes, bits = PACKED.unpack_from(part, at)
    return Facets(instant, tuple([values.get(code, "") for code in codes]), bits)


def _pairs(one: Facets) -> Iterable[tuple[str, str]]:
    return zip(NAMES, one.values, strict=True)


def _codes(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    asked = json.dumps(list(dict.fromkeys(pairs)))
    connection.execute(_KEEP_VALUES, (asked,))
    return {
        (facet, value): code
        for facet, value, code in connection.execute(_CODES, (asked,)).fetchall()
    }
