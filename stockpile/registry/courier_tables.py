"""The tables of courier files: those brought and not yet taken, and what each node said last."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text

from stockpile.registry.tables import METADATA

COURIER_BROUGHT: Final = Table(
    "courier_brought", METADATA,
    Column("id", Text, primary_key=True), Column("officer", Text), Column("at", BigInteger),
    Column("name", Text), Column("words", Text), Column("content", LargeBinary),
    Column("outcome", Text),
)  # fmt: skip
COURIER_HEARD: Final = Table(
    "courier_heard", METADATA,
    Column("node", Text, primary_key=True), Column("at", BigInteger), Column("said", Text),
)  # fmt: skip
