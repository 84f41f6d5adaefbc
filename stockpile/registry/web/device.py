"""The device of the second factor: shown to be read, and replaced by its owner.

Whoever still has the device, or a recovery code, needs nobody's help; who has neither is given a
new start on the page of users.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Form, Request, Response

from stockpile.domain.errors import StockpileError
from stockpile.registry import second_factor, sessions
from stockpile.registry.web.frame import pages, refused, render
from stockpile.registry.web.visiting import (
    Acting,
    TheUsers,
    Visiting,
    Visitor,
    give_cookie,
    users_of,
)

_PURPOSE: Final = b"another factor"

router = pages()


@router.get("/account/device")
def device(request: Request, visitor: Visiting) -> Response:
    """Show what another device has to read, and what proves that the visitor may bind it."""
    return _device(request, visitor)


@router.post("/account/device")
def replace(
    request: Request,
    visitor: Acting,
    users: TheUsers,
    passphrase: Annotated[str, Form()] = "",
    proof: Annotated[str, Form()] = "",
    digits: Annotated[str, Form()] = "",
) -> Response:
    """Bind the device; every session ends, new recovery codes are shown."""
    secret = _secret_of(visitor)
    try:
        cookie, codes = users.replace_device(
            visitor.session, passphrase, proof, secret, digits, visitor.visit
        )
    except StockpileError as error:
        return _device(request, visitor, error)
    request.state.form_token = sessions.form_token(cookie)
    response = render(request, "codes.html", codes=codes, is_first=False)
    give_cookie(request, response, cookie)
    return response


def with_device(
    request: Request, error: StockpileError | None, template: str, login: str, secret: str
) -> Response:
    """Show a page on which a device reads its secret: drawn, and as letters."""
    address = second_factor.address_of(secret, login, request.url.hostname or "")
    size, path = second_factor.drawn(address)
    return refused(request, error, template, login=login, secret=secret, size=size, drawn=path)


def _device(request: Request, visitor: Visitor, error: StockpileError | None = None) -> Response:
    login = users_of(request).login_of(visitor.officer.id)
    return with_device(request, error, "device.html", login, _secret_of(visitor))


def _secret_of(visitor: Visitor) -> str:
    session = visitor.session
    return second_factor.secret_for(session.id, session.secrets.seed, _PURPOSE)
