"""The conflict room's pages: what contradicts each other, side by side, settled by one click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import Depends, Form, Request, Response
from sqlalchemy import Connection

from stockpile import conflict_words, wording
from stockpile.conflict_words import choice_words, conflict_sentence, conflict_title, side_title
from stockpile.domain.card_parts import Card, Side
from stockpile.domain.people import NEEDS_TWO
from stockpile.domain.values import Instant
from stockpile.language import _, deferred
from stockpile.registry import branches, settling, statistics
from stockpile.registry.dossiers import named_in
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.settling import Evidence
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.photo_pages import ShownPhoto, shown_photos
from stockpile.registry.web.visiting import Acting, Books, Visiting, visitor
from stockpile.registry.web.weapon_rows import path_of, site_words
from stockpile.wording import Names

_REASONS: Final = (
    deferred("Looked at the weapon"),
    deferred("Looked at the papers"),
    deferred("Asked both sites"),
)
"""Reasons that are offered; any other may be typed."""

_MOST_EVIDENCE: Final = 50

router = pages()


@dataclass(frozen=True, slots=True)
class _Side:
    """A side as the page shows it: each field in words, and whether it differs."""

    title: str
    node: str
    at: Instant
    doubted: bool
    href: str
    says: tuple[tuple[str, str, bool], ...]
    photos: tuple[ShownPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """A choice as a button: its number, what it does, what follows, whether two must sign."""

    number: int
    title: str
    follows: str
    two: bool
    may: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """A card as the pages show it."""

    id: str
    href: str
    kind: str
    title: str
    sentence: str
    since: Instant
    due: Instant
    sites: tuple[str, ...]
    sides: tuple[_Side, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """An entry kept beside the log: whose, which number, why."""

    node: str
    name: str
    number: int
    why: str


@router.get("/conflicts", dependencies=[Depends(visitor)])
def conflicts(
    request: Request, books: Books,
    kind: str = "", site: str = "", after: str = "", done: str = "",
) -> Response:  # fmt: skip
    """Show the open conflicts, the oldest first, and what is kept as evidence beside the log."""
    with books.reading() as connection:
        counts = settling.counts(connection)
        room = settling.room(connection, kind, site, after)
        shown = [_shown(connection, one) for one in room.cards]
        sites = statistics.sites(connection)
        nodes = node_sites(connection)
        forked = () if kind or after else branches.forked(connection)
        evidence = [_kept(one, nodes) for one in settling.evidence(connection, _MOST_EVIDENCE)]
    return render(
        request, "conflicts.html", cards=shown, kind=kind, site=site, sites=sites, after=room.after,
        kinds=[(one, wording.conflict_kind(one), counts[one]) for one in sorted(counts)],
        total=sum(counts.values()), evidence=evidence, forked=forked,
        done=done, now=books.now(),
    )  # fmt: skip


@router.get("/conflicts/{conflict}")
def conflict(request: Request, visiting: Visiting, books: Books, conflict: str) -> Response:
    """Show one conflict's card with its choices."""
    with books.reading() as connection:
        card = settling.card(connection, conflict)
        names = _names(connection, card)
        shown = _shown(connection, card)
    sides = tuple(
        replace(shown_side, photos=shown_photos(request, side.photos))
        for shown_side, side in zip(shown.sides, card.sides, strict=True)
    )
    shown = replace(shown, sides=sides)
    choices = [
        _Choice(
            number, *choice_words(card, one, names), one.act in NEEDS_TWO,
            visiting.officer.may(one.act),
        )
        for number, one in enumerate(card.choices, 1)
    ]  # fmt: skip
    visiting.note("looked_at", f"conflict {card.conflict.id}")
    return render(
        request, "conflict.html", card=shown, choices=choices, version=card.version,
        reasons=[_(one) for one in _REASONS], now=books.now(),
    )  # fmt: skip


@router.post("/conflicts/{conflict}")
def settle(
    acting: Acting,
    books: Books,
    conflict: str,
    choice: Annotated[int, Form()],
    version: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Settle a conflict by one choice, or propose it where two must sign."""
    with books.reading() as connection:
        card, taken = settling.chosen(connection, conflict, choice, version)
    about = f"{card.conflict.kind} {card.conflict.id}"
    outcome = acting.perform(taken.act, taken.drafts(reason), reason, about)
    return go(f"/conflicts?done={outcome}")


def _shown(connection: Connection, card: Card) -> _Shown:
    names, sites = _names(connection, card), node_sites(connection)
    return _Shown(
        id=card.conflict.id,
        href=f"/conflicts/{card.conflict.id}",
        kind=card.conflict.kind,
        title=conflict_title(card),
        sentence=conflict_sentence(card),
        since=card.since,
        due=card.due,
        sites=tuple(site_words(one, sites) for one in card.nodes),
        sides=tuple(
            _side(number, one, card, names, sites) for number, one in enumerate(card.sides, 1)
        ),
    )


def _side(
    number: int, side: Side, card: Card, names: Names, sites: dict[str, tuple[str, str]]
) -> _Side:
    last, differs = side.last, card.differs
    says = tuple(
        (*conflict_words.said_words(name, value, names), name in differs)
        for name, value in side.says
    )
    return _Side(
        side_title(number, side, names),
        site_words(last.node, sites) if last else "",
        last.at if last else 0,
        side.clock_doubted,
        path_of(side.weapon) if side.weapon in card.conflict.weapons else "",
        says,
    )


def _names(connection: Connection, card: Card) -> Names:
    facts = {one.hash: one for side in card.sides for one in side.entries}
    facts |= {side.fact.hash: side.fact for side in card.sides if side.fact}
    said = (value for side in card.sides for _name, value in side.says if isinstance(value, str))
    return names_of(
        connection, {*said, *(one for fact in facts.values() for one in named_in(fact))}
    )


def _kept(one: Evidence, nodes: dict[str, tuple[str, str]]) -> _Evidence:
    why = _WHYS[one.why]() if one.why in _WHYS else one.why
    return _Evidence(one.node, site_words(one.node, nodes), one.number, why)


_WHYS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "fork": lambda: _("Two entries under one number"),
        "quarantined": lambda: _("Sent after the node had forked"),
        "revoked": lambda: _("Sent after the node was revoked"),
    }
)
