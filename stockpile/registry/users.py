"""Who may use the registry's pages: officers of the registry's own chain who can sign in.

1. What a user may do is their office in the chain, and nothing beside it. Here lies what opens
   their key: it is sealed under their passphrase (Argon2id), and so is their second factor.
2. A new user gets a passphrase that is shown once. With it they can do one thing: set their own
   and bind their second factor.
3. Wrong tries are counted in the database, by name and by address, before anything is compared:
   neither a restart nor a second process gives new ones. A name that nobody has costs the same
   time as one that somebody has.
4. Six digits are good once (RFC 6238 section 5.2).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from threading import Semaphore
from typing import Any, Final

from nacl import pwhash
from nacl.signing import SigningKey
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from stockpile.domain import people
from stockpile.domain.errors import (
    DigitsWrong,
    FieldUnreadable,
    LoginTaken,
    PassphraseTooShort,
    SignInRefused,
    SignInTooSoon,
    UserUnknown,
)
from stockpile.domain.facts import (
    Draft,
    Fact,
    OfficerAppointed,
    OfficerRetired,
    OfficerSuspended,
    Role,
)
from stockpile.domain.people import Officer
from stockpile.domain.values import Instant, NodeId, OfficerId, new_id
from stockpile.registry import audit, register, second_factor, sessions, tries
from stockpile.registry.books import RegistryBooks
from stockpile.registry.second_factor import STEP
from stockpile.registry.sessions import Secrets, Session
from stockpile.registry.user_tables import WEB_CODE, WEB_USER

WEB_ROLES: Final[tuple[Role, ...]] = ("commander", "registrar", "inspector", "auditor")
LEAST_PASSPHRASE: Final = 12
GIVEN_FOR: Final[Instant] = 14 * 24 * 3_600_000
"""How long a passphrase that was shown once lets its user begin."""
_LOGIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])")
_AT_ONCE: Final = Semaphore(2)
"""Passphrases stretched at the same time: each takes 64 MiB."""
_OFFICES: Final = (OfficerAppointed, OfficerSuspended, OfficerRetired)
_GIVEN_BYTES: Final = 10
_RANDOM_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Strength:
    """The cost of one try: passes of Argon2id over so many bytes of memory."""

    passes: int
    memory: int


USUAL: Final = Strength(3, 64 << 20)
LIGHT: Final = Strength(1, 8192)
"""For tests only: no protection worth the name."""


@dataclass(frozen=True, slots=True)
class Visit:
    """From where somebody comes: the address, and what their browser calls itself."""

    address: str = ""
    program: str = ""


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
        self._strength = strength
        self._nobody = secrets.token_bytes(pwhash.argon2id.SALTBYTES)

    def all(self) -> tuple[User, ...]:
        """Return every user, by the name that they sign in by."""
        with self._books.reading() as connection:
            rows = connection.execute(select(WEB_USER).order_by(WEB_USER.c.login)).all()
        return tuple(map(_user, rows))

    def by_login(self, login: str) -> User:
        """Return a user; raises UserUnknown."""
        with self._books.reading() as connection:
            row = _row(connection, login)
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
            if _row(connection, wanted) is not None:
                raise LoginTaken(wanted)
        given = _given()
        row = {"officer": officer, "login": wanted, **self._reset(key, given)}
        return NewUser(draft, row, given)

    def put(self, connection: Connection, new: NewUser) -> None:
        """Put a new user in place, inside the transaction that writes their appointment."""
        connection.execute(insert(WEB_USER), new.row)

    def renewed(self, login: str) -> tuple[User, bytes, dict[str, object], str]:
        """Return what gives a user who forgot their passphrase a new key and a new start.

        Their old key lies under a passphrase that nobody knows, so another one signs from now on:
        the user, its public half, the row's new values, and the passphrase that is shown once.
        """
        user, key, given = self.by_login(login), SigningKey.generate(), _given()
        return user, bytes(key.verify_key), self._reset(key, given), given

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
        known = self._note_try(login, visit)
        opened = self._opened(known, passphrase)
        cookie = None
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)
            row = None if known is None or opened is None else _row(connection, login)
            if (
                row is not None
                and opened is not None
                and office(connection, OfficerId(row.officer), self._books.key.node) is not None
                and self._is_second(connection, row, opened, digits, visit)
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
        demand_passphrase(passphrase)
        login = self.login_of(session.officer)
        self._note_try(login, visit)
        opened = Secrets(session.secrets.seed, totp)
        salt, box = self._sealed(passphrase, opened)
        now, codes = self._books.now(), second_factor.new_codes()
        with self._books.writing() as connection:
            audit.head(connection, locked=True)
            row = _row_of(connection, session.officer)
            step = second_factor.step_of(totp, digits, now, int(row.last_step))
            if step is None:
                raise DigitsWrong
            tries.forget(connection, login, visit.address)
            values = {
                "salt": salt, "sealed": box, "passes": self._strength.passes,
                "memory": self._strength.memory, "is_new": 0, "last_step": step,
            }  # fmt: skip
            self.reset(connection, session.officer, values)
            fresh = [
                {"officer": session.officer, "hash": second_factor.code_hash(one), "used_at": None}
                for one in codes
            ]
            connection.execute(insert(WEB_CODE), fresh)
            act: audit.Act = "began" if session.is_new else "passphrase_changed"
            audit.note(connection, now, session.officer, visit.address, act)
            cookie = sessions.begin(
                connection, now, session.officer, opened, is_new=False,
                address=visit.address, program=visit.program,
            )  # fmt: skip
        return cookie, codes

    def step_up(self, session: Session, digits: str, visit: Visit) -> None:
        """Ask for the second factor again; raises SignInTooSoon, DigitsWrong."""
        login = self.login_of(session.officer)
        self._note_try(login, visit)
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)
            row = _row_of(connection, session.officer)
            right = self._is_second(connection, row, session.secrets, digits, visit)
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
            return str(_row_of(connection, officer).login)

    def codes_left(self, officer: OfficerId) -> int:
        """Return how many recovery codes of a user are not used yet."""
        unused = (WEB_CODE.c.officer == officer) & WEB_CODE.c.used_at.is_(None)
        with self._books.reading() as connection:
            counted = select(func.count()).select_from(WEB_CODE).where(unused)
            return int(connection.execute(counted).scalar_one())

    # --- inside -----------------------------------------------------------------------------

    def _note_try(self, login: str, visit: Visit) -> Row[Any] | None:
        """Count a try before it is judged; return whose name was typed."""
        with self._books.writing() as connection:
            now = self._books.now()
            audit.head(connection, locked=True)  # one at a time, whichever process asks
            row = _row(connection, login)
            wait = tries.waiting(connection, login, visit.address, now)
            if wait:
                whose = row.officer if row is not None else ""
                audit.note(connection, now, whose, visit.address, "locked_out")
            else:
                tries.note(connection, login, visit.address, now)
        if wait:
            raise SignInTooSoon(-(-wait // 1000))
        return row

    def _opened(self, row: Row[Any] | None, passphrase: str) -> Secrets | None:
        salt = bytes(row.salt) if row is not None else self._nobody
        strength = Strength(row.passes, row.memory) if row is not None else self._strength
        key = _stretched(passphrase, salt, strength)
        return sessions.unsealed(key, bytes(row.sealed)) if row is not None else None

    def _is_second(
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

    def _reset(self, key: SigningKey, passphrase: str) -> dict[str, object]:
        salt, box = self._sealed(passphrase, Secrets(bytes(key), ""))
        now = self._books.now()
        return {
            "salt": salt, "passes": self._strength.passes, "memory": self._strength.memory,
            "sealed": box, "is_new": 1, "made_at": now, "last_step": now // STEP - 2,
        }  # fmt: skip

    def _sealed(self, passphrase: str, opened: Secrets) -> tuple[bytes, bytes]:
        salt = secrets.token_bytes(pwhash.argon2id.SALTBYTES)
        return salt, sessions.sealed(_stretched(passphrase, salt, self._strength), opened)


def appointments(connection: Connection, officer: OfficerId, own: NodeId) -> tuple[Fact, ...]:
    """Return what the registry's own chain says of an officer, in its order.

    Whatever other chains say under the same id is about nobody here.
    """
    known = register.facts_of(connection, officer)
    found = (one for one in known if one.node == own and isinstance(one.body, _OFFICES))
    return tuple(sorted(found, key=lambda one: one.seq))


def office(connection: Connection, officer: OfficerId, own: NodeId) -> Officer | None:
    """Return an officer as the registry's chain says them now, or None where not in office."""
    last = next(reversed(appointments(connection, officer, own)), None)
    if last is None or not isinstance(last.body, OfficerAppointed):
        return None
    return people.appointed(officer, last.body)


