"""The audit log as commanders and auditors read it, and whether it is whole."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from stockpile.registry import acts, audit
from stockpile.registry.naming import names_of
from stockpile.registry.web.audit_words import (
    ACTS,
    about,
    demand_reader,
    known_act,
    subject,
    who,
    words,
)
from stockpile.registry.web.frame import page_of, pages, render
from stockpile.registry.web.visiting import Acting, Visiting, Visitor

_SIZE: Final = 100
_LARGEST: Final = 18
"""Digits of a row's number; what is longer is none."""

router = pages()


@router.get("/audit")
def log(
    request: Request, visitor: Visiting, after: str = "", officer: str = "", act: str = ""
) -> Response:
    """List what was done and looked at, the newest first."""
    demand_reader(visitor)
    return _log(request, visitor, after, officer, act, None)


@router.post("/audit/check")
def check(request: Request, visitor: Acting) -> Response:
    """Compare every row with the one before it and with the heads that the chain holds."""
    demand_reader(visitor)
    with visitor.books.reading() as connection:
        broken = acts.first_broken(connection, visitor.books)
    return _log(request, visitor, "", "", "", broken)


def _log(
    request: Request, visitor: Visitor, after: str, officer: str, act: str, broken: int | None
) -> Response:
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= _LARGEST else 0
    wanted = known_act(act)
    with visitor.books.reading() as connection:
        found = audit.lines(connection, before, _SIZE + 1, officer, wanted)
        names = names_of(connection, {one.officer for one in found} | set(map(subject, found)))
        head = audit.head(connection)
    return render(
        request, "audit.html", page=page_of(found, _SIZE, lambda one: one.number), names=names,
        head=head, broken=broken, words=words, about=about, who=who, acts=ACTS, officer=officer,
        act=wanted,
    )  # fmt: skip
