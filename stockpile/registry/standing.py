"""How much the registry holds, and whether it can work: what those ask who keep it running."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import and_, func, select

from stockpile.domain.errors import BooksTooNew, StockpileError
from stockpile.domain.values import Instant
from stockpile.registry import raising, sightings, witness_rounds
from stockpile.registry.database import Database
from stockpile.registry.tables import CM, FORK, HOT, LOG_HEAD, NODE, UNHEEDED

LEAST_FREE: Final = 256 << 20
"""Bytes that must be free beside a SQLite database; PostgreSQL's disk is its own keeper's."""


Answered = Literal["ok", "silent", "read only", "other version"]


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether requests should be sent to a process, and what stands against it."""

    ready: bool
    database: Answered
    disk: Literal["ok", "full"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is held; the oldest word is when the longest silent enrolled node was last heard."""

    log_size: int
    facts: int
    nodes: tuple[tuple[str, int], ...]
    oldest_word: Instant
    conflicts: int
    unheeded: int
    evidence: int
    hot: int
    split_views: int
    """Heads of the log that nodes saw signed and that this history never had."""
    witness_alarms: int
    """Witnesses that say this log is not the one they saw."""


def standing(database: Database) -> Standing:
    """Return how much is held; raises RegistryBusy, BooksDamaged."""
    last_words = (
        select(func.min(func.coalesce(CM.c.received, NODE.c.enrolled_at)))
        .select_from(NODE)
        .outerjoin(CM, and_(CM.c.node == NODE.c.id, CM.c.no == NODE.c.tip_no))
        .where(
            NODE.c.status == "enrolled", NODE.c.id != select(func.min(NODE.c.id)).scalar_subquery()
        )
    )
    counted = select(NODE.c.status, func.count(), func.sum(NODE.c.tip_seq)).group_by(NODE.c.status)
    with database.reading() as connection:
        rows = connection.execute(counted.order_by(NODE.c.status)).all()
        waiting = select(func.count()).select_from(UNHEEDED).where(UNHEEDED.c.judged == "")
        return Standing(
            log_size=connection.execute(select(LOG_HEAD.c.size)).scalar() or 0,
            facts=int(sum(row[2] for row in rows)),
            nodes=tuple((row[0], row[1]) for row in rows),
            oldest_word=connection.execute(last_words).scalar() or 0,
            conflicts=sum(raising.open_by_class(connection).values()),
            unheeded=connection.execute(waiting).scalar_one(),
            evidence=connection.execute(select(func.count()).select_from(FORK)).scalar_one(),
            split_views=sightings.count(connection),
            witness_alarms=witness_rounds.alarms(connection),
            hot=connection.execute(select(func.count()).select_from(HOT)).scalar_one(),
        )


def readiness(database: Database) -> Ready:
    """Return whether requests should be sent to this process."""
    answered: Answered
    try:
        database.demand_current()
        answered = "read only" if database.is_read_only else "ok"
    except BooksTooNew:
        answered = "other version"
    except StockpileError:
        answered = "silent"
    room = has_room(database)
    return Ready(answered == "ok" and room, answered, "ok" if room else "full")


def has_room(database: Database) -> bool:
    """Say whether the disk beside a SQLite database has room; of PostgreSQL it is not known."""
    if database.file is None:
        return True
    return shutil.disk_usage(database.file.parent).free >= LEAST_FREE
