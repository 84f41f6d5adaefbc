"""Who looks at a page: found by their cookie, named by the registry's chain, asked again.

1. Every page but the door wants somebody signed in, and in office now.
2. Every form brings a word that only the session's own pages hold; without it nothing is done.
3. What cannot be undone, or takes records out of the registry, wants the six digits again.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import Depends, Form, Request, Response
from sqlalchemy import Connection

from stockpile.domain.errors import DigitsWrong, FormStale
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Sign
from stockpile.domain.people import Act, Officer, authorise
from stockpile.registry import acts, audit, sessions
from stockpile.registry.acts import Signer
from stockpile.registry.books import RegistryBooks
from stockpile.registry.holding_office import office, signer_of
from stockpile.registry.proving import Visit
from stockpile.registry.sessions import STEPPED_FOR, Session
from stockpile.registry.users import Users
from stockpile.registry.web.frame import SignInWanted

COOKIE: Final = "stockpile"
_SAFE_COOKIE: Final = "__Host-stockpile"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in: their office, their session, the key that signs for them."""

    officer: Officer
    session: Session
    sign: Sign
    csrf: str
    has_stepped: bool
    visit: Visit
    books: RegistryBooks

    @property
    def signer(self) -> Signer:
        """What signs an entry of the registry's chain for this officer."""
        return Signer(self.officer, self.sign)

    def may(self, act: Act) -> bool:
        """Say whether the visitor's roles include an act."""
        return self.officer.may(act)

    def demand(self, act: Act) -> None:
        """Raise OfficerNotAuthorised unless the visitor's roles include an act."""
        if not self.officer.may(act):
            authorise(self.officer, act)

    def note(self, act: audit.Act, about: str = "") -> None:
        """Write into the audit log what the visitor looked at, took out or did."""
        with self.books.writing() as connection:
            self.note_within(connection, act, about)
        acts.seal_by_day(self.books)

    def note_within(self, connection: Connection, act: audit.Act, about: str = "") -> None:
        """Write into the audit log inside a transaction, after what it is about was written."""
        audit.note(connection, self.books.now(), self.officer.id, self.visit.address, act, about)

    def perform(
        self, act: Act, drafts: Sequence[Draft], reason: str, about: str = ""
    ) -> Literal["done", "waits"]:
        """Write an act signed by the visitor, or, where it wants two, propose it.

        Raises OfficerNotAuthorised, ReasonMissing, PlanTooLarge.
        """
        return acts.perform(
            self.books, act, drafts, reason, by=self.signer, address=self.visit.address, about=about
        )


def visit_of(request: Request) -> Visit:
    """Return from where a request comes."""
    address = request.client.host if request.client else ""
    return Visit(address, request.headers.get("user-agent", ""))


def cookie_of(request: Request) -> str:
    """Return the session's cookie, or nothing."""
    return request.cookies.get(_cookie_name(request), "")


def give_cookie(request: Request, response: Response, cookie: str) -> None:
    """Give the visitor a session's cookie: for this server alone, out of any script's reach."""
    response.set_cookie(
        _cookie_name(request), cookie, path="/", httponly=True, samesite="strict",
        secure=is_secure(request),
    )  # fmt: skip


def take_cookie(request: Request, response: Response) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(
        _cookie_name(request), path="/", httponly=True, samesite="strict",
        secure=is_secure(request),
    )  # fmt: skip


def somebody(request: Request) -> Visitor:
    """Return who is signed in, also before they have begun; raises SignInWanted."""
    books, cookie = books_of(request), cookie_of(request)
    now = books.now()
    with books.reading() as connection:
        session = sessions.find(connection, cookie, now) if cookie else None
        officer = office(connection, session.officer, books.key.node) if session else None
    key = signer_of(officer, session.secrets) if officer and session else None
    if session is None or officer is None or key is None:
        raise SignInWanted
    if sessions.is_due(session, now):
        with books.writing() as connection:
            sessions.seen(connection, session, now)
    found = Visitor(
        officer, session, lambda message: key.sign(message).signature,
        sessions.form_token(cookie), now - session.stepped < STEPPED_FOR, visit_of(request), books,
    )  # fmt: skip
    request.state.form_token = found.csrf
    if not session.is_new:
        request.state.visitor = found
    return found


def visitor(found: Annotated[Visitor, Depends(somebody)]) -> Visitor:
    """Return who is signed in and has passphrase and second factor set; raises SignInWanted."""
    if found.session.is_new:
        raise SignInWanted
    return found


def demand_own_form(request: Request, told: str, expected: str) -> None:
    """Raise FormStale for a form that another site sent, or a page of another session."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.url.netloc:
        raise FormStale
    if not expected or not hmac.compare_digest(told.encode(), expected.encode()):
        raise FormStale


def acting(
    request: Request,
    found: Annotated[Visitor, Depends(visitor)],
    csrf: Annotated[str, Form()] = "",
) -> Visitor:
    """Return who sent a form; raises SignInWanted, FormStale."""
    demand_own_form(request, csrf, found.csrf)
    return found


def stepped(
    request: Request,
    found: Annotated[Visitor, Depends(acting)],
    digits: Annotated[str, Form()] = "",
) -> Visitor:
    """Return who sent a form that asks for the second factor again; raises DigitsWrong."""
    if not found.has_stepped or digits:
        if not digits:
            raise DigitsWrong
        users_of(request).step_up(found.session, digits, found.visit)
    return found


def books_of(request: Request) -> RegistryBooks:
    """Return the registry's books."""
    books: RegistryBooks = request.app.state.books
    return books


def users_of(request: Request) -> Users:
    """Return the registry's users."""
    users: Users = request.app.state.users
    return users


def is_secure(request: Request) -> bool:
    """Say whether the visitor's line is a locked one, as far as the named proxy tells."""
    return request.url.scheme == "https"


def _cookie_name(request: Request) -> str:
    """Return the cookie's name: browsers hold one with this prefix to this host and to https."""
    return _SAFE_COOKIE if is_secure(request) else COOKIE


Somebody = Annotated[Visitor, Depends(somebody)]
Visiting = Annotated[Visitor, Depends(visitor)]
Acting = Annotated[Visitor, Depends(acting)]
Stepped = Annotated[Visitor, Depends(stepped)]
Books = Annotated[RegistryBooks, Depends(books_of)]
TheUsers = Annotated[Users, Depends(users_of)]