def read_login(text: str) -> str:
    """Return a name to sign in by: small letters, digits, dot, dash; raises FieldUnreadable."""
    wanted = tries.tidy(text)
    if not _LOGIN.fullmatch(wanted):
        raise FieldUnreadable("login", text)
    return wanted


def demand_passphrase(passphrase: str) -> None:
    """Raise PassphraseTooShort for a passphrase that is easily guessed."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)


def signer_of(officer: Officer, opened: Secrets) -> SigningKey | None:
    """Return the officer's key, where it is still the one that the chain names for them."""
    key = SigningKey(opened.seed)
    return key if bytes(key.verify_key) == officer.public_key else None


def _stretched(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    with _AT_ONCE:
        return pwhash.argon2id.kdf(
            32, passphrase.encode(errors="replace"), salt,
            opslimit=strength.passes, memlimit=strength.memory,
        )  # fmt: skip


def _given() -> str:
    """Return a passphrase of eighty random bits that can be read aloud."""
    text = secrets.token_hex(_GIVEN_BYTES)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _row(connection: Connection, login: str) -> Row[Any] | None:
    return connection.execute(
        select(WEB_USER).where(WEB_USER.c.login == tries.tidy(login))
    ).one_or_none()


def _row_of(connection: Connection, officer: OfficerId) -> Row[Any]:
    row = connection.execute(select(WEB_USER).where(WEB_USER.c.officer == officer)).one_or_none()
    if row is None:
        raise UserUnknown(officer)
    return row


def _user(row: Row[Any]) -> User:
    return User(OfficerId(row.officer), row.login, bool(row.is_new), row.made_at)
