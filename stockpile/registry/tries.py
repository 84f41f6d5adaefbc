"""Tries to sign in, counted in the database: by the name that is tried, and by the address.

They are counted before they are judged, under the lock of the audit log's head, so that as many
tries at once are no more than as many one by one, whichever process hears them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from stockpile.domain.values import Instant
from stockpile.registry.user_tables import WEB_TRY

MOST_WRONG: Final = 5
MOST_WRONG_FROM: Final = 20
"""Wrong tries for one name, and from one address, before a wait."""
WAIT: Final[Instant] = 15 * 60_000
_LONGEST: Final = 80


def waiting(connection: Connection, login: str, address: str, now: Instant) -> Instant:
    """Return how many milliseconds this name, or this address, has to wait; 0 for not at all."""
    connection.execute(delete(WEB_TRY).where(WEB_TRY.c.at <= now - WAIT))
    own, here = _whos(login, address)
    return max(
        _wait(connection, own, MOST_WRONG, now), _wait(connection, here, MOST_WRONG_FROM, now)
    )


def note(connection: Connection, login: str, address: str, now: Instant) -> None:
    """Count a try."""
    tried = [{"who": one, "at": now} for one in _whos(login, address)]
    connection.execute(insert(WEB_TRY), tried)


def forget(connection: Connection, login: str, address: str) -> None:
    """Forget the tries of who came in; of their address only this one."""
    own, here = _whos(login, address)
    connection.execute(delete(WEB_TRY).where(WEB_TRY.c.who == own))
    last = select(func.max(WEB_TRY.c.id)).where(WEB_TRY.c.who == here).scalar_subquery()
    connection.execute(delete(WEB_TRY).where(WEB_TRY.c.id == last))


def tidy(login: str) -> str:
    """Return a name as it is compared, whatever was typed: no longer than any of ours."""
    bare = login.strip().casefold().replace("\0", "\ufffd")
    return bare.encode(errors="replace").decode()[:_LONGEST]


def _whos(login: str, address: str) -> tuple[str, str]:
    return f"login {tidy(login)}", f"from {address}"


def _wait(connection: Connection, who: str, most: int, now: Instant) -> Instant:
    """Return how long: until fewer than so many tries of a quarter of an hour are left."""
    asked = select(WEB_TRY.c.at).where(WEB_TRY.c.who == who, WEB_TRY.c.at > now - WAIT)
    tried = list(connection.execute(asked.order_by(WEB_TRY.c.at.desc()).limit(most)).scalars())
    return int(tried[-1] + WAIT - now) if len(tried) == most else 0
