"""The registry's tables, as SQLAlchemy Core speaks of them; their SQL stands in the migrations.

Names are the node's: ``cm`` entries (commits) and ``ev`` facts (events), verbatim. ``ev.pos`` is
only where an entry's facts lie (PostgreSQL cuts the table into parts by it); the order that
everybody reads in is ``leaf.pos``, the position in the log.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

METADATA: Final = MetaData()

NODE: Final = Table(
    "node", METADATA,
    Column("id", Integer, primary_key=True), Column("node", Text), Column("name", Text),
    Column("site", Text), Column("public_key", LargeBinary), Column("status", Text),
    Column("tip_no", BigInteger), Column("tip_seq", BigInteger), Column("tip_hash", Text),
    Column("enrolled_at", BigInteger), Column("scope", Text),
)  # fmt: skip
CM: Final = Table(
    "cm", METADATA,
    Column("node", Integer, primary_key=True), Column("no", BigInteger, primary_key=True),
    Column("pos", BigInteger), Column("first", BigInteger), Column("n", Integer),
    Column("size", BigInteger), Column("leaf_pos", BigInteger), Column("received", BigInteger),
    Column("hash", LargeBinary), Column("header", LargeBinary), Column("sig", LargeBinary),
)  # fmt: skip
EV: Final = Table(
    "ev", METADATA,
    Column("pos", BigInteger, primary_key=True), Column("seq", BigInteger, primary_key=True),
    Column("node", Integer), Column("kind", Text), Column("subj", Text),
    Column("payload", LargeBinary),
)  # fmt: skip
LEAF: Final = Table(
    "leaf", METADATA,
    Column("pos", BigInteger, primary_key=True), Column("node", Integer), Column("no", BigInteger),
)  # fmt: skip
TREE: Final = Table(
    "tree", METADATA,
    Column("level", SmallInteger, primary_key=True), Column("idx", BigInteger, primary_key=True),
    Column("hash", LargeBinary),
)  # fmt: skip
LOG_HEAD: Final = Table(
    "log_head", METADATA,
    Column("one", Integer, primary_key=True), Column("size", BigInteger), Column("root", Text),
    Column("peaks", LargeBinary), Column("lamport", BigInteger),
)  # fmt: skip
FORK: Final = Table(
    "fork", METADATA,
    Column("node", Integer, primary_key=True), Column("hash", Text, primary_key=True),
    Column("no", BigInteger), Column("why", Text), Column("received", BigInteger),
    Column("entry", LargeBinary),
)  # fmt: skip
CODE: Final = Table(
    "code", METADATA,
    Column("hash", LargeBinary, primary_key=True), Column("name", Text), Column("site", Text),
    Column("made_at", BigInteger), Column("used_by", Text), Column("used_at", BigInteger),
    Column("scope", Text),
)  # fmt: skip
WEAPON: Final = Table(
    "weapon", METADATA,
    Column("id", Text, primary_key=True), Column("state", LargeBinary), Column("calibre", Text),
    Column("status", Text), Column("duplicate_key", Text),
)  # fmt: skip
MARK: Final = Table(
    "mark", METADATA, Column("weapon", Text, primary_key=True),
    Column("text", Text, primary_key=True),
)  # fmt: skip
TIED: Final = Table(
    "tied", METADATA,
    Column("shared", Text, primary_key=True), Column("weapon", Text, primary_key=True),
)  # fmt: skip
REFERENCE: Final = Table(
    "reference", METADATA,
    Column("id", Text, primary_key=True), Column("kind", Text), Column("name", Text),
    Column("closed", Integer), Column("heads", Text),
)  # fmt: skip
CONFLICT: Final = Table(
    "conflict", METADATA,
    Column("owner", Text, primary_key=True), Column("id", Text, primary_key=True),
    Column("kind", Text), Column("weapons", Text), Column("about", Text),
)  # fmt: skip
DRAWN_FROM: Final = Table(
    "drawn_from", METADATA,
    Column("block", Text, primary_key=True), Column("weapon", Text, primary_key=True),
)  # fmt: skip
BLOCK_OF: Final = Table(
    "block_of", METADATA,
    Column("whose", Text, primary_key=True), Column("block", Text, primary_key=True),
)  # fmt: skip
HOT: Final = Table(
    "hot", METADATA,
    Column("weapon", Text, primary_key=True), Column("texts", Text),
    Column("stretched", LargeBinary),
)  # fmt: skip
HOT_LIST: Final = Table(
    "hot_list", METADATA,
    Column("one", Integer, primary_key=True), Column("salt", LargeBinary),
    Column("changes", BigInteger), Column("listed", BigInteger), Column("number", BigInteger),
    Column("content", LargeBinary),
)  # fmt: skip
URGENT: Final = Table(
    "urgent", METADATA,
    Column("node", Integer, primary_key=True), Column("no", BigInteger, primary_key=True),
    Column("hash", Text), Column("received", BigInteger), Column("entry", LargeBinary),
    Column("lack", Text),
)  # fmt: skip
URGENT_WEAPON: Final = Table(
    "urgent_weapon", METADATA,
    Column("weapon", Text, primary_key=True), Column("node", Integer, primary_key=True),
    Column("no", BigInteger, primary_key=True),
)  # fmt: skip
BLOCK: Final = Table(
    "block", METADATA,
    Column("scheme", Text, primary_key=True), Column("lo", BigInteger, primary_key=True),
    Column("hi", BigInteger), Column("follows", BigInteger), Column("node", Integer),
    Column("nth", BigInteger), Column("until", BigInteger), Column("granted", BigInteger),
)  # fmt: skip
CLAIM: Final = Table(
    "claim", METADATA,
    Column("node", Integer, primary_key=True), Column("scheme", Text, primary_key=True),
    Column("lo", BigInteger, primary_key=True), Column("hi", BigInteger, primary_key=True),
)  # fmt: skip
DRAWN: Final = Table(
    "drawn", METADATA,
    Column("scheme", Text, primary_key=True), Column("number", BigInteger, primary_key=True),
)  # fmt: skip
NUMBERS_FOLLOWED: Final = Table(
    "numbers_followed", METADATA, Column("one", Integer, primary_key=True),
)  # fmt: skip
UNHEEDED: Final = Table(
    "unheeded", METADATA,
    Column("pos", BigInteger, primary_key=True), Column("node", Integer), Column("no", BigInteger),
    Column("hash", Text), Column("act", Text), Column("lack", Text), Column("judged", Text),
)  # fmt: skip
VERDICTS_FOLLOWED: Final = Table(
    "verdicts_followed", METADATA, Column("one", Integer, primary_key=True),
)  # fmt: skip
SITE: Final = Table(
    "site", METADATA, Column("id", Integer, primary_key=True), Column("name", Text),
)  # fmt: skip
MATTERS: Final = Table(
    "matters", METADATA,
    Column("subject", Text, primary_key=True), Column("site", Integer, primary_key=True),
)  # fmt: skip
BOUND_FOR: Final = Table(
    "bound_for", METADATA,
    Column("place", Text, primary_key=True), Column("subject", Text, primary_key=True),
)  # fmt: skip
BENEATH: Final = Table(
    "beneath", METADATA,
    Column("kept", Text, primary_key=True), Column("absorbed", Text, primary_key=True),
)  # fmt: skip
SCOPE: Final = Table(
    "scope", METADATA,
    Column("id", Integer, primary_key=True), Column("sites", Text), Column("epoch", BigInteger),
    Column("size", BigInteger), Column("told", BigInteger), Column("seal", Text),
    Column("checked", BigInteger),
)  # fmt: skip
SCOPE_SITE: Final = Table(
    "scope_site", METADATA,
    Column("site", Integer, primary_key=True), Column("scope", Integer, primary_key=True),
)  # fmt: skip
FEED: Final = Table(
    "feed", METADATA,
    Column("scope", Integer, primary_key=True), Column("place", BigInteger, primary_key=True),
    Column("pos", BigInteger), Column("parts", Text),
)  # fmt: skip
SCOPES_FOLLOWED: Final = Table(
    "scopes_followed", METADATA, Column("one", Integer, primary_key=True),
)  # fmt: skip
FIND: Final = Table(
    "find", METADATA,
    Column("node", Integer, primary_key=True), Column("proof", Text, primary_key=True),
    Column("weapon", Text, primary_key=True), Column("at", BigInteger),
)  # fmt: skip
