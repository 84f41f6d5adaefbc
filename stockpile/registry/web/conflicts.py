"""The conflict room's pages: what contradicts each other, side by side, settled by one click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Form, Request, Response
from sqlalchemy import Connection

from stockpile import wording
from stockpile.conflict_words import choice_words
from stockpile.domain.people import NEEDS_TWO
from stockpile.language import _, deferred
from stockpile.registry import finding, settling, statistics
from stockpile.registry.filters import Filters
from stockpile.registry.naming import node_sites
from stockpile.registry.settling import Evidence, Room
from stockpile.registry.web import cards
from stockpile.registry.web.frame import go, pages, render
from stockpile.registry.web.photo_pages import shown_photos
from stockpile.registry.web.visiting import Acting, Books, Visiting, visitor
from stockpile.registry.web.weapon_rows import site_words

_REASONS: Final = (
    deferred("Looked at the weapon"),
    deferred("Looked at the papers"),
    deferred("Asked both sites"),
)
"""Reasons that are offered; any other may be typed."""

_MOST_EVIDENCE: Final = 50
_ONLY_ALIKE: Final = frozenset({"part", "words", "similar"})
"""How a search finds what is hardly meant where one weapon's conflicts are asked for."""

router = pages()


@dataclass(frozen=True, slots=True)
class _Choice:
    """A choice as a button: its number, what it does, what follows, whether two must sign."""

    number: int
    title: str
    follows: str
    two: bool
    may: bool


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
    kind: str = "", site: str = "", weapon: str = "", after: str = "", done: str = "",
) -> Response:  # fmt: skip
    """Show the open conflicts, the oldest first, and what is kept as evidence beside the log.

    ``weapon`` leaves those of one: its serial, its number, a mark or a label of it.
    """
    with books.reading() as connection:
        counts = settling.counts(connection)
        room = _room(connection, kind, site, weapon.strip(), after)
        known = cards.known(connection, room.cards)
        sites = statistics.sites(connection)
        nodes = node_sites(connection)
        evidence = [_kept(one, nodes) for one in settling.evidence(connection, _MOST_EVIDENCE)]
    narrowed = {"kind": kind, "site": site, "weapon": weapon}
    return render(
        request, "conflicts.html", cards=[cards.shown(one, known) for one in room.cards],
        most_named=cards.MOST_NAMED, kind=kind, site=site, sites=sites, weapon=weapon,
        further=f"/conflicts?{urlencode({**narrowed, 'after': room.after})}" if room.after else "",
        kinds=[(one, wording.conflict_kind(one), counts[one]) for one in sorted(counts)],
        total=sum(counts.values()), evidence=evidence, done=done, now=books.now(),
    )  # fmt: skip


def _room(connection: Connection, kind: str, site: str, weapon: str, after: str) -> Room:
    if not weapon:
        return settling.room(connection, kind, site, after)
    hits = finding.search(connection, weapon, Filters()).hits
    meant = [one.line.weapon for one in hits if one.why not in _ONLY_ALIKE]
    return settling.room_about(connection, meant, kind, site)


@router.get("/conflicts/{conflict}")
def conflict(request: Request, visiting: Visiting, books: Books, conflict: str) -> Response:
    """Show one conflict's card with its choices."""
    with books.reading() as connection:
        card = settling.card(connection, conflict)
        known = cards.known(connection, [card])
    shown = cards.shown(card, known)
    sides = tuple(
        replace(shown_side, photos=shown_photos(request, side.photos))
        for shown_side, side in zip(shown.sides, card.sides, strict=True)
    )
    shown = replace(shown, sides=sides)
    choices = [
        _Choice(
            number, *choice_words(card, one, known.names), one.act in NEEDS_TWO,
            visiting.officer.may(one.act),
        )
        for number, one in enumerate(card.choices, 1)
    ]  # fmt: skip
    visiting.note("looked_at", f"conflict {card.conflict.id} {cards.numbers_of(card)}".strip())
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
    about = f"{card.conflict.kind} {card.conflict.id} {cards.numbers_of(card)}".strip()
    outcome = acting.perform(taken.act, taken.drafts(reason), reason, about)
    return go(f"/conflicts?done={outcome}")


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
