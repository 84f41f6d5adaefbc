"""What one officer signed and a second has yet to confirm: every value, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request, Response
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import NodeId
from stockpile.registry import acts
from stockpile.registry.acts import Waiting
from stockpile.registry.naming import names_of
from stockpile.registry.proposed import Proposed, proposed
from stockpile.registry.web.frame import go, pages, refused
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor
from stockpile.registry.web.weapon_rows import path_of

router = pages()


@dataclass(frozen=True, slots=True)
class Shown:
    """A waiting act as it is shown: with what it would change, and what came in since."""

    act: Waiting
    title: str
    name: str
    proposed: Proposed


@router.get("/confirm")
def confirming(request: Request, visitor: Visiting) -> Response:
    """List what waits, the longest first."""
    return _list(request, visitor)


@router.post("/confirm/{id_}")
def confirm(request: Request, visitor: Stepped, id_: str) -> Response:
    """Confirm an act: now it is done."""
    try:
        acts.confirm(visitor.books, id_, by=visitor.signer, address=visitor.visit.address)
    except StockpileError as error:
        return _list(request, visitor, error)
    return go("/confirm")


@router.post("/confirm/{id_}/refuse")
def refuse(
    request: Request, visitor: Acting, id_: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Refuse an act: nothing of it happens."""
    try:
        acts.refuse(visitor.books, id_, reason, by=visitor.signer, address=visitor.visit.address)
    except StockpileError as error:
        return _list(request, visitor, error)
    return go("/confirm")


@router.post("/confirm/{id_}/withdraw")
def withdraw(request: Request, visitor: Acting, id_: str) -> Response:
    """Take back what the visitor proposed."""
    try:
        acts.withdraw(visitor.books, id_, by=visitor.signer, address=visitor.visit.address)
    except StockpileError as error:
        return _list(request, visitor, error)
    return go("/confirm")


def _list(request: Request, visitor: Visitor, error: StockpileError | None = None) -> Response:
    with visitor.books.reading() as connection:
        own = visitor.books.key.node
        shown = [_shown(connection, one, own) for one in acts.waiting(connection, own)]
    return refused(
        request, error, "confirm.html", waiting=shown, own=visitor.officer.id,
        may_confirm=visitor.may("confirm"), path_of=path_of,
    )  # fmt: skip


def _shown(connection: Connection, act: Waiting, own: NodeId) -> Shown:
    names = names_of(connection, [act.officer])
    return Shown(act, wording.act(act.act), names.of(act.officer), proposed(connection, own, act))
