"""A weapon's page: what it is, where it was, each entry of its life, what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request, Response

from stockpile import wording
from stockpile.domain.facts import Fact, MarkingBegun
from stockpile.domain.lives import Fitting, Stay
from stockpile.domain.matters import open_matters
from stockpile.domain.numbers import registry_number
from stockpile.domain.tags import grouped
from stockpile.domain.values import Instant, WeaponId
from stockpile.domain.views import FieldBook, Version
from stockpile.domain.weapons import Applied
from stockpile.fact_words import fact_sentence
from stockpile.language import _
from stockpile.record_words import (
    component_words,
    dated,
    field_name,
    mark_place,
    mark_text,
    matter_words,
    moment,
    value_words,
)
from stockpile.registry.dossiers import Dossier, Event, dossier
from stockpile.registry.web.frame import pages, render
from stockpile.registry.web.photo_pages import shown_photos
from stockpile.registry.web.transfers import day
from stockpile.registry.web.visiting import Books, Visiting
from stockpile.registry.web.weapon_rows import (
    Standing,
    is_count_doubted,
    path_of,
    site_words,
    standing,
)
from stockpile.terms import classes, term

router = pages()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A fact as a line of the history: what, who, where it lies, what is to be said against it."""

    said: str
    who: str
    when: str
    node: str
    position: int
    number: int
    received: Instant
    doubt: str
    tone: str
    clock_doubted: bool


@dataclass(frozen=True, slots=True)
class _Version:
    """An earlier entry of a field: what it said, who wrote it, when, and why."""

    value: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the description: its name, what it says, why it was corrected, what it said."""

    name: str
    value: str
    why: str
    before: tuple[_Version, ...]
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A link of the custody chain: how it stood, where, with whom, by which paper, why, if now."""

    standing: Standing
    where: str
    whom: str
    paper: str
    who: str
    why: str
    when: str
    stands: bool
    clock_doubted: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark: read from the metal by whom, or ours with how it stands and when it was applied."""

    kind: str
    text: str
    where: str
    state: str
    who: str
    when: str = ""
    clock_doubted: bool = False


@dataclass(frozen=True, slots=True)
class _When:
    """When a fact was written, on its author's clock, and whether that clock is in doubt."""

    moment: str
    clock_doubted: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A component: what it is, when it was fitted, when it was taken off, and why."""

    what: str
    fitted: _When
    removed: _When | None
    why: str


@router.get("/weapons/{weapon:path}")
def weapon(request: Request, visitor: Visiting, books: Books, weapon: str) -> Response:
    """Show a weapon's whole file, and write down who looked at it."""
    with books.reading() as connection:
        file = dossier(connection, WeaponId(weapon))
    visitor.note("looked_at", registry_number(file.weapon.id))
    stands = file.weapon
    matters = open_matters(stands, file.facts, (), day(books.now()))
    return render(
        request, "weapon.html", file=file, weapon=stands, classes=classes(stands.type),
        number=registry_number(stands.id), standing=standing(stands.status),
        kept_by=site_words(file.line.keeper, file.sites), tag=grouped(stands.tag),
        place=file.names.of(stands.place), fields=tuple(_fields(file)),
        entries=tuple(_entry(one, file) for one in reversed(file.events)),
        stays=[_stay(one, file) for one in reversed(file.custody)], path_of=path_of,
        marks=tuple(_marks(file)), parts_fitted=[_part(one, file) for one in file.fittings],
        conflicts=[(one.id, wording.conflict_kind(one.kind)) for one in file.conflicts],
        matters=[matter_words(one) for one in matters],
        photos=shown_photos(request, stands.photos),
        since_doubted=any(one.fact in file.doubted for one in stands.custody),
        counted_doubted=is_count_doubted(file.line, file.doubted),
    )  # fmt: skip


def _fields(file: Dossier) -> Iterator[_Field]:
    for book in file.book:
        if book.name in ("marks", "components") or not (book.current.value or book.is_corrected):
            continue
        yield _Field(
            field_name(book.name),
            value_words(book.name, book.current.value) or _("nothing"),
            _why(book.current),
            tuple(_version(book, one, file) for one in book.versions[:-1]),
            tuple(value_words(book.name, one) for one in book.rivals),
        )


def _version(book: FieldBook, one: Version, file: Dossier) -> _Version:
    said = value_words(book.name, one.value) or _("nothing")
    return _Version(said, file.names.of(one.fact.by), dated(one.fact, file.doubted), _why(one))


def _why(one: Version) -> str:
    return _("without knowing of the other entry") if one.blind else one.reason


def _marks(file: Dossier) -> Iterator[_Mark]:
    for mark in file.weapon.marks:
        by = " · ".join(filter(None, (mark.read_by, mark.verified_by)))
        yield _Mark(
            term("mark_kind", mark.kind), mark_text(mark), mark_place(mark),
            term("legibility", mark.legibility), file.names.of(by),
        )  # fmt: skip
    for one in file.weapon.applied:
        yield _Mark(
            term("mark_kind", "applied"), one.text, term("position", one.position),
            wording.applied_state(one.state), "", wording.instant(one.at),
            any(_begins(fact, one) for fact in file.facts if fact.hash in file.doubted),
        )  # fmt: skip


def _begins(fact: Fact, mark: Applied) -> bool:
    return isinstance(fact.body, MarkingBegun) and fact.body.job == mark.job


def _part(one: Fitting, file: Dossier) -> _Part:
    last = one.removed or one.fitted
    return _Part(
        component_words(one.component),
        _when(one.fitted, file),
        _when(one.removed, file) if one.removed else None,
        getattr(last.body, "reason", ""),
    )


def _when(fact: Fact, file: Dossier) -> _When:
    return _When(moment(fact), fact.hash in file.doubted)


def _stay(stay: Stay, file: Dossier) -> _Stay:
    names, custody = file.names, stay.custody
    return _Stay(
        standing(custody.state), names.of(custody.place), names.of(custody.holder),
        names.of(custody.paper), names.of(stay.fact.by), stay.reason, moment(stay.fact),
        stay.stands, stay.fact.hash in file.doubted,
    )  # fmt: skip


def _entry(event: Event, file: Dossier) -> _Entry:
    doubt, tone = _doubt(event)
    fact = event.fact
    witnesses = (file.names.of(one) for one in (fact.by, *fact.witnesses))
    return _Entry(
        fact_sentence(fact.without_author(), file.names), ", ".join(filter(None, witnesses)),
        moment(fact), site_words(fact.node, file.sites), event.position, event.number,
        event.received, doubt, tone, event.clock_doubted,
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
