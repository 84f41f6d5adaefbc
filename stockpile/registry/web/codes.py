"""One-time codes by which nodes are let in: made and shown once, listed without themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from stockpile.domain.errors import FieldMissing, StockpileError
from stockpile.domain.values import tidied
from stockpile.registry import nodes_heard
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.web.frame import pages, refused
from stockpile.registry.web.visiting import Acting, Visiting, Visitor

router = pages()


@router.get("/codes")
def codes(request: Request, visitor: Visiting) -> Response:
    """List the codes that were made."""
    visitor.demand("enrol")
    return _codes(request, visitor)


@router.post("/codes")
def make(
    request: Request,
    visitor: Acting,
    name: Annotated[str, Form()] = "",
    site: Annotated[str, Form()] = "",
) -> Response:
    """Make a code for a node, and show it this once."""
    visitor.demand("enrol")
    try:
        if not tidied(name):
            raise FieldMissing("name")
        code = Enrolment(visitor.books).make_code(tidied(name), tidied(site))
    except StockpileError as error:
        return _codes(request, visitor, error=error)
    visitor.note("code_made", tidied(name))
    return _codes(request, visitor, code, tidied(name))


def _codes(
    request: Request, visitor: Visitor, code: str = "", name: str = "",
    error: StockpileError | None = None,
) -> Response:  # fmt: skip
    with visitor.books.reading() as connection:
        known = nodes_heard.codes(connection)
    return refused(request, error, "one_time_codes.html", code=code, name=name, known=known)
