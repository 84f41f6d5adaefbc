"""Somebody who visits the registry's pages: made in the books, signed in as a browser would be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import httpx
import pyotp
from nacl.signing import SigningKey

from stockpile.domain.facts import Role
from stockpile.domain.values import OfficerId
from stockpile.registry import sessions
from stockpile.registry.acts import Signer
from stockpile.registry.holding_office import office
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.proving import Visit
from stockpile.registry.second_factor import STEP
from stockpile.registry.sessions import Session
from stockpile.registry.staff import Staff
from stockpile.registry.users import Users
from stockpile.trust import trusted_for
from tests.helpers.registries import Registry

PASSPHRASE = "seven old rifles in a row"
VISIT = Visit("192.0.2.7", "a browser")
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Person:
    """A user of the registry with their passphrase and their device."""

    registry: Registry
    users: Users
    login: str
    officer: OfficerId
    secret: str
    codes: tuple[str, ...]
    passphrase: str = PASSPHRASE

    def digits(self) -> str:
        """Wait until the device shows other digits than before, and read them."""
        self.registry.clock.at += STEP
        return pyotp.TOTP(self.secret).generate_otp(self.registry.clock.at // STEP)

    def session(self) -> Session:
        """Sign in, and give the session."""
        cookie, _new = self.users.sign_in(self.login, self.passphrase, self.digits(), VISIT)
        with self.registry.database.reading() as connection:
            found = sessions.find(connection, cookie, self.registry.clock.at)
        assert found is not None
        return found

    def signer(self) -> Signer:
        """What signs for this person."""
        with self.registry.database.reading() as connection:
            officer = office(connection, self.officer, self.registry.books.key.node)
        key = SigningKey(self.session().secrets.seed)
        return Signer(officer, lambda message: key.sign(message).signature)


@dataclass
class House:
    """A registry with its staff."""

    registry: Registry
    users: Users = field(init=False)
    staff: Staff = field(init=False)

    def __post_init__(self) -> None:
        self.users = Users(self.registry.books, LIGHT)
        self.staff = Staff(self.registry.books, self.users)

    def first(self, login: str = "amina", name: str = "Col. Amina Otieno") -> Person:
        return self.begun(login, self.staff.first(login, name))

    def add(self, login: str, role: Role, by: Person, name: str = "") -> Person:
        given = self.staff.add(login, name or login.title(), (role,), by=by.signer(), visit=VISIT)
        return self.begun(login, given)

    def begun(self, login: str, given: str) -> Person:
        """Let a new user set passphrase and second factor."""
        cookie, is_new = self.users.sign_in(login, given, "", VISIT)
        assert is_new
        with self.registry.database.reading() as connection:
            session = sessions.find(connection, cookie, self.registry.clock.at)
        secret, codes = pyotp.random_base32(), ()
        person = Person(self.registry, self.users, login, session.officer, secret, codes)
        _cookie, person.codes = self.users.begin(
            session, PASSPHRASE, secret, person.digits(), VISIT
        )
        return person


class Browser(httpx.Client):
    """A browser without a window: keeps cookies, follows, reads the word of each form."""

    def __init__(self, url: str, **more: object) -> None:
        super().__init__(
            base_url=url, follow_redirects=True, **{"verify": trusted_for(url), **more}
        )
        self.seen: httpx.Response | None = None

    def open(self, path: str) -> httpx.Response:
        self.seen = self.get(path)
        return self.seen

    def submit(self, path: str, **fields: object) -> httpx.Response:
        """Send a form of the page that was opened last, or of the first page."""
        self.seen = self.post(path, data={"csrf": self.token(), **fields})
        return self.seen

    def token(self) -> str:
        found = _TOKEN.search(self.seen.text) if self.seen is not None else None
        if found is None:
            found = _TOKEN.search(self.open("/account").text)
        return found[1] if found else ""

    def sign_in(self, person: Person, **more: str) -> httpx.Response:
        self.open("/sign-in")
        told = {"login": person.login, "passphrase": person.passphrase, "digits": person.digits()}
        return self.submit("/sign-in", **{**told, **more})
