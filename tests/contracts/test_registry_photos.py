"""Photos at the registry, alike on both databases."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import PhotoUnknown
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from tests.helpers.albums import a_photo, digest_of, shows, shows_no_more
from tests.helpers.sites import Site, a_weapon
from tests.stockpile.registry.test_photo_rows import sent

PHOTO = a_photo(1)
NAME = digest_of(PHOTO)


def joined(registry, at):
    site = Site()
    registry.enrol(site, at)
    site.found_with_officers()
    return site


def test_from_the_fact_that_names_it_to_its_end(registry, tmp_path):
    files = PhotoFiles(tmp_path / "photos")
    photos = Photos(registry.books, files)
    here, there = joined(registry, "Kampala"), joined(registry, "Gulu")
    sent(registry, here, a_weapon("w1"), shows("w1", PHOTO))
    sent(registry, there, a_weapon("w2"))
    asker, other = (registry.books.node(one.node) for one in (here, there))
    (wanted,) = photos.wanted(asker).photos
    assert (wanted.digest, wanted.weapon, wanted.size) == (NAME, "w1", len(PHOTO))
    assert photos.wanted(other).photos == ()
    photos.add(asker, NAME, 0, len(PHOTO), PHOTO[:1000])
    assert photos.add(asker, NAME, 1000, len(PHOTO), PHOTO[1000:]).state == "present"
    assert photos.held(asker, [NAME, "0" * 64]).digests == (NAME,)
    assert photos.held(other, [NAME]).digests == ()
    with pytest.raises(PhotoUnknown):
        photos.piece(other, NAME, 0, 10)
    registry.books.rebuild()
    assert photos.piece(asker, NAME, 0, 1 << 20) == PHOTO
    sent(registry, here, shows_no_more("w1", PHOTO))
    assert photos.sweep() == 1
    assert not files.holds(NAME)


def test_on_postgresql_photos_lie_where_the_operator_says(registry, tmp_path):
    beside = folder_of(registry.books, None)
    assert (beside is None) == registry.database.is_postgres
    assert folder_of(registry.books, tmp_path) == tmp_path
