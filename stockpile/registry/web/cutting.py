"""Cutting a node off after one of its entries: what that means is shown, and then it is signed.

What was looked at is what is signed: the form carries the entry's hash. Where officials' keys are
set nobody signs here: the page gives the statement as a file, for two of them to sign.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Form, Request, Response

from stockpile.domain.errors import FieldMissing, LastGoodUnknown, StockpileError
from stockpile.domain.values import NodeId
from stockpile.registry import acts, cutting, nodes_heard
from stockpile.registry.branches import MOST, branches, is_rejected
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.web.frame import go, pages, refused
from stockpile.registry.web.history_lines import lines
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor

_LINES: Final = 50
_SAID: Final = 10

router = pages()


@router.get("/nodes/{node}/cut")
def look(request: Request, visitor: Visiting, node: str, after: str = "") -> Response:
    """Show what it would mean to cut a node off after an entry."""
    return _page(request, visitor, NodeId(node), after)


@router.post("/nodes/{node}/cut")
def cut_off(
    request: Request, visitor: Stepped, node: str, after: Annotated[str, Form()] = "",
    digest: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Trust a node no more after the entry that was looked at, signed by the visitor."""
    visitor.demand("enrol")
    named = NodeId(node)
    try:
        if not reason.strip():
            raise FieldMissing("reason")
        seen = _seen(visitor, named, after, digest)
        desk = Enrolment(visitor.books)
        desk.revoke(named, reason.strip(), signers=(visitor.signer.pair,), last_good=seen.at)
    except StockpileError as error:
        return _page(request, visitor, named, after, error)
    visitor.note("revoked", node)
    with visitor.books.writing() as connection:
        visitor.books.locked(connection, visitor.books.key.node)
        acts.seal(connection, visitor.books)
    return go(f"/nodes/{node}")


@router.post("/nodes/{node}/statement")
def statement(
    request: Request, visitor: Acting, node: str, after: Annotated[str, Form()] = "",
    digest: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Give the statement that officials sign with their offline keys; unsigned it says nothing."""
    visitor.demand("enrol")
    named = NodeId(node)
    try:
        seen = _seen(visitor, named, after, digest)
        said = cutting.statement(named, seen.at, reason)
    except StockpileError as error:
        return _page(request, visitor, named, after, error)
    name = f'attachment; filename="revoke-{seen.at.number}.statement"'
    return Response(said, media_type="text/plain", headers={"Content-Disposition": name})


def _seen(visitor: Visitor, node: NodeId, after: str, digest: str) -> cutting.Cut:
    """Return the cut that the visitor looked at; raise LastGoodUnknown where it is another one."""
    number = cutting.read_number(after)
    with visitor.books.reading() as connection:
        found = cutting.cut(connection, node, number)
    if found.at.hash != digest:
        raise LastGoodUnknown(node, number)
    return found


def _page(
    request: Request, visitor: Visitor, node: NodeId, after: str,
    error: StockpileError | None = None,
) -> Response:  # fmt: skip
    number = cutting.read_number(after)
    with visitor.books.reading() as connection:
        found = cutting.cut(connection, node, number)
        known = nodes_heard.heard_of(connection, node)
        told = branches(connection, node)
        last = (found.last,) if found.last is not None else ()
        said, follows = lines(connection, last, _SAID), lines(connection, found.told, _LINES)
        others = [one for one in told if not one.stands]
        undecided = any(not is_rejected(connection, one.entries[0].hash) for one in others)
    beside = sum(one.count for one in others)
    return refused(
        request, error, "cut.html", node=known, cut=found, said=said, follows=follows,
        left=found.facts - len(follows), beside=known.evidence if beside >= MOST else beside,
        undecided=undecided, may_revoke=visitor.may("enrol"),
    )  # fmt: skip
