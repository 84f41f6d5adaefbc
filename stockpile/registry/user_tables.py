"""The tables behind the registry's pages: users, sessions, tries and the audit log."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from stockpile.registry.tables import METADATA

WEB_USER: Final = Table(
    "web_user", METADATA,
    Column("officer", Text, primary_key=True), Column("login", Text),
    Column("salt", LargeBinary), Column("passes", Integer), Column("memory", BigInteger),
    Column("sealed", LargeBinary), Column("is_new", Integer), Column("last_step", BigInteger),
    Column("made_at", BigInteger),
)  # fmt: skip
WEB_CODE: Final = Table(
    "web_code", METADATA,
    Column("officer", Text, primary_key=True), Column("hash", Text, primary_key=True),
    Column("used_at", BigInteger),
)  # fmt: skip
WEB_SESSION: Final = Table(
    "web_session", METADATA,
    Column("id", Text, primary_key=True), Column("officer", Text), Column("is_new", Integer),
    Column("sealed", LargeBinary), Column("began", BigInteger), Column("seen", BigInteger),
    Column("stepped", BigInteger), Column("address", Text), Column("program", Text),
)  # fmt: skip
WEB_TRY: Final = Table(
    "web_try", METADATA,
    Column("id", BigInteger, primary_key=True), Column("who", Text), Column("at", BigInteger),
)  # fmt: skip
AUDIT: Final = Table(
    "audit", METADATA,
    Column("no", BigInteger, primary_key=True), Column("at", BigInteger), Column("officer", Text),
    Column("address", Text), Column("act", Text), Column("about", Text), Column("hash", Text),
)  # fmt: skip
AUDIT_HEAD: Final = Table(
    "audit_head", METADATA,
    Column("one", Integer, primary_key=True), Column("no", BigInteger), Column("hash", Text),
    Column("sealed_day", BigInteger),
)  # fmt: skip
