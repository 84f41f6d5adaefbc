"""Who may use the registry's pages: officers of the registry's own chain who can sign in.

1. What a user may do is their office in the chain, and nothing beside it. Here lies what opens
   their key: it is sealed under their passphrase (Argon2id), and so is their second factor.
2. A new user gets a passphrase that is shown once. With it they can do one thing: set their own
   and bind their second factor.
3. Who shows passphrase and second factor may bind another device in its place. A recovery code
   stands in for the device that is lost; who has neither gets a new start from an officer.
4. Each of these doors counts a try before it opens (``proving``).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any, Final

from nacl.signing import SigningKey
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from stockpile.domain import people
from stockpile.domain.errors import (
    DeviceUnproved,
    DigitsWrong,
    FactorUnproved,
    FieldUnreadable,
    LoginTaken,
    SignInRefused,
    UserUnknown,
)
from stockpile.domain.facts import Draft, Role
from stockpile.domain.values import Instant, OfficerId, new_id
from stockpile.registry import audit, passphrases, second_factor, sessions, tries
from stockpile.registry.books import RegistryBooks
from stockpile.registry.holding_office import office
from stockpile.registry.passphrases import USUAL, Strength
from stockpile.registry.proving import Proving, Visit, row_by, row_of
from stockpile.registry.second_factor import STEP
from stockpile.registry.sessions import Secrets, Session
from stockpile.registry.user_tables import WEB_CODE, WEB_USER

WEB_ROLES: Final[tuple[Role, ...]] = ("commander", "registrar", "inspector", "auditor")
_LOGIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])")
_RANDOM_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can sign in: their officer's id, by which name, and whether they ever did."""

    officer: OfficerId
    login: str
    is_new: bool
    made_at: Instant


@dataclass(frozen=True, slots=True)
class NewUser:
    """What makes a user: their appointment, their row, and the passphrase that is shown once."""

    draft: Draft
    row: dict[str, object]
    passphrase: str


