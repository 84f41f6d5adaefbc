"""What one officer signed and a second has yet to confirm: every value, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final

from fastapi import Form, Request, Response
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain import codec
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Draft, Fact
from stockpile.domain.values import NodeId
from stockpile.fact_words import fact_sentence
from stockpile.language import _
from stockpile.registry import acts
from stockpile.registry.acts import Waiting
from stockpile.registry.naming import names_of
from stockpile.registry.web.frame import go, pages, refused
from stockpile.registry.web.visiting import Acting, Stepped, Visiting, Visitor
from stockpile.wording import Names

router = pages()


@dataclass(frozen=True, slots=True)
class Line:
    """One fact that an act would write: what about, what it says, every value of it."""

    about: str
    sentence: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A waiting act as it is shown."""

    act: Waiting
    title: str
    name: str
    lines: tuple[Line, ...]


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
        waiting = acts.waiting(connection, visitor.books.key.node)
        shown = [_shown(connection, one) for one in waiting]
    return refused(
        request, error, "confirm.html", waiting=shown, own=visitor.officer.id,
        may_confirm=visitor.may("confirm"),
    )  # fmt: skip


def _shown(connection: Connection, act: Waiting) -> Shown:
    bodies = [codec.plain_body(one.body) for one in act.drafts]
    ids = {text for body in bodies for _key, text in _flat("", body)}
    names = names_of(connection, {act.officer, *ids, *(one.subject for one in act.drafts)})
    lines = tuple(
        _line(place, one, body, act, names)
        for place, (one, body) in enumerate(zip(act.drafts, bodies, strict=True))
    )
    return Shown(act, wording.act(act.act), names.of(act.officer), lines)


def _line(place: int, draft: Draft, body: object, act: Waiting, names: Names) -> Line:
    fact = Fact(
        codec.digest(f"planned {place}".encode()), NodeId(""), place + 1, 0, act.at, 0, None, (),
        draft.subject, draft.body, draft.replaces, draft.saw, draft.attachments,
    )  # fmt: skip
    values = tuple((_label(key), names.of(text)) for key, text in _flat("", body) if text)
    return Line(names.of(draft.subject), fact_sentence(fact, names), values)


def _flat(key: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - plain values of JSON
    """Give every value of a fact's body with the name of its field."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(name, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(key, inner)
    elif isinstance(value, bool):
        yield key, _("Yes") if value else _("No")
    elif value is not None:
        yield key, str(value)


def _label(key: str) -> str:
    words = _LABELS.get(key)
    return words() if words is not None else wording.field_name(key)


_LABELS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "node": lambda: _("Node"),
        "number": lambda: _("Number"),
        "accepted": lambda: _("Accepted"),
        "weapon": lambda: _("Weapon"),
        "into": lambda: _("Into"),
        "other": lambda: _("The other one"),
        "place": lambda: _("Place"),
        "holder": lambda: _("Holder"),
        "state": lambda: _("Stands as"),
        "paper": lambda: _("Paper"),
        "due": lambda: _("Due"),
        "job": lambda: _("Marking job"),
        "outcome": lambda: _("Outcome"),
        "photos": lambda: _("Photos"),
    }
)
