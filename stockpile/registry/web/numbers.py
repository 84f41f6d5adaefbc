"""Blocks of marking numbers: granted, used, left, and granting the next ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from fastapi import Form, Request, Response

from stockpile.domain.errors import FieldUnreadable, QuantityUnreadable, StockpileError
from stockpile.domain.values import Instant, NodeId, SchemeId
from stockpile.registry import acts, nodes_heard, numbers_left
from stockpile.registry.blocks import MOST_BY_HAND, Granting
from stockpile.registry.web.frame import go, pages, refused
from stockpile.registry.web.visiting import Acting, Visiting, Visitor

_LONGEST_COUNT: Final = 9
_MOST_SHOWN: Final = 500
"""Blocks on one page; those of one node are found from the node's own page."""

router = pages()


@router.get("/numbers")
def numbers(request: Request, visitor: Visiting, node: str = "") -> Response:
    """List the blocks of every scheme."""
    return _numbers(request, visitor, node)


@router.post("/numbers")
def grant(
    request: Request,
    visitor: Acting,
    node: Annotated[str, Form()] = "",
    scheme: Annotated[str, Form()] = "",
    count: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    """Grant a node numbers, signed by the visitor; they come to it with its next exchange."""
    visitor.demand("grant_numbers")
    books = visitor.books
    try:
        given = Granting(books).grant(
            NodeId(node), SchemeId(scheme), _count(count), _end_of(until), (visitor.signer.pair,)
        )
    except StockpileError as error:
        return _numbers(request, visitor, "", error)
    visitor.note("granted", f"{given.scheme} {given.lo}-{given.hi} {given.node}")
    with books.writing() as connection:
        books.locked(connection, books.key.node)
        acts.seal(connection, books)
    return go("/numbers")


def _numbers(
    request: Request, visitor: Visitor, node: str, error: StockpileError | None = None
) -> Response:
    books = visitor.books
    with books.reading() as connection:
        blocks = numbers_left.granted(connection)
        shown = {
            "schemes": numbers_left.schemes(connection),
            "nodes": [
                one
                for one in nodes_heard.heard(connection, books.key.node)
                if one.status == "enrolled"
            ],
        }
    kept = [one for one in blocks if not node or one.node == node]
    return refused(
        request, error, "numbers.html", blocks=kept[:_MOST_SHOWN], more=len(kept) > _MOST_SHOWN,
        chosen=node, now=books.now(), may_grant=visitor.may("grant_numbers"),
        most=MOST_BY_HAND, **shown,
    )  # fmt: skip


def _count(text: str) -> int:
    bare = "".join(text.split())
    if not (bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST_COUNT):
        raise QuantityUnreadable(text)
    return int(bare)


def _end_of(day: str) -> Instant:
    """Return the last instant of a day (UTC), 0 for none; raise FieldUnreadable for no day."""
    if not day.strip():
        return 0
    try:
        begins = date.fromisoformat(day.strip())
        ends = datetime(begins.year, begins.month, begins.day, tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise FieldUnreadable("until", day) from error
    return int(ends.timestamp() * 1000) - 1
