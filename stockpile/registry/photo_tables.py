"""The tables of photos: what records show, and what of it arrived; their SQL is migration 0009."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from stockpile.registry.tables import METADATA

PHOTO_SHOWN: Final = Table(
    "photo_shown", METADATA,
    Column("weapon", Text, primary_key=True), Column("digest", Text, primary_key=True),
    Column("size", BigInteger), Column("named", BigInteger), Column("node", Text),
)  # fmt: skip
PHOTO_KEPT: Final = Table(
    "photo_kept", METADATA,
    Column("digest", Text, primary_key=True), Column("state", Text), Column("size", BigInteger),
    Column("node", Text), Column("received", BigInteger),
)  # fmt: skip
PHOTOS_FOLLOWED: Final = Table(
    "photos_followed", METADATA, Column("one", Integer, primary_key=True),
)  # fmt: skip
