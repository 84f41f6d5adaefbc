"""Nodes and their last word: the list, one node, and trusting it no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import File, Form, Request, Response, UploadFile
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.authority_files import MOST_SMALL, read_statement
from stockpile.domain.errors import FieldMissing, StockpileError
from stockpile.domain.facts import NodeCertified, NodeReadmitted, NodeRevoked
from stockpile.domain.values import Digest, NodeId
from stockpile.language import _, isolated
from stockpile.registry import acts, authority, nodes_heard, scopes
from stockpile.registry.branches import MOST, Branch, branches, shared
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.statements import Statements
from stockpile.registry.web.frame import go, page_of, pages, refused, render
from stockpile.registry.web.history_lines import Line, lines
from stockpile.registry.web.visiting import Books, Stepped, Visiting, Visitor

_SIZE: Final = 100
_LINES: Final = 50
_AGREES: Final = 1000
"""Milliseconds: clocks that are compared over a line differ by some of them all the same."""
_IN_WORDS: Final = 3_600_000
"""Milliseconds: from an hour on, hours and days are counted."""

router = pages()


@router.get("/nodes")
def nodes(
    request: Request, _visitor: Visiting, books: Books, show: str = "", text: str = "",
    after: str = "",
) -> Response:  # fmt: skip
    """List the nodes, those longest silent first."""
    now = books.now()
    with books.reading() as connection:
        found = nodes_heard.heard(connection, books.key.node)
    wanted = text.strip().casefold()
    kept = [
        one
        for one in found
        if wanted in f"{one.name}\n{one.site}\n{one.node}".casefold()
        and (show != "silent" or one.is_silent(now))
        and (show != "untrusted" or one.status != "enrolled")
    ]
    begins = next((at for at, one in enumerate(kept, 1) if one.node == after), 0)
    page = page_of(kept[begins : begins + _SIZE + 1], _SIZE, lambda one: one.node)
    return render(
        request, "nodes.html", page=page, shown=len(kept), all=len(found), now=now, show=show,
        text=text,
    )  # fmt: skip


@router.get("/nodes/{node}")
def node(request: Request, visitor: Visiting, node: str) -> Response:
    """Show one node: its chain, its clock, its numbers, evidence against it."""
    return _node(request, visitor, NodeId(node))


@router.post("/nodes/{node}/revoke")
def revoke(
    request: Request, visitor: Stepped, node: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Trust a node no more, signed by the visitor; where roots are set their signatures are wanted.

    They are offline: the page says so, and the statement is made by the command line.
    """
    return _trust(request, visitor, NodeId(node), reason, is_revoked=True)


@router.post("/nodes/{node}/readmit")
def readmit(
    request: Request, visitor: Stepped, node: str, reason: Annotated[str, Form()] = ""
) -> Response:
    """Trust a node again, signed by the visitor."""
    return _trust(request, visitor, NodeId(node), reason, is_revoked=False)


@router.post("/nodes/{node}/scope")
def tell_of(
    request: Request, visitor: Stepped, node: str, scope: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Tell a node of other sites from now on, signed by the visitor."""
    visitor.demand("enrol")
    named = NodeId(node)
    try:
        Enrolment(visitor.books).tell_of(named, scope or (), signers=(visitor.signer.pair,))
    except StockpileError as error:
        return _node(request, visitor, named, error)
    visitor.note("rescoped", node)
    with visitor.books.writing() as connection:
        visitor.books.locked(connection, visitor.books.key.node)
        acts.seal(connection, visitor.books)
    return go(f"/nodes/{node}")


@router.post("/statements")
def publish(visitor: Stepped, statement: Annotated[UploadFile | None, File()] = None) -> Response:
    """Take in a statement that officials signed with their offline keys: it acts for itself."""
    visitor.demand("enrol")
    raw = statement.file.read(MOST_SMALL + 1) if statement is not None else b""
    said = read_statement(raw, statement.filename or "" if statement is not None else "")
    facts = Statements(visitor.books).publish(said, (visitor.signer.pair,))
    node = said.node if isinstance(said, NodeRevoked | NodeReadmitted | NodeCertified) else ""
    if isinstance(said, NodeReadmitted):
        Enrolment(visitor.books).take_evidence(said.node)
    if facts:
        visitor.note("statement_taken", node)
        with visitor.books.writing() as connection:
            visitor.books.locked(connection, visitor.books.key.node)
            acts.seal(connection, visitor.books)
    return go(f"/nodes/{node}" if node else "/nodes")


def _trust(
    request: Request, visitor: Visitor, node: NodeId, reason: str, *, is_revoked: bool
) -> Response:
    visitor.demand("enrol")
    desk = Enrolment(visitor.books)
    try:
        if not reason.strip():
            raise FieldMissing("reason")
        change = desk.revoke if is_revoked else desk.readmit
        change(node, reason.strip(), signers=(visitor.signer.pair,))
    except StockpileError as error:
        return _node(request, visitor, node, error)
    visitor.note("revoked" if is_revoked else "readmitted", node)
    with visitor.books.writing() as connection:
        visitor.books.locked(connection, visitor.books.key.node)
        acts.seal(connection, visitor.books)
    return go(f"/nodes/{node}")


@dataclass(frozen=True, slots=True)
class _Branch:
    """One of two histories as the page shows it; ``left`` facts are not listed."""

    branch: Branch
    hash: Digest
    lines: tuple[Line, ...]
    left: int


def _branch(connection: Connection, branch: Branch) -> _Branch:
    listed = lines(connection, branch.entries, _LINES)
    return _Branch(branch, branch.entries[-1].hash, listed, branch.facts - len(listed))


def clock_words(offset: int | None) -> str:
    """Return how a node's clock stands to the registry's, by what the node wrote down last.

    ``offset`` is in milliseconds, the registry's minus the node's; None where nothing was written.
    """
    if offset is None:
        return _("No difference reported")
    if abs(offset) < _AGREES:
        return _("Agrees with the registry's")
    wait = (
        wording.waiting(abs(offset) // 1000)
        if abs(offset) < _IN_WORDS
        else wording.duration(abs(offset))
    )
    said = _("{wait} behind the registry's") if offset > 0 else _("{wait} ahead of the registry's")
    return said.format(wait=isolated(wait))


def _node(
    request: Request, visitor: Visitor, node: NodeId, error: StockpileError | None = None
) -> Response:
    with visitor.books.reading() as connection:
        found = nodes_heard.heard_of(connection, node)
        told = branches(connection, node)
        shown = {
            "clock": clock_words(nodes_heard.clock_offset(connection, node)),
            "evidence": nodes_heard.evidence_of(connection, node),
            "branches": [_branch(connection, one) for one in told],
            "shared": shared(connection, told, node),
            "first": min((one.first for one in told if not one.stands), default=0),
            "cut": authority.standing(connection, visitor.books.key.node).cuts.get(node),
            "blocks": nodes_heard.blocks_held(connection, node),
            "sites": sorted(scopes.map_of(connection).sites),
        }
    return refused(
        request, error, "node.html", node=found, now=visitor.books.now(),
        own=visitor.books.key.node, may_revoke=visitor.may("enrol"), most=MOST, **shown,
    )  # fmt: skip
