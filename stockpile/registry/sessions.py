"""Who is signed in to the registry's pages: rows that only the visitor's own cookie opens.

1. A cookie is 256 random bits, new at every sign-in and at every change of what a session may do.
   The database holds its digest: who reads the database can take over no session.
2. What signs for the officer lies in the row, sealed under a key made of the cookie. Without the
   cookie neither a backup nor a query gives it.
3. A session ends half an hour after it was last used, and after twelve hours in any case.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import Connection, Row, delete, insert, select, update

from stockpile.domain.values import Instant, OfficerId
from stockpile.registry.user_tables import WEB_SESSION

IDLE: Final[Instant] = 30 * 60_000
LONGEST: Final[Instant] = 12 * 3_600_000
STEPPED_FOR: Final[Instant] = 5 * 60_000
"""How long the six digits, typed again, open the acts that ask for them."""
_COOKIE_BYTES: Final = 32
_SEEN_EVERY: Final[Instant] = 60_000
_LONGEST_PROGRAM: Final = 200


class Secrets(msgspec.Struct, frozen=True):
    """What a passphrase opens: the seed of the officer's key and the second factor's secret."""

    seed: bytes
    totp: str


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: whose, what it opened, and since when.

    ``is_new`` says that passphrase and second factor are not set yet: only that can be done in it.
    """

    id: str
    officer: OfficerId
    is_new: bool
    secrets: Secrets
    began: Instant
    seen: Instant
    stepped: Instant
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as its owner sees it in a list."""

    id: str
    began: Instant
    seen: Instant
    address: str
    program: str


def begin(
    connection: Connection, at: Instant, officer: OfficerId, opened: Secrets, *,
    is_new: bool, address: str, program: str,
) -> str:  # fmt: skip
    """Begin a session and return the cookie that it is known and opened by."""
    cookie = secrets.token_hex(_COOKIE_BYTES)
    row = {
        "id": id_of(cookie), "officer": officer, "is_new": int(is_new),
        "sealed": sealed(_key(cookie), opened), "began": at, "seen": at, "stepped": at,
        "address": address, "program": _kept(program),
    }  # fmt: skip
    connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.began < at - LONGEST))
    connection.execute(insert(WEB_SESSION), row)
    return cookie


def find(connection: Connection, cookie: str, at: Instant) -> Session | None:
    """Return the session of a cookie, or None where there is none that is still good."""
    row = connection.execute(
        select(WEB_SESSION).where(WEB_SESSION.c.id == id_of(cookie))
    ).one_or_none()
    if row is None or _is_over(row, at):
        return None
    opened = unsealed(_key(cookie), bytes(row.sealed))
    if opened is None:
        return None
    return Session(
        row.id, OfficerId(row.officer), bool(row.is_new), opened, row.began, row.seen,
        row.stepped, row.address,
    )  # fmt: skip


def is_due(session: Session, at: Instant) -> bool:
    """Say whether it is time to note that the session is in use."""
    return at - session.seen > _SEEN_EVERY


def seen(connection: Connection, session: Session, at: Instant) -> None:
    """Note that a session is in use."""
    connection.execute(update(WEB_SESSION).where(WEB_SESSION.c.id == session.id).values(seen=at))


def step(connection: Connection, session: Session, at: Instant) -> None:
    """Note that the six digits were shown again in this session."""
    connection.execute(
        update(WEB_SESSION).where(WEB_SESSION.c.id == session.id).values(stepped=at, seen=at)
    )


def end(connection: Connection, id_: str, officer: OfficerId) -> bool:
    """End one session of an officer's own; say whether there was one."""
    own = (WEB_SESSION.c.id == id_) & (WEB_SESSION.c.officer == officer)
    return bool(connection.execute(delete(WEB_SESSION).where(own)).rowcount)


def end_all(connection: Connection, officer: OfficerId) -> None:
    """End every session of an officer."""
    connection.execute(delete(WEB_SESSION).where(WEB_SESSION.c.officer == officer))


def all_of(connection: Connection, officer: OfficerId, at: Instant) -> tuple[Shown, ...]:
    """Return the open sessions of an officer, the newest first."""
    asked = select(WEB_SESSION).where(WEB_SESSION.c.officer == officer)
    rows = connection.execute(asked.order_by(WEB_SESSION.c.began.desc())).all()
    return tuple(
        Shown(row.id, row.began, row.seen, row.address, row.program)
        for row in rows
        if not _is_over(row, at)
    )


def form_token(cookie: str) -> str:
    """Return what every form of a session must bring along: no other site can know it."""
    return hashlib.blake2b(key=cookie.encode()[:64], digest_size=16, person=b"form").hexdigest()


def id_of(cookie: str) -> str:
    """Return the digest under which a cookie's row lies."""
    return hashlib.sha256(b"session\n" + cookie.encode(errors="replace")).hexdigest()


def sealed(key: bytes, opened: Secrets) -> bytes:
    """Return the secrets sealed under a key of 32 bytes."""
    return bytes(SecretBox(key).encrypt(msgspec.msgpack.encode(opened)))


def unsealed(key: bytes, box: bytes) -> Secrets | None:
    """Return what the key opens, or None where it is not the right one."""
    try:
        return _read(SecretBox(key).decrypt(box))
    except CryptoError:
        return None


_read: Final[Callable[[bytes], Secrets]] = msgspec.msgpack.Decoder(Secrets).decode


def _key(cookie: str) -> bytes:
    told = cookie.encode(errors="replace")[:64]
    return hashlib.blake2b(key=told, digest_size=32, person=b"session seal").digest()


def _is_over(row: Row[Any], at: Instant) -> bool:
    return bool(at - row.seen > IDLE or at - row.began > LONGEST)


def _kept(program: str) -> str:
    return program.replace("\0", "\ufffd").encode(errors="replace").decode()[:_LONGEST_PROGRAM]
