"""The tables of conflicts between weapons of several sites, which all of those sites are told."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Table, Text

from stockpile.registry.tables import METADATA

ALIKE_WAITING: Final = Table(
    "alike_waiting", METADATA,
    Column("node", Text, primary_key=True), Column("shared", Text, primary_key=True),
    Column("due", BigInteger),
)  # fmt: skip
ALIKE_TOLD: Final = Table(
    "alike_told", METADATA,
    Column("weapon", Text, primary_key=True), Column("site", Text, primary_key=True),
    Column("node", Text), Column("at", BigInteger),
)  # fmt: skip
