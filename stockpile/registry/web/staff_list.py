"""The registry's users: listed, added, suspended, put back, given other roles or a new start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Request, Response

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Role
from stockpile.domain.people import read_role
from stockpile.registry.staff import Staff
from stockpile.registry.users import WEB_ROLES
from stockpile.registry.web.frame import go, pages, refused
from stockpile.registry.web.visiting import Stepped, Visiting, Visitor, users_of

router = pages()


@router.get("/users")
def staff(request: Request, visitor: Visiting) -> Response:
    """List the users."""
    return _staff(request, visitor)


@router.post("/users")
def add(
    request: Request,
    visitor: Stepped,
    login: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Appoint a user and show their passphrase, this once."""
    try:
        given = _desk(request, visitor).add(
            login, name, _roles(role), by=visitor.signer, visit=visitor.visit
        )
    except StockpileError as error:
        return _staff(request, visitor, error)
    return _staff(request, visitor, given=given, whose=login)


@router.post("/users/{login}/reset")
def reset(
    request: Request, visitor: Stepped, login: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Give a user a new start and show their passphrase, this once."""
    try:
        given = _desk(request, visitor).reset(login, reason, by=visitor.signer, visit=visitor.visit)
    except StockpileError as error:
        return _staff(request, visitor, error)
    return _staff(request, visitor, given=given, whose=login)


@router.post("/users/{login}/suspend")
def suspend(
    request: Request, visitor: Stepped, login: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Suspend a user."""
    desk = _desk(request, visitor)
    return _done(
        request, visitor,
        lambda: desk.suspend(login, reason, by=visitor.signer, visit=visitor.visit),
    )  # fmt: skip


@router.post("/users/{login}/put-back")
def put_back(
    request: Request, visitor: Stepped, login: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Put a suspended user back into office."""
    desk = _desk(request, visitor)
    return _done(
        request, visitor,
        lambda: desk.put_back(login, reason, by=visitor.signer, visit=visitor.visit),
    )  # fmt: skip


@router.post("/users/{login}/roles")
def roles(
    request: Request,
    visitor: Stepped,
    login: str,
    role: Annotated[list[str] | None, Form()] = None,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Give a user other roles."""
    desk = _desk(request, visitor)
    return _done(
        request, visitor,
        lambda: desk.set_roles(
            login, _roles(role), reason, by=visitor.signer, visit=visitor.visit
        ),
    )  # fmt: skip


def _done(request: Request, visitor: Visitor, do: Callable[[], None]) -> Response:
    try:
        do()
    except StockpileError as error:
        return _staff(request, visitor, error)
    return go("/users")


def _staff(
    request: Request, visitor: Visitor, error: StockpileError | None = None, *,
    given: str = "", whose: str = "",
) -> Response:  # fmt: skip
    return refused(
        request, error, "users.html", staff=_desk(request, visitor).all(), roles=WEB_ROLES,
        own=visitor.officer.id, may_appoint=visitor.may("appoint"),
        may_suspend=visitor.may("suspend"), given=given, whose=whose,
    )  # fmt: skip


def _roles(told: list[str] | None) -> tuple[Role, ...]:
    return tuple(read_role(one) for one in told or [])


def _desk(request: Request, visitor: Visitor) -> Staff:
    return Staff(visitor.books, users_of(request))
