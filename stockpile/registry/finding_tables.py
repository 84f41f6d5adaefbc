"""The tables that weapons are found, listed and counted by; their SQL stands in migration 7."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from stockpile.registry.tables import METADATA

LISTED: Final = Table(
    "listed", METADATA,
    Column("weapon", Text, primary_key=True), Column("number", Text), Column("keeper", Text),
    Column("held", Integer), Column("status", Text), Column("type", Text), Column("make", Text),
    Column("model", Text), Column("calibre", Text), Column("place", Text), Column("paper", Text),
    Column("bears", Integer), Column("since", BigInteger), Column("recorded", BigInteger),
    Column("counted", BigInteger), Column("marked", BigInteger), Column("lost", BigInteger),
    Column("destroyed", BigInteger),
)  # fmt: skip
"""A weapon as lists know it. ``keeper`` is the node that wrote where it is, ``held`` whether it is
on record and not destroyed, ``bears`` whether a mark of ours stands on it; instants are 0 for
never."""
SOUGHT: Final = Table(
    "sought", METADATA,
    Column("id", BigInteger, primary_key=True), Column("weapon", Text), Column("kind", Text),
    Column("text", Text), Column("key", Text), Column("fold", Text),
)  # fmt: skip
TALLY: Final = Table(
    "tally", METADATA,
    Column("facet", Text, primary_key=True), Column("value", Text, primary_key=True),
    Column("keeper", Text, primary_key=True), Column("n", BigInteger),
)  # fmt: skip
WAYBILL: Final = Table(
    "waybill", METADATA,
    Column("id", Text, primary_key=True), Column("number", Text), Column("state", Text),
    Column("due", Text), Column("node", Text), Column("out_of", Text), Column("destination", Text),
    Column("destination_name", Text), Column("weapons", Integer), Column("missing", Integer),
)  # fmt: skip
PAPER: Final = Table(
    "paper", METADATA, Column("subject", Text, primary_key=True), Column("number", Text),
)  # fmt: skip
ROUNDS: Final = Table(
    "rounds", METADATA,
    Column("subject", Text, primary_key=True), Column("lot", Text),
    Column("change", BigInteger),
)  # fmt: skip
FINDING_FOLLOWED: Final = Table(
    "finding_followed", METADATA, Column("one", Integer, primary_key=True),
)  # fmt: skip
