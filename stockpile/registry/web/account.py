"""One's own account: passphrase, second factor, open sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from stockpile.domain.errors import PassphrasesDiffer, StockpileError
from stockpile.registry import sessions
from stockpile.registry.web.frame import SIGN_IN, go, pages, refused, render
from stockpile.registry.web.visiting import (
    Acting,
    TheUsers,
    Visiting,
    Visitor,
    give_cookie,
    take_cookie,
    users_of,
)

router = pages()


@router.get("/account")
def account(request: Request, visitor: Visiting) -> Response:
    """Show the visitor what is known of them, and where they are signed in."""
    return _account(request, visitor)


@router.post("/account/passphrase")
def change(
    request: Request,
    visitor: Acting,
    users: TheUsers,
    passphrase: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
    digits: Annotated[str, Form()] = "",
) -> Response:
    """Set another passphrase; every session ends, new recovery codes are shown."""
    totp = visitor.session.secrets.totp
    try:
        if passphrase != again:
            raise PassphrasesDiffer
        cookie, codes = users.begin(visitor.session, passphrase, totp, digits, visitor.visit)
    except StockpileError as error:
        return _account(request, visitor, error)
    request.state.form_token = sessions.form_token(cookie)
    response = render(request, "codes.html", codes=codes, is_first=False)
    give_cookie(request, response, cookie)
    return response


@router.post("/account/sessions/end")
def end(visitor: Acting, session: Annotated[str, Form()] = "") -> Response:
    """End one of the visitor's own sessions."""
    with visitor.books.writing() as connection:
        if sessions.end(connection, session, visitor.officer.id):
            visitor.note_within(connection, "signed_out")
    return go("/account")


@router.post("/account/sessions/end-all")
def end_all(request: Request, visitor: Acting) -> Response:
    """End every session of the visitor, this one too."""
    with visitor.books.writing() as connection:
        sessions.end_all(connection, visitor.officer.id)
        visitor.note_within(connection, "signed_out_everywhere")
    response = go(SIGN_IN)
    take_cookie(request, response)
    return response


def _account(request: Request, visitor: Visitor, error: StockpileError | None = None) -> Response:
    users, officer = users_of(request), visitor.officer.id
    with visitor.books.reading() as connection:
        opened = sessions.all_of(connection, officer, visitor.books.now())
    return refused(
        request, error, "account.html", login=users.login_of(officer), opened=opened,
        here_id=visitor.session.id, codes_left=users.codes_left(officer),
    )  # fmt: skip
