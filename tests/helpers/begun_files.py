"""Courier files that somebody at a registry began to take in, without a page in between."""

from __future__ import annotations

from dataclasses import replace

from stockpile.domain.photo_courier import MAGIC
from stockpile.registry import courier_rows
from stockpile.registry.courier_photos import PhotosWay
from stockpile.registry.courier_steps import Stretch, Way
from stockpile.registry.holding_office import office
from stockpile.registry.proving import Visit
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.courier_progress import AnyWay
from stockpile.registry.web.visiting import Visitor
from tests.helpers.registries import Registry
from tests.helpers.visitors import Person

RECORD = Way("n" * 16, "Gulu", (Stretch("n" * 16, 0, 9, "new"),), 90)
PHOTOS = PhotosWay("n" * 16, "Gulu", 4, 40, 30, 10, 0)
FURTHER: dict[type, AnyWay] = {
    Way: replace(RECORD, stretches=(Stretch("n" * 16, 4, 9, "new"),), facts=40),
    PhotosWay: replace(PHOTOS, proved=4, gone=1, kept=8),
}


def visitor_of(registry: Registry, person: Person) -> Visitor:
    """Return who is signed in as a page knows them."""
    with registry.books.reading() as connection:
        officer = office(connection, person.officer, registry.books.key.node)
    visit = Visit("192.0.2.1", "a browser")
    session, sign = person.session(), person.signer().sign
    return Visitor(officer, session, sign, "", True, visit, registry.books)  # noqa: FBT003 - a field


def begin(visitor: Visitor, way: AnyWay) -> str:
    """Bring a file and begin it; return by what it is asked for."""
    content = MAGIC if isinstance(way, PhotosWay) else b"a record"
    books = visitor.books
    with books.writing() as connection:
        id_ = courier_rows.bring(connection, visitor.officer.id, books.now(), "a", "", content)
    progress.begin(visitor, id_, way)
    return id_
