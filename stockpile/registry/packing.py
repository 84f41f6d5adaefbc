"""Facts as they are laid into the table of facts: their places, and their rows made ready before.

PostgreSQL takes them by binary COPY: a row is the count of its columns and each value behind its
length (see "Binary Format" under COPY in its manual). All but the place of an entry, which is the
same for all its facts, can be written before any lock is held.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, text

from stockpile.domain import codec
from stockpile.registry.database import fill_in, fill_packed
from stockpile.registry.rows import FACT_COLUMNS, Checked, fact_rows, log_head
from stockpile.registry.tables import EV
from stockpile.registry.texts import key_of

_BEGIN: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_END: Final = b"\xff\xff"
_place: Final = struct.Struct(">hiq").pack
_number: Final = struct.Struct(">iq").pack
_node: Final = struct.Struct(">ii").pack
_length: Final = struct.Struct(">i").pack

Tails = Sequence[bytes]
"""An entry's facts as rows, each without the place at its front."""


def places(connection: Connection, count: int) -> range | list[int]:
    """Return so many places for entries; on SQLite, where one writes at a time, the next ones."""
    if connection.dialect.name != "postgresql":
        after = log_head(connection).size
        return range(after + 1, after + 1 + count)
    drawn = text("SELECT nextval('ev_pos') FROM generate_series(1, :count)")
    return sorted(connection.execute(drawn, {"count": count}).scalars())


def keep_facts(
    connection: Connection, node: int, laid: Sequence[tuple[int, Checked]],
    ready: Mapping[int, Tails],
) -> None:  # fmt: skip
    """Lay entries' facts down at their places; ``ready`` are rows made before, by entry."""
    if connection.dialect.name == "postgresql":
        rows = ((pos, ready.get(one.header.c) or tails(node, one)) for pos, one in laid)
        fill_packed(connection, EV, FACT_COLUMNS, copied(rows))
    else:
        plain = [row for pos, one in laid for row in fact_rows(node, pos, one)]
        fill_in(connection, EV, FACT_COLUMNS, plain)


def tails(node: int, one: Checked) -> Tails:
    """Return an entry's facts as rows without their place, values in the order of FACT_COLUMNS."""
    written_by = _node(4, node)
    made = []
    for fact, raw in zip(one.facts, one.entry.facts, strict=True):
        named = key_of(fact.subject).encode()
        made.append(
            _number(8, fact.seq) + written_by + _kind(codec.kind_of(fact.body))
            + _length(len(named)) + named + _length(len(raw)) + raw
        )  # fmt: skip
    return made


def copied(placed: Iterable[tuple[int, Tails]]) -> bytes:
    """Return what COPY reads: entries' facts at their places."""
    parts = [_BEGIN]
    for pos, rows in placed:
        front = _place(len(FACT_COLUMNS), 8, pos)
        parts += front, front.join(rows)
    return b"".join([*parts, _END])


@lru_cache(maxsize=1 << 10)
def _kind(kind: str) -> bytes:
    said = key_of(kind).encode()
    return _length(len(said)) + said
