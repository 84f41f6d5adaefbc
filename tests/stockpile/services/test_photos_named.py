"""Which photos a record names, and which have not come."""

from __future__ import annotations

import pytest

from stockpile.domain import codec
from stockpile.domain.courier import Lacked
from stockpile.domain.facts import Draft, PhotoAdded, PhotoRemoved, WeaponCounted
from stockpile.services import photos_named
from stockpile.services.photos_named import PhotosNamed
from tests.helpers.albums import Desk, a_photo, digest_of, named


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.site.close()


@pytest.fixture
def found(desk):
    return PhotosNamed(desk.site.books, desk.photos)


def facts(desk):
    entries = desk.site.books.entries(desk.site.keys.node, 0, 99)
    return [raw for entry in entries for raw in entry.facts]


def digests(shown):
    return [photo.digest for _weapon, photo in shown]


def test_what_facts_name_and_the_record_still_shows_is_found_the_last_weapon_first(desk, found):
    one, two = desk.photograph("w1", 1), desk.photograph("w2", 2)
    gone = desk.add("w1", 3)
    desk.site.books.record([Draft("w1", PhotoRemoved(gone, "a face"))], by=None)
    assert digests(found.named_in(facts(desk))) == [two, one]
    assert gone not in digests(found.shown(["w1", "nobody"]))
    assert digests(found.named_in(facts(desk)[-1:])) == []  # it takes one off


def test_facts_that_only_speak_of_photos_name_none(desk, found):
    desk.photograph("w1", 1)
    later = [Draft("w1", WeaponCounted("photo", "rack"))]
    desk.site.books.record(later, by=None)
    assert digests(found.named_in(facts(desk)[-1:])) == []
    assert codec.decode(facts(desk)[-1]).subject == "w1"


def test_what_has_not_come_is_awaited_until_it_comes(desk, found, monkeypatch):
    desk.photograph("w1", 1)
    absent = [named(a_photo(seed)) for seed in (4, 5)]
    desk.site.books.record([Draft("w1", PhotoAdded(one)) for one in absent], by=None)
    awaited = found.awaited((), facts(desk))
    assert {one.digest for one in awaited} == {one.digest for one in absent}
    assert found.awaited(awaited, facts(desk)) == awaited
    assert found.awaited(awaited, ()) == awaited
    desk.photos.accept(digest_of(a_photo(4)), a_photo(4))
    assert found.lacking(awaited) == (Lacked("w1", digest_of(a_photo(5))),)
    gone = PhotoRemoved(digest_of(a_photo(5)), "a face")
    desk.site.books.record([Draft("w1", gone)], by=None)
    assert found.missed(awaited) == ()  # nobody asks for what no record shows any more
    monkeypatch.setattr(photos_named, "MOST_LACKED", 1)
    assert len(found.lacking([Lacked("w1", digest) for digest in "ab"])) == 1