class Users:
    """The users of the registry's pages, and the door that they come in by."""

    def __init__(self, books: RegistryBooks, strength: Strength = USUAL) -> None:
        self._books = books
        self._proving = Proving(books, strength)

    def all(self) -> tuple[User, ...]:
        """Return every user, by the name that they sign in by."""
        with self._books.reading() as connection:
            rows = connection.execute(select(WEB_USER).order_by(WEB_USER.c.login)).all()
        return tuple(map(_user, rows))

    def by_login(self, login: str) -> User:
        """Return a user; raises UserUnknown."""
        with self._books.reading() as connection:
            row = row_by(connection, login)
        if row is None:
            raise UserUnknown(login)
        return _user(row)

    def prepared(self, login: str, name: str, roles: tuple[Role, ...]) -> NewUser:
        """Return what makes a new user, to be written with their appointment.

        Raises FieldMissing, FieldUnreadable, LoginTaken.
        """
        wanted = read_login(login)
        for role in roles:
            if role not in WEB_ROLES:
                raise FieldUnreadable("role", role)
        now, key = self._books.now(), SigningKey.generate()
        officer = OfficerId(new_id(now, secrets.token_bytes(_RANDOM_BYTES)))
        draft = people.appoint(officer, name, roles, bytes(key.verify_key), None)
        with self._books.reading() as connection:
            if row_by(connection, wanted) is not None:
                raise LoginTaken(wanted)
        given = passphrases.new_given()
        row = {"officer": officer, "login": wanted, **self._start(key, given)}
        return NewUser(draft, row, given)

    def put(self, connection: Connection, new: NewUser) -> None:
        """Put a new user in place, inside the transaction that writes their appointment."""
        connection.execute(insert(WEB_USER), new.row)

    def renewed(self, login: str) -> tuple[User, bytes, dict[str, object], str]:
        """Return what gives a user who forgot their passphrase a new key and a new start.

        Their old key lies under a passphrase that nobody knows, so another one signs from now on:
        the user, its public half, the row's new values, and the passphrase that is shown once.
        """
        user, key, given = self.by_login(login), SigningKey.generate(), passphrases.new_given()
        return user, bytes(key.verify_key), self._start(key, given), given

    def reset(self, connection: Connection, officer: OfficerId, values: dict[str, object]) -> None:
        """Give a user a new start, inside the transaction that names their new key."""
        connection.execute(update(WEB_USER).where(WEB_USER.c.officer == officer).values(**values))
        connection.execute(delete(WEB_CODE).where(WEB_CODE.c.officer == officer))
        sessions.end_all(connection, officer)

    # --- the door ---------------------------------------------------------------------------

    def sign_in(self, login: str, passphrase: str, digits: str, visit: Visit) -> tuple[str, bool]:
        """Let somebody in: return their session's cookie, and whether they have yet to begin.

        Raises SignInTooSoon, and SignInRefused for anything that is not right.
        """
        known = self._proving.note_try(login, visit)
        opened = self._proving.opened(known, passphrase)
        cookie = None
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)
            row = None if known is None or opened is None else row_by(connection, login)
            if (
                row is not None
                and opened is not None
                and office(connection, OfficerId(row.officer), self._books.key.node) is not None
                and self._proving.is_second(connection, row, opened, digits, visit)
            ):
                tries.forget(connection, login, visit.address)
                audit.note(connection, now, row.officer, visit.address, "signed_in")
                cookie = sessions.begin(
                    connection, now, OfficerId(row.officer), opened, is_new=bool(row.is_new),
                    address=visit.address, program=visit.program,
                )  # fmt: skip
            else:
                whose = known.officer if known is not None else ""
                audit.note(connection, now, whose, visit.address, "refused")
        if cookie is None or known is None:
            raise SignInRefused
        return cookie, bool(known.is_new)

    def begin(
        self, session: Session, passphrase: str, totp: str, digits: str, visit: Visit
    ) -> tuple[str, tuple[str, ...]]:
        """Set passphrase and second factor; return a new session's cookie and recovery codes.

        Raises PassphraseTooShort, DigitsWrong; SignInTooSoon where wrong digits were too many.
        """
        passphrases.demand_passphrase(passphrase)
        login = self.login_of(session.officer)
        self._proving.note_try(login, visit)
        opened = Secrets(session.secrets.seed, totp)
        sealed = self._proving.sealed(passphrase, opened)
        now = self._books.now()
        with self._books.writing() as connection:
            audit.head(connection, locked=True)
            row = row_of(connection, session.officer)
            step = second_factor.step_of(totp, digits, now, int(row.last_step))
            if step is None:
                raise DigitsWrong
            tries.forget(connection, login, visit.address)
            act: audit.Act = "began" if session.is_new else "passphrase_changed"
            audit.note(connection, now, session.officer, visit.address, act)
            return self._bound(connection, session.officer, opened, sealed, step, visit)

    def replace_device(
        self, session: Session, passphrase: str, proof: str, totp: str, digits: str, visit: Visit
    ) -> tuple[str, tuple[str, ...]]:
        """Bind another device; return a new session's cookie and recovery codes.

        ``proof`` are digits of the device until now, or a recovery code; ``digits`` those of the
        new one. What is not right changes nothing and uses nothing up. Raises SignInTooSoon,
        DeviceUnproved, FactorUnproved.
        """
        login = self.login_of(session.officer)
        known = self._proving.note_try(login, visit)
        now, opened = self._books.now(), self._proving.opened(known, passphrase)
        step = second_factor.step_of(totp, digits, now, 0)
        bound = None
        if opened is not None and step is not None:
            fresh = Secrets(opened.seed, totp)
            sealed = self._proving.sealed(passphrase, fresh)
            with self._books.writing() as connection:
                audit.head(connection, locked=True)
                row = row_of(connection, session.officer)
                is_still = known is not None and not row.is_new and row.sealed == known.sealed
                if is_still and self._proving.is_second(connection, row, opened, proof, visit):
                    tries.forget(connection, login, visit.address)
                    audit.note(connection, now, session.officer, visit.address, "device_replaced")
                    bound = self._bound(connection, row.officer, fresh, sealed, step, visit)
        if bound is None:
            with self._books.writing() as connection:
                audit.note(connection, now, session.officer, visit.address, "refused")
            raise DeviceUnproved if step is None else FactorUnproved
        return bound

    def step_up(self, session: Session, digits: str, visit: Visit) -> None:
        """Ask for the second factor again; raises SignInTooSoon, DigitsWrong."""
        login = self.login_of(session.officer)
        self._proving.note_try(login, visit)
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)
            row = row_of(connection, session.officer)
            right = self._proving.is_second(connection, row, session.secrets, digits, visit)
            if right:
                tries.forget(connection, login, visit.address)
                sessions.step(connection, session, now)
            else:
                audit.note(connection, now, session.officer, visit.address, "refused")
        if not right:
            raise DigitsWrong

    def login_of(self, officer: OfficerId) -> str:
        """Return the name that an officer signs in by; raises UserUnknown."""
        with self._books.reading() as connection:
            return str(row_of(connection, officer).login)

    def codes_left(self, officer: OfficerId) -> int:
        """Return how many recovery codes of a user are not used yet."""
        unused = (WEB_CODE.c.officer == officer) & WEB_CODE.c.used_at.is_(None)
        with self._books.reading() as connection:
            counted = select(func.count()).select_from(WEB_CODE).where(unused)
            return int(connection.execute(counted).scalar_one())

    # --- inside -----------------------------------------------------------------------------

    def _bound(
        self, connection: Connection, officer: OfficerId, opened: Secrets,
        sealed: dict[str, object], step: int, visit: Visit,
    ) -> tuple[str, tuple[str, ...]]:  # fmt: skip
        """Put what a user set in place, end what was open, and begin a session with new codes."""
        codes = second_factor.new_codes()
        self.reset(connection, officer, {**sealed, "is_new": 0, "last_step": step})
        fresh = [
            {"officer": officer, "hash": second_factor.code_hash(one), "used_at": None}
            for one in codes
        ]
        connection.execute(insert(WEB_CODE), fresh)
        cookie = sessions.begin(
            connection, self._books.now(), officer, opened, is_new=False,
            address=visit.address, program=visit.program,
        )  # fmt: skip
        return cookie, codes

    def _start(self, key: SigningKey, passphrase: str) -> dict[str, object]:
        """Return the columns of a user who has yet to begin."""
        sealed, now = self._proving.sealed(passphrase, Secrets(bytes(key), "")), self._books.now()
        return {**sealed, "is_new": 1, "made_at": now, "last_step": now // STEP - 2}


def read_login(text: str) -> str:
    """Return a name to sign in by: small letters, digits, dot, dash; raises FieldUnreadable."""
    wanted = tries.tidy(text)
    if not _LOGIN.fullmatch(wanted):
        raise FieldUnreadable("login", text)
    return wanted


def _user(row: Row[Any]) -> User:
    return User(OfficerId(row.officer), row.login, bool(row.is_new), row.made_at)
