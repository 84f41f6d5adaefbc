"""What records show is followed, in whatever order it is heard, and derived anew without loss."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from stockpile.domain import wire
from stockpile.domain.facts import Draft, Photo, PhotoAdded
from stockpile.domain.values import Digest, WeaponId
from stockpile.registry import photo_rows
from stockpile.registry.intake import take
from stockpile.registry.photo_tables import PHOTO_KEPT, PHOTO_SHOWN, PHOTOS_FOLLOWED
from tests.helpers.albums import a_photo, digest_of, shows, shows_no_more
from tests.helpers.sites import a_weapon

FIRST, OTHER = a_photo(1), a_photo(2)


def sent(registry, site, *drafts):
    for one in drafts:
        site.write(one)
    batch = wire.squeeze(wire.pack(site.entries))
    take(registry.books, site.node, batch)
    site.entries.clear()


def rows(registry, table=PHOTO_SHOWN):
    with registry.books.reading() as connection:
        return connection.execute(select(table)).all()


def kept(registry, content, state="present"):
    row = {"digest": digest_of(content), "state": state, "size": 1, "node": "n", "received": 1}
    with registry.books.writing() as connection:
        connection.execute(insert(PHOTO_KEPT), row)


def state(registry, content):
    found = {row.digest: row.state for row in rows(registry, PHOTO_KEPT)}
    return found.get(digest_of(content))


def test_what_a_record_shows_is_followed_with_size_and_node(registry, site):
    sent(registry, site, a_weapon("w1"), shows("w1", FIRST))
    (row,) = rows(registry)
    assert (row.weapon, row.digest, row.size) == ("w1", digest_of(FIRST), len(FIRST))
    assert row.node == site.node


def test_what_no_record_shows_any_more_is_forgotten(registry, site):
    sent(registry, site, a_weapon("w1"), a_weapon("w2"), shows("w1", FIRST), shows("w2", FIRST))
    kept(registry, FIRST)
    sent(registry, site, shows_no_more("w1", FIRST))
    assert (len(rows(registry)), state(registry, FIRST)) == (1, "present")
    sent(registry, site, shows_no_more("w2", FIRST))
    assert (rows(registry), state(registry, FIRST)) == ([], "forgotten")


def test_what_was_forgotten_and_is_shown_again_is_asked_for_again(registry, site):
    sent(registry, site, a_weapon("w1"), shows("w1", FIRST))
    kept(registry, FIRST)
    sent(registry, site, shows_no_more("w1", FIRST), shows("w1", FIRST))
    assert state(registry, FIRST) == "present"
    sent(registry, site, shows_no_more("w1", FIRST))
    sent(registry, site, shows("w1", FIRST))
    assert state(registry, FIRST) == "missing"


def test_a_register_derived_anew_shows_the_same_and_forgets_nothing(registry, site):
    sent(registry, site, a_weapon("w1"), shows("w1", FIRST), shows("w1", OTHER))
    sent(registry, site, shows_no_more("w1", OTHER))
    kept(registry, FIRST)
    before = {(row.weapon, row.digest) for row in rows(registry)}
    registry.books.rebuild()
    assert {(row.weapon, row.digest) for row in rows(registry)} == before
    assert state(registry, FIRST) == "present"


def test_a_registry_of_before_there_were_photos_learns_of_them_at_its_start(registry, site):
    sent(registry, site, a_weapon("w1"), shows("w1", FIRST))
    with registry.books.writing() as connection:
        for table in (PHOTOS_FOLLOWED, PHOTO_SHOWN):
            connection.execute(delete(table))
        assert photo_rows.begin(connection)
        assert not photo_rows.begin(connection)
        connection.execute(delete(PHOTOS_FOLLOWED))
    type(registry.books)(registry.database, registry.books.key, registry.clock.now)
    assert [row.digest for row in rows(registry)] == [digest_of(FIRST)]


def test_what_is_no_digest_names_no_file(registry, site):
    evil = Photo(Digest("../../etc/passwd\0"), size=-4)
    large = Photo(digest_of(FIRST), size=1 << 52)
    photos = [Draft(WeaponId("w1"), PhotoAdded(one)) for one in (evil, large)]
    sent(registry, site, a_weapon("w1"), *photos)
    (row,) = rows(registry)
    assert row.digest == digest_of(FIRST)
