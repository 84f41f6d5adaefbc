"""What lists are narrowed and counted by, as a few bytes beside each weapon.

A facet is a column with few values: each value has a code, given when it is first met. The codes,
the time of recording and four yes-or-no answers of one weapon take 53 bytes, so that those of a
million are read whole in less than a second.
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
    "condition", "status",
)  # fmt: skip
"""The facets, in the order of their codes in the packed bytes."""
STANDS, MARKED, SERIAL, READ_BACK, PHOTO, RECORDED = 1, 2, 4, 8, 16, 32
"""The yes-or-no answers as bits. ``RECORDED`` is set where the weapon was registered at all."""
PACKED: Final = struct.Struct(f"<q{len(NAMES)}IB")
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
        listed.country, listed.year, listed.document, listed.condition, listed.status,
    )  # fmt: skip
    bits = (
        STANDS * listed.registered
        | MARKED * bool(listed.mark)
        | SERIAL * bool(listed.serial_key)
        | READ_BACK * listed.is_read_back
        | PHOTO * listed.has_photo
        | RECORDED * (listed.status != "unregistered")
    )
    return Facets(listed.recorded_at, values, bits)


def keep(connection: Connection, known: Sequence[tuple[int, Facets]]) -> None:
    """Write the facets of weapons, by their rows; values met for the first time get codes."""
    codes = _codes(connection, (pair for _, one in known for pair in _pairs(one)))
    connection.executemany(
        _KEEP,
        [
            (row, PACKED.pack(one.at, *[codes[pair] for pair in _pairs(one)], one.bits))
            for row, one in known
        ],
    )


def read(packed: bytes, values: dict[int, str]) -> Facets:
    """Return the facets that were packed; ``values`` are those of all codes."""
    at, *codes, bits = PACKED.unpack(packed)
    return Facets(at, tuple([values.get(code, "") for code in codes]), bits)


def _pairs(one: Facets) -> Iterable[tuple[str, str]]:
    return zip(NAMES, one.values, strict=True)


def _codes(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    asked = json.dumps(list(dict.fromkeys(pairs)))
    connection.execute(_KEEP_VALUES, (asked,))
    return {
        (facet, value): code
        for facet, value, code in connection.execute(_CODES, (asked,)).fetchall()
    }
