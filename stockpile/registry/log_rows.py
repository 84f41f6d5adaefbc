"""The rows behind the log's proofs and pages: heads it had, tiles, what witnesses said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    Text,
    and_,
    or_,
    select,
)

from stockpile.domain import tiles
from stockpile.domain.errors import TileUnknown
from stockpile.domain.tiles import Tile
from stockpile.domain.values import Digest
from stockpile.registry import log
from stockpile.registry.tables import CM, LEAF, METADATA, TREE

SIGNED_HEAD: Final = Table(
    "signed_head", METADATA,
    Column("one", Integer, primary_key=True), Column("size", BigInteger), Column("at", BigInteger),
    Column("note", LargeBinary),
)  # fmt: skip
COSIGNATURE: Final = Table(
    "cosignature", METADATA,
    Column("key", LargeBinary, primary_key=True), Column("size", BigInteger, primary_key=True),
    Column("second", BigInteger), Column("line", Text),
)  # fmt: skip
SIGHTING: Final = Table(
    "sighting", METADATA,
    Column("size", BigInteger, primary_key=True), Column("root", Text, primary_key=True),
    Column("node", Integer), Column("no", BigInteger), Column("received", BigInteger),
)  # fmt: skip


def root_at(connection: Connection, size: int) -> Digest:
    """Return the root that the log had when it was this long; it must have been so long once."""
    wanted = log.subtrees_of(size)
    return log.Head(size, _hashes(connection, wanted)).root


def tile(connection: Connection, asked: Tile) -> bytes:
    """Return a tile's or a bundle's bytes; raises TileUnknown where the log is not so long yet."""
    made = _bundle(connection, asked) if asked.level == tiles.ENTRIES else _tile(connection, asked)
    if len(made) != asked.width:
        raise TileUnknown(asked.path)
    return tiles.bundle(made) if asked.level == tiles.ENTRIES else b"".join(made)


def _hashes(connection: Connection, wanted: Sequence[tuple[int, int]]) -> tuple[bytes, ...]:
    """Return the hashes of whole subtrees, in the order asked, by one question."""
    if not wanted:
        return ()
    places = or_(*(and_(TREE.c.level == level, TREE.c.idx == index) for level, index in wanted))
    rows = connection.execute(select(TREE.c.level, TREE.c.idx, TREE.c.hash).where(places))
    found = {(level, index): bytes(hashed) for level, index, hashed in rows}
    return tuple(found[place] for place in wanted)


def _tile(connection: Connection, asked: Tile) -> list[bytes]:
    first = asked.first
    rows = connection.execute(
        select(TREE.c.hash)
        .where(TREE.c.level == asked.height)
        .where(TREE.c.idx >= first, TREE.c.idx < first + asked.width)
        .order_by(TREE.c.idx)
    ).scalars()
    return list(map(bytes, rows))


def _bundle(connection: Connection, asked: Tile) -> list[bytes]:
    """Return the hashes of entries; positions in the log count from 1."""
    first = asked.first + 1
    rows = connection.execute(
        select(CM.c.hash)
        .select_from(LEAF)
        .join(CM, (CM.c.node == LEAF.c.node) & (CM.c.no == LEAF.c.no))
        .where(LEAF.c.pos >= first, LEAF.c.pos < first + asked.width)
        .order_by(LEAF.c.pos)
    ).scalars()
    return list(map(bytes, rows))
