"""The door of the registry's pages: signing in and out, a first beginning, language and look."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from fastapi import Form, Request, Response

from stockpile.domain.errors import DigitsWrong, PassphrasesDiffer, StockpileError
from stockpile.language import LANGUAGES
from stockpile.registry import acts, second_factor, sessions
from stockpile.registry.sessions import Session
from stockpile.registry.web.device import with_device
from stockpile.registry.web.frame import (
    LANGUAGE_COOKIE,
    LOOK_COOKIE,
    LOOKS,
    SIGN_IN,
    go,
    own_path,
    pages,
    refused,
    render,
)
from stockpile.registry.web.visiting import (
    Acting,
    Books,
    Somebody,
    TheUsers,
    cookie_of,
    demand_own_form,
    give_cookie,
    is_secure,
    take_cookie,
    visit_of,
)

_DOOR_COOKIE: Final = "door"
_DOOR_BYTES: Final = 32
_A_YEAR: Final = 366 * 86_400

router = pages()


@router.get(SIGN_IN)
def door(request: Request, next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """Show the door."""
    return _door(request, own_path(next))


@router.post(SIGN_IN)
def sign_in(
    request: Request,
    users: TheUsers,
    books: Books,
    login: Annotated[str, Form()] = "",
    passphrase: Annotated[str, Form()] = "",
    digits: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the word in the address
) -> Response:
    """Let somebody in who shows that they may."""
    demand_own_form(request, csrf, _door_token(request.cookies.get(_DOOR_COOKIE, "")))
    try:
        cookie, is_new = users.sign_in(login, passphrase, digits, visit_of(request))
    except StockpileError as error:
        return _door(request, own_path(next), login, error)
    acts.seal_by_day(books)
    response = go("/begin" if is_new else next)
    give_cookie(request, response, cookie)
    response.delete_cookie(
        _DOOR_COOKIE, path=SIGN_IN, httponly=True, samesite="strict", secure=is_secure(request)
    )
    return response


@router.get("/begin")
def begin(request: Request, somebody: Somebody, users: TheUsers) -> Response:
    """Show who came in for the first time what they have to set."""
    if not somebody.session.is_new:
        return go("/account")
    return _begin(request, somebody.session, users.login_of(somebody.officer.id))


@router.post("/begin")
def begun(
    request: Request,
    somebody: Somebody,
    users: TheUsers,
    passphrase: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
    digits: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Set passphrase and second factor, and show the recovery codes, once."""
    demand_own_form(request, csrf, somebody.csrf)
    session = somebody.session
    if not session.is_new:
        return go("/account")
    secret = _secret_of(session)
    try:
        if passphrase != again:
            raise PassphrasesDiffer
        cookie, codes = users.begin(session, passphrase, secret, digits, somebody.visit)
    except (StockpileError, DigitsWrong) as error:
        return _begin(request, session, users.login_of(somebody.officer.id), error)
    request.state.form_token = sessions.form_token(cookie)
    response = render(request, "codes.html", codes=codes, is_first=True)
    give_cookie(request, response, cookie)
    return response


@router.post("/sign-out")
def sign_out(request: Request, visitor: Acting, books: Books) -> Response:
    """End this session."""
    with books.writing() as connection:
        visitor.note_within(connection, "signed_out")
        sessions.end(connection, sessions.id_of(cookie_of(request)), visitor.officer.id)
    response = go(SIGN_IN)
    take_cookie(request, response)
    return response


@router.post("/look")
def look(
    request: Request,
    language: Annotated[str, Form()] = "",
    look: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Remember language and look on this computer: nothing that anybody must be known for."""
    response = go(back)
    if language in LANGUAGES:
        _remember(request, response, LANGUAGE_COOKIE, language)
    if look in LOOKS:
        _remember(request, response, LOOK_COOKIE, look)
    return response


def _remember(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, _A_YEAR, httponly=True, samesite="strict", secure=is_secure(request)
    )


def _door(
    request: Request, after: str, login: str = "", error: StockpileError | None = None
) -> Response:
    """Show the door; its cookie is for its form alone and never becomes a session's."""
    cookie = request.cookies.get(_DOOR_COOKIE, "") or secrets.token_hex(_DOOR_BYTES)
    request.state.form_token = _door_token(cookie)
    response = refused(request, error, "sign_in.html", after=after, login=login)
    response.set_cookie(
        _DOOR_COOKIE, cookie, path=SIGN_IN, httponly=True, samesite="strict",
        secure=is_secure(request),
    )  # fmt: skip
    return response


def _begin(
    request: Request, session: Session, login: str, error: StockpileError | None = None
) -> Response:
    return with_device(request, error, "begin.html", login, _secret_of(session))


def _secret_of(session: Session) -> str:
    return second_factor.secret_for(session.id, session.secrets.seed, b"second factor")


def _door_token(cookie: str) -> str:
    return sessions.form_token(cookie) if cookie else ""
