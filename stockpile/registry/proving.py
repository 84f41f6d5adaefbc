"""Who somebody is: their try counted, their passphrase opened, their second factor used up.

1. Wrong tries are counted in the database, by name and by address, before anything is compared:
   neither a restart nor a second process gives new ones. Recovery codes count like digits.
2. A name that nobody has costs the same time as one that somebody has.
3. Six digits are good once (RFC 6238 section 5.2), and so is each recovery code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from stockpile.domain.errors import SignInTooSoon, UserUnknown
from stockpile.domain.values import Instant, OfficerId
from stockpile.registry import audit, passphrases, second_factor, sessions, tries
from stockpile.registry.books import RegistryBooks
from stockpile.registry.passphrases import Strength
from stockpile.registry.sessions import Secrets
from stockpile.registry.user_tables import WEB_CODE, WEB_USER

GIVEN_FOR: Final[Instant] = 14 * 24 * 3_600_000
"""How long a passphrase that was shown once lets its user begin."""


@dataclass(frozen=True, slots=True)
class Visit:
    """From where somebody comes: the address, and what their browser calls itself."""

    address: str = ""
    program: str = ""


class Proving:
    """What every door of the registry's pages asks before it opens."""

    def __init__(self, books: RegistryBooks, strength: Strength) -> None:
        self._books = books
        self._strength = strength
        self._nobody = passphrases.new_salt()

    def note_try(self, login: str, visit: Visit) -> Row[Any] | None:
        """Count a try before it is judged; return whose name was typed."""
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)  # one at a time, whichever process asks
            row = row_by(connection, login)
            wait = tries.waiting(connection, login, visit.address, now)
            if wait:
                whose = row.officer if row is not None else ""
                audit.note(connection, now, whose, visit.address, "locked_out")
            else:
                tries.note(connection, login, visit.address, now)
        if wait:
            raise SignInTooSoon(-(-wait // 1000))
        return row

    def opened(self, row: Row[Any] | None, passphrase: str) -> Secrets | None:
        """Return what a passphrase opens, or None where it is not the right one, or nobody's."""
        salt = bytes(row.salt) if row is not None else self._nobody
        strength = Strength(row.passes, row.memory) if row is not None else self._strength
        key = passphrases.stretched(passphrase, salt, strength)
        return sessions.unsealed(key, bytes(row.sealed)) if row is not None else None

    def is_second(
        self, connection: Connection, row: Row[Any], opened: Secrets, digits: str, visit: Visit
    ) -> bool:
        """Say whether the second factor is right, and use it up; nobody new has one yet."""
        if row.is_new:
            return bool(self._books.now() - row.made_at <= GIVEN_FOR)
        now, whose = self._books.now(), WEB_USER.c.officer == row.officer
        step = second_factor.step_of(opened.totp, digits, now, int(row.last_step))
        if step is not None:
            connection.execute(update(WEB_USER).where(whose).values(last_step=step))
            return True
        used = (
            update(WEB_CODE)
            .where(
                WEB_CODE.c.officer == row.officer,
                WEB_CODE.c.hash == second_factor.code_hash(digits),
                WEB_CODE.c.used_at.is_(None),
            )
            .values(used_at=now)
        )
        if not connection.execute(used).rowcount:
            return False
        audit.note(connection, now, row.officer, visit.address, "code_used")
        return True

    def sealed(self, passphrase: str, opened: Secrets) -> dict[str, object]:
        """Return the columns that seal secrets under a passphrase, with a salt of their own."""
        salt = passphrases.new_salt()
        box = sessions.sealed(passphrases.stretched(passphrase, salt, self._strength), opened)
        return {
            "salt": salt, "passes": self._strength.passes, "memory": self._strength.memory,
            "sealed": box,
        }  # fmt: skip


def row_by(connection: Connection, login: str) -> Row[Any] | None:
    """Return the row of who signs in by a name."""
    return connection.execute(
        select(WEB_USER).where(WEB_USER.c.login == tries.tidy(login))
    ).one_or_none()


def row_of(connection: Connection, officer: OfficerId) -> Row[Any]:
    """Return an officer's row; raises UserUnknown."""
    row = connection.execute(select(WEB_USER).where(WEB_USER.c.officer == officer)).one_or_none()
    if row is None:
        raise UserUnknown(officer)
    return row
