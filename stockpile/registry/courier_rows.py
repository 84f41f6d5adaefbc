"""The rows behind courier files: what was brought and not yet taken, what each node said last."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from stockpile.domain import wire
from stockpile.domain.courier import FeedRead
from stockpile.domain.photo_courier import MAGIC
from stockpile.domain.values import Instant, NodeId, OfficerId
from stockpile.registry.courier_tables import COURIER_BROUGHT, COURIER_HEARD
from stockpile.registry.tables import NODE

KEPT_FOR: Final[Instant] = 3_600_000
"""Milliseconds that a file which was brought waits to be taken in."""
_ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Brought:
    """A courier file that an officer brought, locked as it came; ``outcome`` says how far it is.

    Of one of photos the magic word alone stands here: it lies beside the photos by its id.
    """

    id: str
    officer: OfficerId
    at: Instant
    name: str
    words: str
    content: bytes
    outcome: str

    @property
    def is_photos(self) -> bool:
        """Say whether it is a file of photos."""
        return self.content == MAGIC


@dataclass(frozen=True, slots=True)
class Said:
    """What a node said in the newest courier file of it that was taken in.

    ``holds`` are numbers up to which it holds chains as they are here; ``chains`` are those that
    its files ever brought; ``sent`` is the last answer that was written for it.
    """

    file: str = ""
    made: Instant = 0
    holds: tuple[tuple[NodeId, int], ...] = ()
    chains: tuple[NodeId, ...] = ()
    read: FeedRead | None = None
    sent: str = ""


@dataclass(frozen=True, slots=True)
class HeardByStick:
    """A node whose courier file was taken in, and when that was."""

    node: NodeId
    name: str
    site: str
    status: str
    at: Instant
    number: int


def bring(
    connection: Connection, officer: OfficerId, at: Instant, name: str, words: str, content: bytes
) -> str:
    """Keep a file until it is taken in, and return what it is asked for by.

    An officer looks at one file at a time: the one before is put away, and whatever is too old.
    """
    sweep(connection, at)
    connection.execute(delete(COURIER_BROUGHT).where(COURIER_BROUGHT.c.officer == officer))
    id_ = secrets.token_hex(_ID_LENGTH)
    row = {"id": id_, "officer": officer, "at": at, "name": name, "words": words,
           "content": content, "outcome": ""}  # fmt: skip
    connection.execute(insert(COURIER_BROUGHT), row)
    return id_


def is_due(connection: Connection, now: Instant) -> bool:
    """Say whether a file waits here that is too old."""
    oldest = connection.execute(select(func.min(COURIER_BROUGHT.c.at))).scalar()
    return oldest is not None and oldest < now - KEPT_FOR


def sweep(connection: Connection, now: Instant) -> None:
    """Put away what waited too long."""
    connection.execute(delete(COURIER_BROUGHT).where(COURIER_BROUGHT.c.at < now - KEPT_FOR))


def brought(connection: Connection, id_: str, officer: OfficerId, now: Instant) -> Brought | None:
    """Return a file that this officer brought; None where it is gone, or another's."""
    asked = select(COURIER_BROUGHT).where(
        COURIER_BROUGHT.c.id == id_, COURIER_BROUGHT.c.officer == officer,
        COURIER_BROUGHT.c.at >= now - KEPT_FOR,
    )  # fmt: skip
    row = connection.execute(asked).one_or_none()
    return None if row is None else _brought(row)


def _brought(row: Row[Any]) -> Brought:
    return Brought(
        row.id, row.officer, row.at, row.name, row.words, bytes(row.content), row.outcome
    )


def under_way(connection: Connection, officer: OfficerId) -> Brought | None:
    """Return the file that an officer brought last, if it was begun to be taken in."""
    asked = select(COURIER_BROUGHT).where(
        COURIER_BROUGHT.c.officer == officer, COURIER_BROUGHT.c.outcome != ""
    )
    row = connection.execute(asked).first()
    return None if row is None else _brought(row)


def waiting(connection: Connection) -> frozenset[str]:
    """Return by what the files are asked for that wait."""
    return frozenset(connection.execute(select(COURIER_BROUGHT.c.id)).scalars())


def outcome_of(connection: Connection, id_: str) -> str:
    """Return how far a file is, without the file; nothing where it is gone."""
    asked = select(COURIER_BROUGHT.c.outcome).where(COURIER_BROUGHT.c.id == id_)
    return connection.execute(asked).scalar() or ""


def mark(connection: Connection, id_: str, outcome: str) -> None:
    """Write down how far a file is; it stays as it came."""
    here = COURIER_BROUGHT.c.id == id_
    connection.execute(update(COURIER_BROUGHT).where(here).values(outcome=outcome))


def put_away(connection: Connection, id_: str, outcome: str = "") -> None:
    """Let go of a file that was brought; where there is an outcome, that stays for an hour."""
    here = COURIER_BROUGHT.c.id == id_
    if outcome:
        gone = {"content": b"", "words": "", "outcome": outcome}
        connection.execute(update(COURIER_BROUGHT).where(here).values(**gone))
    else:
        connection.execute(delete(COURIER_BROUGHT).where(here))


def said_by(connection: Connection, node: NodeId) -> Said:
    """Return what a node said last; nothing where no file of it was taken in."""
    asked = select(COURIER_HEARD.c.said).where(COURIER_HEARD.c.node == node)
    raw = connection.execute(asked).scalar()
    return Said() if raw is None else wire.decode(raw.encode(), Said)


def keep(connection: Connection, node: NodeId, said: Said, at: Instant | None = None) -> None:
    """Remember what a node said; ``at`` is when its file was taken in, if that is now."""
    text, here = wire.encode(said).decode(), COURIER_HEARD.c.node == node
    fresh = {"said": text} if at is None else {"said": text, "at": at}
    if not connection.execute(update(COURIER_HEARD).where(here).values(**fresh)).rowcount:
        connection.execute(insert(COURIER_HEARD), {"node": node, "at": at or 0, "said": text})


def heard(connection: Connection, limit: int) -> Sequence[HeardByStick]:
    """Return the nodes whose courier files were taken in, the last one first."""
    asked = (
        select(COURIER_HEARD.c.node, COURIER_HEARD.c.at, NODE.c.name, NODE.c.site, NODE.c.status,
               NODE.c.tip_no)
        .join(NODE, NODE.c.node == COURIER_HEARD.c.node)
        .where(COURIER_HEARD.c.at > 0)
        .order_by(COURIER_HEARD.c.at.desc(), COURIER_HEARD.c.node)
        .limit(limit)
    )  # fmt: skip
    return [
        HeardByStick(NodeId(row.node), row.name, row.site, row.status, row.at, row.tip_no)
        for row in connection.execute(asked)
    ]
