"""Who may bring which photo, who is given it, and when it goes."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import PhotoMissing, PhotoRefused, PhotosFull, PhotoUnknown
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from tests.helpers.albums import a_photo, digest_of, shows, shows_no_more
from tests.helpers.sites import Site, a_weapon
from tests.stockpile.registry.test_photo_rows import sent

PHOTO, LATER = a_photo(1), a_photo(2)
NAME = digest_of(PHOTO)


@pytest.fixture
def files(tmp_path):
    return PhotoFiles(tmp_path / "photos")


@pytest.fixture
def photos(registry, files):
    return Photos(registry.books, files)


@pytest.fixture
def shown(registry, site):
    """The site has a weapon whose record shows a photo."""
    sent(registry, site, a_weapon("w1"), shows("w1", PHOTO))
    return registry.books.node(site.node)


def brought(photos, node, content):
    return photos.add(node, digest_of(content), 0, len(content), content)


def stranger(registry, at, scope=None):
    site = Site()
    registry.enrol(site, at, scope)
    return registry.books.node(site.node)


def test_the_newest_that_is_lacking_is_asked_for_first(registry, site, shown, photos):
    sent(registry, site, a_weapon("w2"), shows("w2", LATER))
    photos.add(shown, NAME, 0, len(PHOTO), PHOTO[:100])
    wanted = photos.wanted(shown)
    assert [(one.digest, one.weapon, one.have) for one in wanted.photos] == [
        (digest_of(LATER), "w2", 0), (NAME, "w1", 100),
    ]  # fmt: skip
    brought(photos, shown, LATER)
    assert [one.digest for one in photos.wanted(shown).photos] == [NAME]


def test_what_arrived_whole_is_given_in_pieces(shown, photos):
    assert brought(photos, shown, PHOTO).state == "present"
    assert photos.held(shown, [NAME, "0" * 64, "no digest"]).digests == (NAME,)
    assert photos.piece(shown, NAME, 0, 50) + photos.piece(shown, NAME, 50, 1 << 20) == PHOTO
    assert photos.piece(shown, NAME, len(PHOTO), 50) == b""
    assert photos.seen(NAME) == PHOTO
    assert photos.present([NAME, "0" * 64]) == {NAME}


def test_nobody_leaves_what_no_record_names(shown, photos):
    with pytest.raises(PhotoUnknown):
        brought(photos, shown, LATER)
    with pytest.raises(PhotoUnknown):
        photos.have(shown, "../passwd")


def test_a_photo_is_brought_once(shown, photos):
    brought(photos, shown, PHOTO)
    assert brought(photos, shown, PHOTO).state == "present"


def test_a_size_that_the_record_does_not_say_is_refused(shown, photos, files):
    for total in (len(PHOTO) + 1, 0, 1 << 40):
        with pytest.raises(PhotoRefused):
            photos.add(shown, NAME, 0, total, PHOTO)
    with pytest.raises(PhotoRefused):
        photos.add(shown, NAME, 0, len(PHOTO), PHOTO + b"more")
    assert files.arrived(NAME, shown.node) == 0


def test_a_wrong_end_leaves_nothing_and_may_be_tried_again(shown, photos, files):
    photos.add(shown, NAME, 0, len(PHOTO), PHOTO[:100])
    with pytest.raises(PhotoRefused):
        photos.add(shown, NAME, 100, len(PHOTO), bytes(len(PHOTO) - 100))
    assert photos.have(shown, NAME).have == 0
    assert brought(photos, shown, PHOTO).state == "present"


def test_who_is_not_told_of_the_weapon_is_told_nothing_of_its_photo(registry, shown, photos):
    brought(photos, shown, PHOTO)
    other = stranger(registry, "Gulu")
    assert photos.held(other, [NAME]).digests == ()
    with pytest.raises(PhotoUnknown):
        photos.piece(other, NAME, 0, 10)
    with pytest.raises(PhotoUnknown):
        brought(photos, other, PHOTO)
    assert photos.wanted(other).photos == ()
    country = stranger(registry, "HQ", ["*"])
    assert photos.held(country, [NAME]).digests == (NAME,)
    assert photos.wanted(country).photos == ()


def test_one_node_brings_no_more_than_its_measure(registry, site, shown, files):
    sent(registry, site, a_weapon("w2"), shows("w2", LATER))
    photos = Photos(registry.books, files, most=len(PHOTO) + 10)
    brought(photos, shown, PHOTO)
    with pytest.raises(PhotosFull):
        brought(photos, shown, LATER)


def test_what_is_forgotten_goes_with_the_next_sweep_and_is_given_to_nobody_before(
    registry, site, shown, photos, files
):
    brought(photos, shown, PHOTO)
    sent(registry, site, shows_no_more("w1", PHOTO))
    with pytest.raises(PhotoUnknown):
        photos.seen(NAME)
    assert files.holds(NAME)
    assert photos.wanted(shown).photos == ()
    assert not files.holds(NAME)
    assert photos.sweep() == 0


def test_a_file_that_is_gone_is_asked_for_again(shown, photos, files):
    brought(photos, shown, PHOTO)
    files.drop(NAME)
    with pytest.raises(PhotoMissing):
        photos.piece(shown, NAME, 0, 10)
    assert photos.have(shown, NAME).state == "missing"
    assert [one.digest for one in photos.wanted(shown).photos] == [NAME]
    with pytest.raises(PhotoMissing):
        photos.seen(NAME)
    assert brought(photos, shown, PHOTO).state == "present"


def test_a_registry_without_a_folder_asks_for_none_and_takes_none(registry, shown):
    photos = Photos(registry.books, None)
    assert photos.wanted(shown).photos == photos.held(shown, [NAME]).digests == ()
    assert photos.present([NAME]) == frozenset()
    assert photos.sweep() == 0
    with pytest.raises(PhotoUnknown):
        brought(photos, shown, PHOTO)


def test_photos_lie_beside_a_database_that_is_a_file(registry, tmp_path):
    assert folder_of(registry.books, None) == tmp_path / "registry.db.photos"
    assert folder_of(registry.books, tmp_path / "there") == tmp_path / "there"


def test_a_whole_photo_is_kept_once_and_puts_pieces_of_it_away(shown, photos, files):
    photos.add(shown, NAME, 0, len(PHOTO), LATER[:100])
    assert photos.accept(shown, NAME, PHOTO)
    assert not photos.accept(shown, NAME, PHOTO)
    assert photos.seen(NAME) == PHOTO
    assert files.arrived(NAME, shown.node) == 0


def test_a_whole_photo_is_refused_as_its_pieces_are(registry, shown, photos):
    with pytest.raises(PhotoUnknown):
        photos.accept(shown, digest_of(LATER), LATER)
    with pytest.raises(PhotoUnknown):
        photos.accept(stranger(registry, "Gulu"), NAME, PHOTO)
    for bent in (PHOTO[:-1], PHOTO[:-1] + b"x", PHOTO + b"x", b""):
        with pytest.raises(PhotoRefused):
            photos.accept(shown, NAME, bent)
    with pytest.raises(PhotosFull):
        Photos(photos.books, photos.files, most=9).accept(shown, NAME, PHOTO)
    assert photos.present([NAME]) == frozenset()


def test_what_is_wanted_of_a_file_is_shown_and_not_here(registry, shown, photos):
    asked = [NAME, digest_of(LATER), "0" * 64, "no digest"]
    assert photos.wanting(shown, asked) == {NAME}
    assert photos.wanting(stranger(registry, "Gulu"), asked) == frozenset()
    assert Photos(registry.books, None).wanting(shown, asked) == frozenset()
    photos.accept(shown, NAME, PHOTO)
    assert photos.wanting(shown, asked) == frozenset()
