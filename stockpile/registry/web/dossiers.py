"""A weapon's page: what it is, where it was, each entry of its life, what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request, Response

from stockpile import conflict_words, wording
from stockpile.domain.numbers import registry_number
from stockpile.domain.tags import grouped
from stockpile.domain.values import Instant, WeaponId
from stockpile.domain.views import Version
from stockpile.fact_words import fact_sentence
from stockpile.language import _
from stockpile.registry.dossiers import Dossier, Event, dossier
from stockpile.registry.web.frame import pages, render
from stockpile.registry.web.visiting import Books, Visiting
from stockpile.registry.web.weapon_rows import Standing, path_of, site_words, standing

router = pages()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A fact as a line of the history."""

    said: str
    at: Instant
    node: str
    position: int
    number: int
    received: Instant
    doubt: str
    tone: str


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the description: its name, what it says, and what it said before."""

    name: str
    value: str
    before: tuple[tuple[str, str, Instant], ...]
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A link of the custody chain: how it stood, where or with whom, why, since when, if now."""

    standing: Standing
    where: str
    why: str
    since: Instant
    stands: bool


@router.get("/weapons/{weapon:path}")
def weapon(request: Request, visitor: Visiting, books: Books, weapon: str) -> Response:
    """Show a weapon's whole file, and write down who looked at it."""
    with books.reading() as connection:
        file = dossier(connection, WeaponId(weapon))
    visitor.note("looked_at", registry_number(file.weapon.id))
    stands = file.weapon
    return render(
        request, "weapon.html", file=file, weapon=stands, names=file.names,
        number=registry_number(stands.id), standing=standing(stands.status),
        kept_by=site_words(file.line.keeper, file.sites), tag=grouped(stands.tag),
        place=file.names.of(stands.place), fields=tuple(_fields(file)),
        entries=tuple(_entry(one, file) for one in reversed(file.events)),
        stays=tuple(_stays(file)), path_of=path_of,
        marks=[(one.text, wording.applied_state(one.state), one.at) for one in stands.applied],
        conflicts=[(one.id, wording.conflict_kind(one.kind)) for one in file.conflicts],
    )  # fmt: skip


def _fields(file: Dossier) -> Iterator[_Field]:
    for book in file.book:
        name, value = _said(book.name, book.current, file)
        if not book.current.value and not book.is_corrected:
            continue
        before = tuple(
            (_said(book.name, one, file)[1], file.names.of(one.fact.by), one.fact.at)
            for one in book.versions[:-1]
        )
        rivals = tuple(
            conflict_words.said_words(book.name, one, file.names)[1] for one in book.rivals
        )
        yield _Field(name, value, before, rivals)


def _said(name: str, version: Version, file: Dossier) -> tuple[str, str]:
    return conflict_words.said_words(name, version.value, file.names)


def _entry(event: Event, file: Dossier) -> _Entry:
    doubt, tone = _doubt(event)
    return _Entry(
        fact_sentence(event.fact, file.names), event.fact.at,
        site_words(event.fact.node, file.sites), event.position, event.number, event.received,
        doubt, tone,
    )  # fmt: skip


def _doubt(event: Event) -> tuple[str, str]:
    """Return what is to be said against an entry, with its tone; nothing against most."""
    if event.judged == "rejected":
        return _("Refused by two officers: it counts for nothing"), "grey"
    if not event.is_heeded:
        return _("Written without the right to it: not counted"), "bad"
    if event.contends:
        return _("Another entry contradicts it"), "warn"
    return "", ""


def _stays(file: Dossier) -> Iterator[_Stay]:
    """Give the custody chain, the last link first."""
    for stay in reversed(file.custody):
        where = file.names.of(stay.custody.place) or file.names.of(stay.custody.holder)
        stood = standing(stay.custody.state)
        yield _Stay(stood, where, stay.reason, stay.custody.since, stay.stands)
