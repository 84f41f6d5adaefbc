"""What nodes and witnesses send a registry, mangled and signed: it answers by name, and stands.

Batches of entries are bent in tests/contracts/test_registry_fuzzing.py, on both databases.
"""

from __future__ import annotations

import contextlib

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    HeadNeverWas,
    MessageUnreadable,
    NoteUnreadable,
    PhotoRefused,
    WitnessUnknown,
)
from stockpile.domain.exchange import MOST_FACTS_A_BATCH, BlockRequest
from stockpile.domain.finds import FindsAsked
from stockpile.domain.history_messages import HistoriesAsked, demand_asked
from stockpile.domain.photo_messages import PhotosAsked
from stockpile.domain.sharing import Shares
from stockpile.registry import cosigning, finds, second_histories
from stockpile.registry.answers import ANSWERS
from stockpile.registry.blocks import Granting
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from tests.helpers.mangling import demand_named
from tests.helpers.registries import open_registry
from tests.helpers.well_asked import NAME, PHOTO, Country

NAMED = tuple(ANSWERS)


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    registry = open_registry(str(tmp_path_factory.mktemp("mangled") / "registry.db"))
    yield Country(registry)
    registry.database.close()


def good(country, label):
    body = dict(country.goods())[label].body
    return body if isinstance(body, bytes) else wire.encode(body)


def test_a_cosigned_head_is_refused_by_name_whatever_was_done_to_it(country):
    books = country.registry.books
    note = dict(country.goods())["POST /v1/cosign"].body.encode()
    refused = (NoteUnreadable, HeadNeverWas, WitnessUnknown)
    demand_named(lambda raw: cosigning.take(books, raw), [note], *refused, times=150)


def test_two_histories_shown_are_kept_or_refused_by_name_whatever_was_done_to_them(country):
    """Only what its own computer signed makes one distrusted: here, the one of two histories."""
    books = country.registry.books

    def take(raw):
        entries = wire.unpack(wire.unfold(wire.squeeze(raw)), MOST_FACTS_A_BATCH)
        second_histories.take(books, entries)

    beside = wire.pack((country.beside,))
    demand_named(take, [beside], MessageUnreadable, also=NAMED, times=150)
    assert books.node(country.third.node).status == "quarantined"
    assert books.node(country.site.node).status == "enrolled"


def test_questions_are_answered_or_refused_by_name_whatever_was_done_to_them(country, tmp_path):
    books, node = country.registry.books, country.site.node
    asker, granting = books.node(node), Granting(books)
    photos = Photos(books, PhotoFiles(tmp_path / "photos"))

    def histories(raw):
        asked = wire.decode(raw, HistoriesAsked)
        demand_asked(asked)
        second_histories.wanted(books, asked)

    def held(raw):
        photos.held(asker, wire.decode(raw, PhotosAsked).digests)

    for label, read in (
        ("POST /v1/blocks", lambda raw: granting.answer(node, wire.decode(raw, BlockRequest))),
        ("POST /v1/nodes/{node}/finds",
         lambda raw: finds.answer(books, node, wire.decode(raw, FindsAsked))),
        ("POST /v1/nodes/{node}/shares",
         lambda raw: books.shares(node, wire.decode(raw, Shares))),
        ("POST /v1/histories/wanted", histories),
        ("POST /v1/photos/held", held),
    ):  # fmt: skip
        demand_named(read, [good(country, label)], MessageUnreadable, also=NAMED, times=100)


def test_a_photo_is_kept_only_whole_whatever_was_done_to_it(country, tmp_path):
    asker = country.registry.books.node(country.site.node)
    files = PhotoFiles(tmp_path / "photos")
    photos = Photos(country.registry.books, files)

    def add(raw):
        if raw == PHOTO:
            return
        photos.add(asker, NAME, 0, len(PHOTO), raw)

    demand_named(add, [PHOTO], also=NAMED, times=60)
    assert not files.holds(NAME)
    for _ in range(2):  # what arrived of another goes on to its end, is seen there and let go
        have = photos.have(asker, NAME).have
        with contextlib.suppress(PhotoRefused):
            photos.add(asker, NAME, have, len(PHOTO), PHOTO[have:])
    assert photos.have(asker, NAME).state == "present"
