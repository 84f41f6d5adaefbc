"""What is kept beside a node's chain: the list, each entry in words, and all of it for a court."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import Form, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Fact
from stockpile.domain.people import NEEDS_TWO
from stockpile.domain.values import NodeId
from stockpile.fact_words import fact_sentence
from stockpile.language import _
from stockpile.registry import evidence, evidence_files, nodes_heard
from stockpile.registry.dossiers import named_in
from stockpile.registry.evidence import Kept, why_words
from stockpile.registry.naming import names_of
from stockpile.registry.proposed import Values, called, ids_in
from stockpile.registry.web.frame import go, page_of, pages, refused, render
from stockpile.registry.web.history_lines import subject_words
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor

_SIZE: Final = 100
_FACTS: Final = 50

router = pages()


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact of a kept entry: its place in it, what it says in words, of what, every value."""

    place: int
    says: str
    subject: str
    values: Values


@dataclass(frozen=True, slots=True)
class _Signer:
    """Who signed a kept entry, and how the signature stands, in words and by its tone."""

    name: str
    words: str
    tone: str


@router.get("/nodes/{node}/evidence")
def listing(request: Request, visitor: Visiting, node: str, after: str = "") -> Response:
    """List what is kept beside a node's chain, by number."""
    named = NodeId(node)
    with visitor.books.reading() as connection:
        known = nodes_heard.heard_of(connection, named)
        found = evidence.listed(connection, named, after, _SIZE + 1)
    page = page_of(found, _SIZE, evidence.key_in_list)
    return render(
        request, "evidence_list.html", node=known, page=page, why=why_words,
        may_export=_may_export(visitor),
    )  # fmt: skip


@router.post("/nodes/{node}/evidence/export")
def export(visitor: Stepped, node: str) -> Response:
    """Give all that is kept beside a node's chain as a file that proves itself, for a court."""
    if not _may_export(visitor):
        visitor.demand("enrol")
    lines = evidence_files.whole(visitor.books, NodeId(node))
    visitor.note("exported", f"evidence {node}")
    name = f'attachment; filename="evidence-{node}{evidence_files.EXTENSION}"'
    headers = {"Content-Disposition": name}
    return StreamingResponse(lines, media_type="application/gzip", headers=headers)


@router.get("/nodes/{node}/evidence/{digest}")
def entry(request: Request, visitor: Visiting, node: str, digest: str, after: str = "") -> Response:
    """Show one entry that is kept: its facts in words, who signed it, why it does not count."""
    page = _entry(request, visitor, NodeId(node), digest, after)
    visitor.note("looked_at", f"evidence {digest}")
    return page


@router.post("/nodes/{node}/evidence/{digest}/reject")
def reject(
    request: Request, visitor: Acting, node: str, digest: str,
    reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Say that the history that begins with an entry does not count; a second officer confirms."""
    named = NodeId(node)
    try:
        with visitor.books.reading() as connection:
            found = evidence.kept(connection, named, digest)
            draft = evidence.rejection(connection, named, found, reason)
        about = f"evidence {digest}"
        outcome = visitor.perform("judge_entry", [draft], reason, about)
    except StockpileError as error:
        return _entry(request, visitor, named, digest, "", error)
    return go(f"/conflicts?done={outcome}")


def _may_export(visitor: Visitor) -> bool:
    """Say whether the visitor takes evidence out: who decides about nodes, and auditors."""
    return visitor.may("enrol") or "auditor" in visitor.officer.roles


def _entry(
    request: Request, visitor: Visitor, node: NodeId, digest: str, after: str,
    error: StockpileError | None = None,
) -> Response:  # fmt: skip
    with visitor.books.reading() as connection:
        known = nodes_heard.heard_of(connection, node)
        found = evidence.kept(connection, node, digest)
        begins = int(after) if after.isdecimal() and len(after) <= len(str(_MOST)) else 0
        told = _facts(connection, found.facts[begins : begins + _FACTS + 1], begins)
        signers = _signers(connection, found)
    return refused(
        request, error, "evidence.html", node=known, kept=found, signers=signers,
        page=page_of(told, _FACTS, lambda one: one.place), why=why_words(found.why),
        two="judge_entry" in NEEDS_TWO, may_judge=visitor.may("judge_entry"),
        may_export=_may_export(visitor),
    )  # fmt: skip


def _facts(connection: Connection, facts: tuple[Fact, ...], begins: int) -> list[_Fact]:
    ids = {one for fact in facts for one in (fact.subject, *named_in(fact), *ids_in(fact.body))}
    names = called(connection, ids)
    lines = evidence.told(facts, names.known)
    return [
        _Fact(
            place, fact_sentence(fact, names), subject_words(fact, names),
            tuple((one.what, one.after) for one in line.changes if one.after),
        )
        for place, (fact, line) in enumerate(zip(facts, lines, strict=True), begins + 1)
    ]  # fmt: skip


def _signers(connection: Connection, found: Kept) -> list[_Signer]:
    names = names_of(connection, [one.officer for one in found.signed])
    return [_Signer(names.of(one.officer), *_STANDS[one.holds]()) for one in found.signed]


_MOST: Final = 9_999
_STANDS: Final[Mapping[evidence.Holds, Callable[[], tuple[str, str]]]] = MappingProxyType(
    {
        "holds": lambda: (_("Its signature holds"), "ok"),
        "wrong": lambda: (_("Its signature does not hold"), "bad"),
        "unknown": lambda: (_("The chain of this node never appointed this officer"), "warn"),
    }
)
